"""What the writing of courses holds of people: who saved a text, who removed, who writes now."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from partnership.lib.personal import CUT, GOES, MENDED, hold, part

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
hold(
    "courses.Review",
    {"reviewer": GOES, "note": GOES},
    whose=("reviewer",),
    part="writing",
    told=("edition__course__code", "note", "asked_at", "read_at"),
)
hold("courses.Review", {"asked_by": CUT}, why="That a draft was read stays, who asked goes.")
hold(
    "courses.Comment",
    {"by": CUT, "body": MENDED},
    whose=("by",),
    part="writing",
    told=("edition__course__code", "title", "body", "at"),
)
hold("courses.Comment", {"resolved_by": CUT}, why="That it was resolved stays, by whom goes.")
hold("courses.Approval", {"by": CUT}, why="That a text was approved stays, by whom goes.")
hold("courses.PublishingRule", {"by": CUT}, why="The rule of a course stays, by whom goes.")
hold("courses.PlannedPublishing", {"by": CUT}, why="That it was planned stays, by whom goes.")
