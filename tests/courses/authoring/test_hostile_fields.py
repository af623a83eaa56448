"""Each attack in each field of a course, through every page, file and mail that shows it."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from courses.authoring import previews
from courses.catalogue import queries as catalogue
from courses.catalogue.models import Edition, Lesson
from courses.learning.pdf import certificate_pdf
from courses.quizzes.models import Option, Question, QuestionVersion
from partnership.lib import clock
from partnership.mail import texts
from partnership.search import services as search
from tests.courses.authoring.bank.desks import read_here
from tests.courses.authoring.hostile import HOSTILE, Seen
from tests.courses.authoring.writing import Draft, desk
from tests.factories.certificates import CertificateFactory
from tests.factories.courses import QuestionCaseFactory, QuizFactory, asked
from tests.pdf import unpacked

pytestmark = pytest.mark.django_db
TEXT = "\n\n".join(HOSTILE)
# So short that one title holds it.
TITLE = "".join(HOSTILE[:6])[:200]


def plant(draft: Draft) -> None:
    """All attacks as titles, texts, questions, answers, feedback, cases, topics and keys."""
    edition = draft.edition
    told = {"title": TITLE, "summary": TEXT[:2000], "authors": TITLE, "what_changed": TEXT[:2000]}
    Edition.objects.filter(pk=edition.pk).update(**told, outcomes=HOSTILE, audience=HOSTILE)
    edition.modules.update(title=TITLE)
    edition.refresh_from_db()
    lesson = draft.row("a")
    lesson.text = TEXT
    lesson.save()
    Lesson.objects.bulk_create(
        Lesson(
            edition=edition,
            module=draft.two,
            position=100 + n,
            key=f"x-{n}",
            slug=f"x-{n}",
            title=one[:200],
            text=one,
            minutes=5,
        )
        for n, one in enumerate(HOSTILE)
    )
    case = QuestionCaseFactory(course=draft.course, title=TITLE[:150], text=TEXT)
    quiz = QuizFactory(edition=edition, slug="check", title=TITLE)
    first = asked(quiz, case=case, prompt=TEXT, explanation=TEXT)
    Question.objects.filter(pk=first.question_id).update(
        key="first", topic=HOSTILE[0][:80], note=TEXT
    )
    asked(quiz, "matching")
    asked(quiz, "ordering")
    Option.objects.filter(version__quiz_questions__group__quiz=quiz).delete()
    _answers(first)


def _answers(version: QuestionVersion) -> None:
    rows = Option.objects.bulk_create(
        Option(version=version, position=n, text=one[:500], feedback=one)
        for n, one in enumerate(HOSTILE, start=1)
    )
    version.key.create(option=rows[0])


def pages(draft: Draft) -> list[tuple[str, object]]:
    """Every page of writers and readers that shows one of these fields, each asked once."""
    trainer, visitor = desk(draft), Client()
    file = b"::" + TEXT.replace("\n", " ").encode()[:900] + b":: Which?{=a#<b>x</b> ~b}\n\nBad{=\n"
    one = read_here(file, "gift", draft.course)
    one.name = TITLE[:150]
    one.save()
    link = f"/drafts/{previews.link_of(draft.edition, clock.now())}/"
    own = ("draft/", "draft/publish/", "draft/about/", "draft/lessons/a/", "questions/")
    own += ("draft/quizzes/check/", "questions/q/first/", f"questions/imports/{one.uuid}/")
    own += ("questions/imports/",)
    found = [(path, trainer.get(path)) for path in own]
    found.append(("everywhere", trainer.client.get("/desk/questions/")))
    found += [(path, visitor.get(link + path)) for path in ("", "a/", "quizzes/check/")]
    found.append(("graded", visitor.post(f"{link}quizzes/check/", {})))
    Edition.objects.filter(pk=draft.edition.pk).update(published_at=clock.now())
    search.replace("course", catalogue.course_entries())
    search.replace("lesson", catalogue.lesson_entries())
    read = ("", "a/", "modules/one/", "quizzes/check/")
    found += [(path, visitor.get(f"/courses/t-w/{path}")) for path in read]
    found += [(path, visitor.get(path)) for path in ("/courses/", "/search/?q=alert")]
    return found


def test_no_attack_in_any_field_becomes_markup_on_any_page(draft: Draft):
    plant(draft)

    for path, answer in pages(draft):
        assert answer.status_code == 200, path
        body = answer.content.decode()
        assert Seen(body).found == [], path
        assert "unsafe" not in answer["Content-Security-Policy"], path
    assert "alert" in body  # the search found something to show


def test_no_attack_in_a_mail_or_a_file_becomes_markup_or_a_link():
    body = texts.rich(TITLE, TEXT, below=TEXT, language="en")
    for style in re.findall(r"(?:<style.*?</style>| style=\"[^\"]*\")", body, re.DOTALL):
        body = body.replace(style, "")
    drawn = certificate_pdf(CertificateFactory(course_title=TITLE))

    assert Seen(body).found == []
    assert "evil.example" not in "".join(re.findall(r'href="([^"]*)"', body))
    assert b"/JavaScript" not in unpacked(drawn)
