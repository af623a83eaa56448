"""Training at size: a few do everything through the services, the database copies the rest.

Everybody is in every course. What a copied learner has is word for word what the site wrote for
one of the models, but for the numbers of the rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle, islice
from typing import Any

from django.db import connection, models

from courses.catalogue.models import Edition
from courses.learning import codes, papers
from courses.learning.models import (
    Answer,
    Attempt,
    AttemptRequest,
    Certificate,
    ChosenOption,
    Completion,
    Enrolment,
    Grading,
    OtherAnswer,
    PaperOption,
    PaperQuestion,
)
from courses.learning.services.answers import Sent, save_answer
from courses.learning.services.attempts import start_attempt, submit_attempt
from courses.quizzes.models import Quiz
from partnership.accounts.models import User
from partnership.members.models import Affiliation, Country
from tests.courses.learning.seats import KINDS, right
from tests.factories.courses import (
    JOINED,
    EditionFactory,
    LessonFactory,
    ModuleFactory,
    QuizFactory,
    asked,
)
from tests.factories.members import CountryFactory

# The part that each model has read, and the part of its questions that it answers rightly.
MODELS = ((1.0, 1.0), (1.0, 0.5), (0.5, 0.8), (0.3, 0.4))
IN_A_MODULE = 10
# Beside the site's own countries, if these are there.
COUNTRIES = ("QAA", "QAB", "QAC", "QAD", "QAE")
BATCH = 2000


@dataclass(frozen=True)
class Size:
    """Over all courses together; each quiz has so many questions."""

    learners: int = 5000
    courses: int = 10
    lessons: int = 400
    quizzes: int = 10
    questions: int = 10


def made(size: Size, *, text: str = "A tonne is counted **once**.") -> list[Edition]:
    """The rows of that size; the editions in the order in which they were made."""
    editions = [_edition(size, text) for _ in range(size.courses)]
    countries = [CountryFactory(iso3=iso3) for iso3 in COUNTRIES]
    have_learnt(people(size.learners, countries), editions)
    return editions


def have_learnt(everybody: list[User], editions: list[Edition]) -> None:
    """The first few by themselves, all others as these."""
    for learner, (read, skill) in zip(everybody, MODELS, strict=False):
        for edition in editions:
            _learn(learner, edition, read=read, skill=skill)
    _copy_enrolments(everybody, editions)
    copy_the_rest()
    _copy_certificates(editions)
    Enrolment.objects.filter(block__startswith="of-").update(block="")
    tell_the_planner()


def waiting(edition: Edition, number: int) -> None:
    """So many requests for one more attempt, and so many late answers, to be decided on."""
    quiz = edition.quizzes.order_by("pk")[0]
    seats = edition.enrolments.order_by("-pk")[:number]
    AttemptRequest.objects.bulk_create(
        AttemptRequest(enrolment=seat, quiz=quiz, asked_at=JOINED + timedelta(days=3, seconds=n))
        for n, seat in enumerate(seats)
    )
    asked_first = PaperQuestion.objects.filter(attempt__quiz=quiz, position=1, answer__isnull=False)
    OtherAnswer.objects.bulk_create(
        OtherAnswer(
            question=question,
            reason=OtherAnswer.Reason.LATE,
            response=question.answer.response,
            save_key=f"late-{question.pk}",
            received_at=JOINED + timedelta(days=3, seconds=n),
        )
        for n, question in enumerate(asked_first.select_related("answer").order_by("-pk")[:number])
    )


def tell_the_planner() -> None:
    """What PostgreSQL does by itself where it is in use, and not where it runs for tests.

    Nobody tells SQLite: there every query has to do without.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _edition(size: Size, text: str) -> Edition:
    edition: Edition = EditionFactory()
    for n in range(size.lessons // size.courses):
        if n % IN_A_MODULE == 0:
            module = ModuleFactory(edition=edition, position=n // IN_A_MODULE + 1)
        LessonFactory(module=module, position=n % IN_A_MODULE + 1, key=f"lesson-{n}", text=text)
    for n in range(size.quizzes // size.courses):
        quiz = QuizFactory(edition=edition, key=f"check-{n}", position=n + 1)
        for kind in islice(cycle(KINDS), size.questions):
            asked(quiz, kind)
    return edition


def people(number: int, countries: list[Country]) -> list[User]:
    """With a name that was confirmed, and a post in one of the countries."""
    made = User.objects.bulk_create(
        (
            User(
                email=f"learner{n}@ministry.example",
                name=f"Learner {n}",
                password="!",
                name_confirmed_at=JOINED,
            )
            for n in range(number)
        ),
        batch_size=BATCH,
    )
    Affiliation.objects.bulk_create(
        (
            Affiliation(person=person, country=country, begins_on=JOINED.date())
            for person, country in zip(made, cycle(countries), strict=False)
        ),
        batch_size=BATCH,
    )
    return made


# --- The models: everything through the services -----------------------------------------


def _learn(learner: User, edition: Edition, *, read: float, skill: float) -> None:
    seat = Enrolment.objects.create(
        learner=learner, edition=edition, joined_at=JOINED, active_at=JOINED
    )
    lessons = list(edition.lessons.all())
    done = lessons[: round(len(lessons) * read)]
    Completion.objects.bulk_create(
        Completion(enrolment=seat, lesson=lesson, opened_at=JOINED, done_at=JOINED)
        for lesson in done
    )
    Enrolment.objects.filter(pk=seat.pk).update(lesson=done[-1])
    at = JOINED + timedelta(days=1)
    for quiz in edition.quizzes.all():
        attempt = sit(seat, quiz, at=at, skill=skill)
        submit_attempt(attempt, key="hand-in", at=at + timedelta(minutes=9))


def sit(seat: Enrolment, quiz: Quiz, *, at: datetime, skill: float = 1.0) -> Attempt:
    """Every question answered, so many of them rightly; not handed in."""
    attempt = start_attempt(seat, quiz, at=at)
    own = Attempt.objects.filter(pk=attempt.pk)
    paper = list(attempt.paper.select_related("version").order_by("version"))
    for n, question in enumerate(paper):
        response = right(question) if n < len(paper) * skill else _wrong(question)
        place = papers.place(own, question.token)
        assert place
        save_answer(place, Sent(response, saw=0, key=f"save-{n}"), at=at)
    return attempt


def _wrong(question: PaperQuestion) -> dict[str, Any]:
    match right(question):
        case {"chosen": chosen}:
            others = question.options.exclude(token__in=chosen).order_by("position")
            return {"chosen": [others[0].token]}
        case {"pairs": pairs}:
            values = list(pairs.values())
            return {"pairs": dict(zip(pairs, [*values[1:], values[0]], strict=True))}
        case {"order": order}:
            return {"order": order[::-1]}
        case response:
            return {**response, "text": f"{response['text']}9"}


# --- The others: copied -------------------------------------------------------------------


def _copy_enrolments(everybody: list[User], editions: list[Edition]) -> None:
    """Each says in its block whose copy it is."""
    seats = list(Enrolment.objects.filter(edition__in=editions).order_by("edition", "pk"))
    of_models = [
        [one for one in seats if one.learner_id == user.pk] for user in everybody[: len(MODELS)]
    ]
    Enrolment.objects.bulk_create(
        (
            Enrolment(
                learner=learner,
                edition_id=seat.edition_id,
                joined_at=seat.joined_at,
                completed_at=seat.completed_at,
                lesson_id=seat.lesson_id,
                block=f"of-{seat.pk}",
                active_at=seat.active_at + timedelta(minutes=n),
            )
            for n, learner in enumerate(everybody[len(MODELS) :])
            for seat in of_models[n % len(of_models)]
        ),
        batch_size=BATCH,
    )


def copy_the_rest() -> None:
    """One statement for each table. An attempt says in its key whose copy it is."""
    uuid = {"postgresql": "gen_random_uuid()", "sqlite": "lower(hex(randomblob(16)))"}
    seat = "JOIN courses_enrolment seat ON seat.block = 'of-' || m.enrolment_id"
    attempt = "JOIN courses_attempt a ON a.submit_key = 'of-' || {of}.attempt_id"
    question = (
        "JOIN courses_paperquestion mq ON mq.id = {of}.question_id "
        + attempt.format(of="mq")
        + " JOIN courses_paperquestion q ON q.attempt_id = a.id AND q.position = mq.position"
    )
    answer = (
        "JOIN courses_answer ma ON ma.id = m.answer_id "
        + question.format(of="ma")
        + " JOIN courses_answer own ON own.question_id = q.id"
    )
    _copy(Completion, seat, enrolment_id="seat.id")
    _copy(
        Attempt,
        seat,
        enrolment_id="seat.id",
        uuid=uuid[connection.vendor],
        submit_key="'of-' || m.id",
    )
    _copy(Grading, attempt.format(of="m"), attempt_id="a.id")
    _copy(PaperQuestion, attempt.format(of="m"), attempt_id="a.id")
    _copy(PaperOption, question.format(of="m"), question_id="q.id")
    _copy(Answer, question.format(of="m"), question_id="q.id")
    _copy(ChosenOption, answer, answer_id="own.id")


def _copy(model: type[models.Model], joins: str, **others: str) -> None:
    """Rows of the models once more, as often as the joins find somebody."""
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    columns = [field.column for field in fields]
    table = model._meta.db_table
    told = ", ".join(others.get(column, f"m.{column}") for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {told} FROM {table} m {joins}"
        )
    tell_the_planner()


def _copy_certificates(editions: list[Edition]) -> None:
    """A copy cannot have the code of another."""
    of_models = {one.edition_id: one for one in Certificate.objects.filter(edition__in=editions)}
    seats = Enrolment.objects.filter(completed_at__isnull=False, block__startswith="of-")
    fields = [field.attname for field in Certificate._meta.concrete_fields]
    copied = [name for name in fields if name not in ("id", "code", "learner_id")]
    Certificate.objects.bulk_create(
        (
            Certificate(
                code=codes.draw(),
                learner_id=seat.learner_id,
                **{name: getattr(of_models[seat.edition_id], name) for name in copied},
            )
            for seat in seats
        ),
        batch_size=BATCH,
    )
