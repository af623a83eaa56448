"""The pages of letters: written, looked at in each language, sent to as many as was said."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partnership.accounts.models import Role, User
from partnership.jobs import runner
from partnership.jobs.models import Job
from partnership.lib import clock
from partnership.members.letters import tasks
from partnership.members.models import Letter
from tests.factories.accounts import person_with
from tests.factories.courses import CourseTrainerFactory, EditionFactory, EnrolmentFactory
from tests.factories.letters import (
    LetterFactory,
    LetterRecipientFactory,
    LetterTextFactory,
    ReplyDeskFactory,
    reached,
)
from tests.factories.mail import OutboxMessageFactory
from tests.factories.members import AffiliationFactory, CountryFactory, FocalTermFactory

pytestmark = pytest.mark.django_db
assert tasks  # it tells workers what the job is


def browser_of(person: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(person)
    return client


@pytest.fixture
def desk():
    return ReplyDeskFactory(name="Training desk", email="training@a6.example")


@pytest.fixture
def boss():
    return browser_of(person_with(Role.ADMINISTRATOR))


def typed(desk, **more) -> dict[str, str]:
    found = {"desk": str(desk.pk), "language": "en", "subject-en": "Hello", "body-en": "Text."}
    return {**found, **{name.replace("_", "-"): value for name, value in more.items()}}


def seal_in(page: str) -> str:
    return re.search(r'name="seal" value="(\w{64})"', page)[1]


def read(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_a_letter_is_written_looked_at_and_sent_from_the_pages(boss, desk):
    focal = reached(FocalTermFactory(country=CountryFactory(iso3="QAA", region="Africa")).person)
    reached(name="Somebody else")
    words = typed(desk, subject_fr="Bonjour <b>", body_fr="Texte.", role="focal_point")

    answer = boss.post("/desk/letters/new/", {**words, "region": "Africa"}, follow=True)

    page, letter = answer.content.decode(), Letter.objects.get()
    assert letter.wanted == {"role": "focal_point", "region": "Africa"}
    assert "Send to 1 person" in page
    assert focal.name in page
    assert "Somebody else" not in page
    assert "Bonjour &lt;b&gt;" in page
    sent = boss.post(f"/desk/letters/{letter.uuid}/", {"do": "send", "seal": seal_in(page)})
    again = boss.post(f"/desk/letters/{letter.uuid}/", {"do": "send", "seal": seal_in(page)})
    assert (sent.status_code, again.status_code) == (302, 409)
    runner.run(Job.objects.get().pk)
    assert "What came of it" in read(boss, f"/desk/letters/{letter.uuid}/")
    assert boss.get(f"/desk/letters/{letter.uuid}/write/").status_code == 302


def test_the_page_asks_again_when_the_group_has_changed(boss, desk):
    reached()
    page = boss.post("/desk/letters/new/", typed(desk), follow=True).content.decode()
    letter = Letter.objects.get()
    reached()

    answer = boss.post(f"/desk/letters/{letter.uuid}/", {"do": "send", "seal": seal_in(page)})

    page = answer.content.decode()
    assert "Nothing was sent: the people or the text changed. Look once more." in page
    assert "Send to 2 people" in page
    assert not Job.objects.exists()


def test_the_preview_is_the_mail_and_may_do_nothing_in_our_page(boss):
    text = LetterTextFactory(language="ar", subject="الجولة", letter__language="ar")

    answer = boss.get(f"/desk/letters/{text.letter.uuid}/preview/ar/")

    page = answer.content.decode()
    assert '<html lang="ar" dir="rtl">' in page
    assert "/mail/stop/" in page
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert boss.get(f"/desk/letters/{text.letter.uuid}/preview/fr/").status_code == 404


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"subject-en": "", "body-en": ""}, "There is no text in this language. Write one."),
        ({"body-en": " \n "}, "Write both, the subject and the text, or neither."),
        ({"desk": "0"}, "Select a valid choice"),
        ({"is_service": "on"}, "Say why: it is written to the log."),
        ({"place": "Nowhere"}, "No country or institution has this name."),
        ({"role": "trainer", "function": "policy"}, "Only focal points have a function"),
        ({"course": "no-such"}, "Select a valid choice"),
        ({"subject-en": "x" * 201}, "at most 200 characters"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(boss, desk, wrong, told):
    words = {**typed(desk, subject_fr="Gardé", body_fr="Texte."), **wrong}

    page = boss.post("/desk/letters/new/", words).content.decode()

    assert told in page
    assert "Gardé" in page
    assert not Letter.objects.exists()


def test_a_draft_is_changed_and_thrown_away(boss, desk):
    boss.post("/desk/letters/new/", typed(desk))
    letter = Letter.objects.get()
    assert 'value="Hello"' in read(boss, f"/desk/letters/{letter.uuid}/write/")

    boss.post(f"/desk/letters/{letter.uuid}/write/", typed(desk, subject_en="Other"))
    assert letter.texts.get().subject == "Other"
    boss.post(f"/desk/letters/{letter.uuid}/", {"do": "discard"})
    assert not Letter.objects.exists()


def test_a_filter_that_fits_nobody_or_is_gone_is_told_and_cannot_be_sent(boss):
    letter = LetterTextFactory(letter__wanted={"role": "data_editor"}).letter
    assert "Nobody fits" in read(boss, f"/desk/letters/{letter.uuid}/")

    Letter.objects.update(wanted={"place": "a place that was renamed"})
    page = read(boss, f"/desk/letters/{letter.uuid}/")
    assert "A filter names something that there no longer is." in page
    assert 'value="send"' not in page


def test_a_trainer_and_a_focal_point_find_their_own_people_only(desk):
    own, strange = CourseTrainerFactory(), EditionFactory()
    edition = EditionFactory(course=own.course)
    EnrolmentFactory(learner=reached(name="Own learner"), edition=edition)
    EnrolmentFactory(learner=reached(name="Strange learner"), edition=strange)
    country = CountryFactory(iso3="QAA")
    focal = FocalTermFactory(country=country).person
    AffiliationFactory(country=country, person=reached(name="Own official"))

    for person, name, desk_of in (
        (own.person, "Own learner", f"/desk/courses/{own.course.slug}/learners/"),
        (focal, "Own official", "/desk/delegation/country/qaa/"),
    ):
        client = browser_of(person)
        (address,) = re.findall(r'"(/desk/letters/new/[^"]*)"', read(client, desk_of))
        page = client.post(address, typed(desk), follow=True).content.decode()
        letter = Letter.objects.latest("pk")
        assert name in page
        assert "Strange learner" not in page
        assert "Send to 1 person" in page
        assert "is_service" not in read(client, f"/desk/letters/{letter.uuid}/write/")
        for closed in ("people", "country/qab", f"course/{strange.course.slug}"):
            assert client.get(f"/desk/letters/new/?to={closed}").status_code == 404
            assert client.post(f"/desk/letters/new/?to={closed}", typed(desk)).status_code == 404
    assert Letter.objects.count() == 2


def test_of_two_delegations_neither_sees_the_other_s_letters_people_or_counts():
    own, other = (FocalTermFactory(country=CountryFactory(iso3=code)) for code in ("QAA", "QAB"))
    text = LetterTextFactory(letter=LetterFactory(sent=True, circle="country/qaa"))
    LetterRecipientFactory(letter=text.letter)
    address = f"/desk/letters/{text.letter.uuid}/"

    mine, strange = browser_of(own.person), browser_of(other.person)
    assert text.subject in read(mine, "/desk/letters/")
    assert text.subject not in read(strange, "/desk/letters/")
    for path in (address, f"{address}write/", f"{address}preview/en/"):
        assert strange.get(path).status_code == 404
    for act in ("send", "cancel", "go-on", "discard"):
        assert strange.post(address, {"do": act}).status_code == 404
    assert mine.get(address).status_code == 200


def test_the_secretariat_reads_a_draft_of_others_and_does_not_send_it(boss):
    FocalTermFactory(country=CountryFactory(iso3="QAA", name="Land"))
    letter = LetterTextFactory(letter__circle="country/qaa").letter

    page = read(boss, f"/desk/letters/{letter.uuid}/")

    assert "Delegation: Land" in page
    assert 'value="send"' not in page
    assert boss.post(f"/desk/letters/{letter.uuid}/", {"do": "send"}).status_code == 409
    assert Letter.objects.get().state == "draft"


def test_the_counts_are_those_of_the_outbox(boss):
    letter = LetterTextFactory(letter=LetterFactory(sent=True)).letter
    at = clock.now()
    for state in ("handed_over", "handed_over", "bounced", "failed"):
        more = {"handed_over_at": at} if state in ("handed_over", "bounced") else {}
        row = OutboxMessageFactory(state=state, **more)
        LetterRecipientFactory(letter=letter, mail=row, queued_at=at)
    LetterRecipientFactory(letter=letter, left_out="stopped")
    # The row of its mail went after two years.
    LetterRecipientFactory(letter=letter, queued_at=at)

    row = read(boss, "/desk/letters/").partition("<tbody>")[2]

    cells = re.findall(r'class="is-number"><span>(\d+)</span>', row)
    assert cells == ["6", "3", "2", "1"]


def test_the_list_costs_as_many_queries_for_many_letters_as_for_one(boss):
    costs = []
    for n in (1, 4):
        for _ in range(n):
            LetterRecipientFactory(letter=LetterTextFactory(letter__circle="country/qaa").letter)
        with CaptureQueriesContext(connection) as queries:
            boss.get("/desk/letters/")
        costs.append(len(queries))

    assert costs[0] == costs[1] <= 12


def test_without_a_desk_for_replies_or_anybody_to_write_to_the_page_says_so(boss):
    assert "No desk gets replies yet" in read(boss, "/desk/letters/new/")
    trainer = browser_of(person_with(Role.TRAINER))
    for address in ("/desk/letters/", "/desk/letters/new/"):
        assert "You have neither today." in read(trainer, address)


def test_somebody_with_several_circles_is_asked_to_whom():
    own, second = CourseTrainerFactory(), CourseTrainerFactory()
    second.person = own.person
    second.save()

    page = read(browser_of(own.person), "/desk/letters/new/")

    for one in (own, second):
        assert f"Learners of {one.course.code}" in page
