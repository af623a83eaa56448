"""The server's time for pages of training, with 5,000 learners, 400 lessons and 500,000 answers.

python -m tests.services all python -m tests.journeys.bulk       on PostgreSQL
python -m tests.services sqlite python -m tests.journeys.bulk    on SQLite
python -m tests.services all python -m tests.journeys.bulk 1     all of it in one course

Fifty people take each step once. It fails where the slowest twentieth takes longer than it may. On
a machine that does other work as well, the shortest time says more than the others.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import django

if TYPE_CHECKING:
    from django.test import Client

    from courses.catalogue.models import Edition

PEOPLE = 50
PAGE, SAVE, SUBMIT, DESK = 100, 30, 150, 300  # milliseconds
# What is no question to the tables: the clock, and the edges of a transaction.
NOT_COUNTED = ("SELECT clock_timestamp", "BEGIN", "COMMIT")


@dataclass
class Visitor:
    """A learner whose browser is signed in, in front of one course."""

    client: Client
    course: str
    lesson: str
    quiz: str
    attempt: str = ""
    token: str = ""
    response: Any = None

    def get(self, path: str) -> Any:
        return self.client.get(path.format(**self.__dict__), headers={"host": "localhost"})

    def post(self, path: str, body: Any = None) -> Any:
        return self.client.post(
            path.format(**self.__dict__),
            None if body is None else json.dumps(body),
            content_type="application/json",
            headers={"host": "localhost"},
        )

    def start(self) -> Any:
        """A second sitting; what its first question is answered with is read beside the clock."""
        response = self.post("/courses/{course}/quizzes/{quiz}/start/")
        self.attempt = response["Location"].strip("/").rpartition("/")[2]
        return response

    def save(self) -> Any:
        body = {"question": self.token, "response": self.response, "saw": 0, "key": uuid4().hex}
        return self.post("/api/v1/attempts/{attempt}/answers/", body)

    def submit(self) -> Any:
        return self.post("/courses/attempts/{attempt}/submit/", {"key": uuid4().hex})


@dataclass(frozen=True)
class Step:
    name: str
    most: int  # milliseconds for nineteen of twenty
    act: Callable[[Any], Any]
    queries: int | None = None  # exactly so many, where that is fixed


def got(path: str) -> Callable[[Visitor], Any]:
    return lambda visitor: visitor.get(path)


OF_LEARNERS = [
    Step("catalogue", PAGE, got("/courses/")),
    Step("course", PAGE, got("/courses/{course}/")),
    Step("module", PAGE, got("/courses/{course}/modules/module-1/")),
    Step("lesson", PAGE, got("/courses/{course}/{lesson}/")),
    Step("quiz", PAGE, got("/courses/{course}/quizzes/{quiz}/")),
    Step("start", SUBMIT, Visitor.start),
    Step("attempt", PAGE, got("/courses/attempts/{attempt}/")),
    Step("save", SAVE, Visitor.save),
    Step("review", PAGE, got("/courses/attempts/{attempt}/review/")),
    Step("submit", SUBMIT, Visitor.submit),
    Step("result", PAGE, got("/courses/attempts/{attempt}/result/")),
    Step("my courses", PAGE, got("/courses/mine/")),
    Step("record", PAGE, got("/account/training/")),
    Step("API: courses", PAGE, got("/api/v1/courses/")),
    Step("API: enrolments", PAGE, got("/api/v1/enrolments/")),
    Step("API: an enrolment", PAGE, got("/api/v1/enrolments/{course}/")),
    Step("API: attempts", PAGE, got("/api/v1/attempts/")),
    Step("API: certificates", PAGE, got("/api/v1/certificates/")),
]
DESK_OF = "/desk/courses/{course}/"
OF_TRAINERS = [
    Step("desk: courses", DESK, got("/desk/courses/")),
    Step("desk: course", DESK, got(DESK_OF)),
    Step("desk: learners", DESK, got(f"{DESK_OF}learners/")),
    Step("desk: learners reading", DESK, got(f"{DESK_OF}learners/?state=reading")),
    Step("desk: learners by name", DESK, got(f"{DESK_OF}learners/?q=7&ordering=name&page=9")),
    Step("desk: certified", DESK, got(f"{DESK_OF}learners/?certificate=yes")),
    Step("desk: a learner", DESK, got(f"{DESK_OF}learners/{{lesson}}/")),
    Step("desk: figures", DESK, got(f"{DESK_OF}quizzes/{{quiz}}/")),
    Step("desk: figures of all", DESK, got(f"{DESK_OF}quizzes/{{quiz}}/?attempts=all")),
    Step("desk: requests", DESK, got(f"{DESK_OF}requests/")),
    Step("desk: late answers", DESK, got(f"{DESK_OF}late/")),
    Step("desk: allowances", DESK, got(f"{DESK_OF}allowances/")),
    Step("desk: completion", DESK, got("/desk/completion/")),
]


def signed_in(person: Any) -> Client:
    from django.test import Client

    from tests import signing_in

    client = Client()
    signing_in.force_login(client, person)
    return client


def learners(edition: Edition) -> list[Visitor]:
    """So many of the course, and one more who goes ahead; one of each model after the other."""
    seats = edition.enrolments.select_related("learner").order_by("pk")[100 : 101 + PEOPLE]
    quiz = edition.quizzes.exclude(plan="pretest").order_by("pk")[0]
    lessons = list(edition.lessons.values_list("slug", flat=True))
    return [
        Visitor(signed_in(seat.learner), edition.course.slug, lessons[n % len(lessons)], quiz.slug)
        for n, seat in enumerate(seats)
    ]


def desk(edition: Edition) -> list[Visitor]:
    """One trainer, who runs a country as well; the same person asks each time."""
    from tests.factories.courses import CourseTrainerFactory
    from tests.factories.members import FocalTermFactory

    seats = edition.enrolments.select_related("learner").order_by("pk")[100 : 101 + PEOPLE]
    trainer = CourseTrainerFactory(course=edition.course).person
    country = seats[0].learner.affiliations.get().country
    FocalTermFactory(person=trainer, country=country)
    client = signed_in(trainer)
    quiz = edition.quizzes.exclude(plan="pretest").order_by("pk")[0]
    return [
        Visitor(client, edition.course.slug, str(seat.learner.uuid), quiz.slug) for seat in seats
    ]


def ready_to_save(visitor: Visitor) -> None:
    """What the page of the attempt has told the browser by now."""
    from courses.learning.models import Attempt
    from tests.courses.learning.seats import right

    attempt = Attempt.objects.get(uuid=visitor.attempt)
    question = attempt.paper.select_related("version").order_by("position")[0]
    visitor.token, visitor.response = question.token, right(question)


@dataclass(frozen=True)
class Spent:
    """The queries of the first, the milliseconds of all others, and of these our own CPU's."""

    queries: int
    milliseconds: list[float]
    cpu: float  # the mean, without what the database takes

    def share(self, part: float) -> float:
        return self.milliseconds[int(part * len(self.milliseconds))]


