"""The routes of the bank of questions, and where they lead with the rows of `test_access`."""

from __future__ import annotations

from courses.authoring.bank.models import QuestionImport
from courses.catalogue.models import Course
from tests.courses.authoring.bank.desks import read_here
from tests.factories.courses import QuizFactory, asked

IMPORT = "22222222-2222-4222-8222-222222222222"
OF_COURSES = ("bank", "export-questions", "paste-questions", "question-imports")
OF_IMPORTS = ("question-import", "take-questions", "untake-questions", "wrong-questions")
ARGUMENTS = {
    **{f"courses:{name}": ["course"] for name in (*OF_COURSES, "question-template")},
    **{f"courses:{name}": ["course", IMPORT] for name in OF_IMPORTS},
    "courses:new-question": ["course", "single"],
    "courses:question": ["course", "question"],
    "courses:draft_quiz": ["course", "draft-quiz"],
}
# What does not exist for a trainer of another course.
OF_A_COURSE = sorted(ARGUMENTS)
POST_ONLY = {"courses:take-questions", "courses:untake-questions"}
BOTH_WAYS = {
    "courses:all-questions",
    *("courses:bank", "courses:paste-questions", "courses:question-imports"),
    *("courses:new-question", "courses:question", "courses:draft_quiz"),
}


def make_rows() -> None:
    """In the draft a quiz, its question, and a file of which one question is wrong."""
    course = Course.objects.get(slug="course")
    draft = course.editions.get(published_at=None)
    version = asked(QuizFactory(edition=draft, slug="draft-quiz"))
    version.question.key = "question"
    version.question.save()
    one = read_here(b"Q?{T}\n\nBroken {=a ~b\n", "gift", course)
    QuestionImport.objects.filter(pk=one.pk).update(uuid=IMPORT)
