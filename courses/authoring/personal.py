"""What the writing of courses holds of people: who saved a text, who removed, who writes now."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from partnership.lib.personal import CUT, GOES, hold, part

part("writing", _("Writing of courses"), _("So that those who write together see who wrote what."))

hold(
    "courses.LessonSave",
    {"by": CUT},
    whose=("by",),
    part="writing",
    told=("lesson__edition__course__code", "title", "number", "at"),
)
hold("courses.Picture", {"added_by": CUT}, why="That a picture was added stays, by whom goes.")
hold("courses.Removed", {"by": CUT}, why="That a part was removed stays, by whom goes.")
hold("courses.Writing", {"person": GOES}, why="Gone a day after it was written.")