def measured(step: Step, people: list[Any]) -> Spent:
    """All of them one after the other."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    if step.name == "save":
        for visitor in people:
            ready_to_save(visitor)
    with CaptureQueriesContext(connection) as found:
        answered(step, people[0])
    # Each request empties the list.
    queries = [
        query for query in found.captured_queries if not query["sql"].startswith(NOT_COUNTED)
    ]
    spent, worked = [], time.process_time()
    for visitor in people[1:]:
        began = time.perf_counter()
        answered(step, visitor)
        spent.append((time.perf_counter() - began) * 1000)
    cpu = (time.process_time() - worked) * 1000 / len(spent)
    return Spent(len(queries), sorted(spent), cpu)


def answered(step: Step, visitor: Any) -> None:
    response = step.act(visitor)
    assert response.status_code in (200, 302), (step.name, response.status_code, response.content)
    # Led to the door, it would measure how fast nothing is shown.
    assert "/account/" not in response.headers.get("Location", ""), step.name


@contextmanager
def database() -> Iterator[None]:
    """Migrated and with the site's own content; gone at the end."""
    from django.core.management import call_command
    from django.db import connection

    from partnership.site.content import load_content

    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        call_command("createcachetable", verbosity=0)
        load_content()
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def main(courses: int) -> int:
    from courses.catalogue.models import Lesson
    from tests.courses.masses import Size, made, tell_the_planner, waiting

    with database():
        began = time.monotonic()
        text = Lesson.objects.order_by("pk")[0].text
        edition = made(Size(courses=courses), text=text)[0]
        waiting(edition, 200)
        tell_the_planner()
        counted()
        print(f"made in {time.monotonic() - began:.0f} s\n")  # noqa: T201
        heads()
        slow = 0
        for steps, people in ((OF_LEARNERS, learners(edition)), (OF_TRAINERS, desk(edition))):
            for step in steps:
                slow += told(step, measured(step, people))
    return slow


def counted() -> None:
    from courses.catalogue.models import Lesson
    from courses.learning.models import Answer, Attempt, Enrolment, PaperOption
    from partnership.accounts.models import User

    for model in (Lesson, User, Enrolment, Attempt, Answer, PaperOption):
        print(f"{model.objects.count():>9,} {model._meta.verbose_name_plural}")  # noqa: T201


def heads() -> None:
    print(  # noqa: T201
        f"{'':24}{'queries':>8}{'min':>8}{'p50':>8}{'p95':>8}{'max':>8}{'may':>6} ms{'CPU':>8}"
    )


def told(step: Step, spent: Spent) -> bool:
    """A line of the table; whether it took longer than it may, or asked more than it may."""
    p95 = spent.share(0.95)
    is_slow, is_more = p95 > step.most, step.queries not in (None, spent.queries)
    line = (
        f"{step.name:24}{spent.queries:8}{spent.share(0):8.1f}{spent.share(0.5):8.1f}{p95:8.1f}"
        f"{spent.milliseconds[-1]:8.1f}{step.most:6}   {spent.cpu:8.1f}"
    )
    words = ("SLOW" if is_slow else "", f"not {step.queries} QUERIES" if is_more else "")
    print(line, *filter(None, words), flush=True)  # noqa: T201
    return is_slow or is_more


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10) > 0)
