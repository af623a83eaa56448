"""What training holds of a person. Erased, it counts in statistics and names nobody."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from courses.learning.models import Answer, Attempt, Enrolment
from partnership.lib.personal import (
    CUT,
    EMPTIED,
    GOES,
    MENDED,
    STAYS,
    Traces,
    forgets,
    hold,
    part,
)

COUNTS = "It counts in the figures of its course, on nobody's name."
OTHERS = "It says what a trainer did for others; the row is theirs."

part("courses", _("Courses"), _("So that you go on where you stopped, and have a training record."))
part("quizzes", _("Quizzes"), _("To keep and grade your answers."))
part("answers", _("Answers"), _("To keep and grade your answers."))
part("certificates", _("Certificates"), _("So that anybody with the code can check them."))

EDITION = ("edition__course__code", "edition__title", "edition__number")
QUIZ = ("enrolment__edition__course__code", "quiz__title")
ANSWERED = ("question__attempt__quiz__title", "question__attempt__number", "question__position")

hold(
    "courses.Enrolment",
    {"learner": STAYS},
    whose=("learner",),
    part="courses",
    told=(*EDITION, "joined_at", "left_at", "completed_at", "lesson__title", "active_at"),
    why=COUNTS,
)
hold(
    "courses.Completion",
    {"enrolment": STAYS},
    whose=("enrolment__learner",),
    part="courses",
    told=("enrolment__edition__course__code", "lesson__title", "opened_at", "done_at"),
    why=COUNTS,
)
hold(
    "courses.Attempt",
    {"enrolment": STAYS, "start_key": EMPTIED, "submit_key": EMPTIED},
    whose=("enrolment__learner",),
    part="quizzes",
    told=(
        *(*QUIZ, "number", "started_at", "deadline_at", "saved_at", "submitted_at", "closed_by"),
        *("score", "is_passed"),
    ),
    why=COUNTS,
)
hold(
    "courses.Grading",
    {"reason": MENDED},
    whose=("attempt__enrolment__learner",),
    part="quizzes",
    told=("attempt__quiz__title", "attempt__number", "number", "at", "reason", "score"),
)
hold("courses.Grading", {"by": CUT}, why=OTHERS)
hold("courses.PartnerLogo", {"by": CUT}, why="The sign of a partner stays, who loaded it goes.")
hold(
    "courses.Allowance",
    {"enrolment": GOES, "reason": GOES},
    whose=("enrolment__learner",),
    part="quizzes",
    told=(*QUIZ, "extra_minutes", "extra_attempts", "granted_at", "reason"),
)
hold("courses.Allowance", {"granted_by": CUT}, why=OTHERS)
hold(
    "courses.AttemptRequest",
    {"enrolment": GOES},
    whose=("enrolment__learner",),
    part="quizzes",
    told=(*QUIZ, "asked_at", "answered_at", "is_granted"),
)
hold("courses.AttemptRequest", {"answered_by": CUT}, why=OTHERS)
hold(
    "courses.Answer",
    {"question": STAYS, "response": STAYS, "saves": EMPTIED, "device": EMPTIED},
    whose=("question__attempt__enrolment__learner",),
    part="answers",
    told=(*ANSWERED, "question__version__prompt", "response", "device", "saved_at"),
    why="What was chosen counts in the figures of the question; what was typed is emptied.",
)
hold(
    "courses.ChosenOption",
    {"answer": STAYS},
    whose=("answer__question__attempt__enrolment__learner",),
    part="answers",
    told=(*(f"answer__{name}" for name in ANSWERED), "option__text"),
    why=COUNTS,
)
hold(
    "courses.OtherAnswer",
    {"question": GOES, "response": GOES, "device": GOES},
    whose=("question__attempt__enrolment__learner",),
    part="answers",
    told=(*ANSWERED, "reason", "outcome", "response", "device", "received_at"),
)
hold("courses.OtherAnswer", {"decided_by": CUT}, why=OTHERS)
hold(
    "courses.Certificate",
    {"learner": CUT, "name": EMPTIED, "latin_name": EMPTIED},
    whose=("learner",),
    part="certificates",
    told=(
        *("code", "name", "latin_name", "course_code", "course_title", "hours", "issued_at"),
        *("state", "ended_at", "is_name_hidden"),
    ),
    why="Its code is still answered: the course, the day, and that the holder was erased.",
)

hold("courses.SubjectCheck", {"by": CUT}, why="What a source says stays, who looked it up goes.")


@forgets
def forget_typed_answers(who: Traces) -> Iterable[str]:
    """What was typed may say anything; what was chosen is one of the options."""
    mine = Answer.objects.filter(question__attempt__enrolment__learner=who.pk)
    for answer in mine.filter(response__has_key="text"):
        answer.response = {**answer.response, "text": ""}
        answer.save(update_fields=["response"])
    return ()


@forgets
def forget_sittings(who: Traces) -> Iterable[str]:
    """What is open is never handed in; whoever is gone learns nothing more here."""
    Attempt.objects.filter(enrolment__learner=who.pk, submitted_at__isnull=True).delete()
    Enrolment.objects.filter(learner=who.pk, left_at__isnull=True).update(left_at=who.at)
    return ()
