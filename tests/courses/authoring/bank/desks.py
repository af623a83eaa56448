"""What the tests of the bank stand on."""

from __future__ import annotations

from io import BytesIO

from courses.authoring.bank import child
from courses.authoring.bank.models import QuestionImport
from courses.authoring.bank.packing import unpacked_report
from courses.authoring.bank.reading import Reading
from courses.authoring.bank.services import imports
from courses.quizzes.models import QuestionVersion
from tests.factories.courses import JOINED


class Steps:
    """A job that nobody stops."""

    done = 0

    def __init__(self, payload: dict):
        self.payload = payload

    def step(self, done: int, total: int, sentence: str = "") -> None:
        self.done = done


def read_here(content: bytes, form: str, course, **more) -> QuestionImport:
    """As a worker does it, without a process for each example."""
    one = QuestionImport(course=course, name="x", form=form, state="tried", made_at=JOINED, **more)
    one.save()
    told = child.read(content, form, one.language)
    imports.keep(one, Reading(form, unpacked_report(told)))
    return one


def sent(course, content: bytes, name: str, **wanted) -> QuestionImport:
    """A file that was sent, and read by a worker."""
    file, told = BytesIO(content), imports.Wanted(**wanted)
    one = imports.send(course, file, name, told, by=None, at=JOINED)
    imports.look(Steps({"import": one.pk}))
    one.refresh_from_db()
    return one


def verdicts(one: QuestionImport) -> list[str]:
    return list(one.rows.order_by("number").values_list("verdict", flat=True))


def prompts(course) -> list[tuple[str, int, str]]:
    """Each version there is, by key and number."""
    rows = QuestionVersion.objects.filter(question__course=course)
    return list(
        rows.order_by("question__key", "number").values_list("question__key", "number", "prompt")
    )
