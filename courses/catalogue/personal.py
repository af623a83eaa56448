"""What the catalogue holds of a person: for which courses they are named as a trainer."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from partnership.lib.personal import CUT, GOES, STAYS, hold, part

IMPRINT = "The imprint of a published text, which its authors asked for."

part("training", _("Courses you train"), _("So that you reach the learners of your courses."))

hold(
    "courses.CourseTrainer",
    {"person": GOES},
    whose=("person",),
    part="training",
    told=("course__code", "since"),
)
hold("courses.Edition", {"authors": STAYS}, why=IMPRINT)
hold("courses.Translation", {"translator": STAYS, "second_reader": STAYS}, why=IMPRINT)
hold("courses.LessonRevision", {"by": CUT}, why="That a text was corrected stays, by whom goes.")
