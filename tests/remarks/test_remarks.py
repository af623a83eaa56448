"""Somebody says that a fact is wrong, shows that the mailbox is theirs, and has one answer."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from partnership.accounts.models import Role
from partnership.audit.models import AuditEntry
from partnership.mail.models import OutboxMessage
from partnership.members.people import merging
from partnership.remarks import services
from partnership.remarks.models import Remark
from partnership.remarks.refusals import RemarkEnded, RemarkTooOld, TooManyRemarks
from partnership.remarks.told import LONGEST, Told, told_of
from partnership.site.mydata import limits
from tests.constraints import refused_by
from tests.factories.accounts import UserFactory, person_with
from tests.factories.agreements import AgreementFactory, AgreementStageFactory
from tests.factories.casestudies import CaseFigureFactory
from tests.factories.members import CountryFactory, FocalTermFactory, InstitutionFactory
from tests.factories.remarks import RemarkFactory
from tests.factories.sources import DatedFactFactory, SourceFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
ABOUT = ("agreement", "qaa-qab")


@pytest.fixture
def keeper():
    return person_with(Role.ADMINISTRATOR)


@pytest.fixture
def focal():
    return FocalTermFactory(country=CountryFactory(iso3="QAA")).person


def told() -> Told:
    return Told("A – B: signed", "/agreements/qaa-qab/", ("QAA",))


def ask(email="reader@m.example", by=None, at=AT) -> Remark:
    return services.ask(ABOUT, told(), "It was in April.", by=by, email=email, at=at)


def mailed() -> list[str]:
    keys = OutboxMessage.objects.order_by("pk").values_list("key", flat=True)
    return [key.partition(":")[0] for key in keys]


def test_nobody_hears_of_a_remark_before_the_link_in_the_mail_was_used(keeper, focal):
    row = ask("Reader@M.example")

    assert mailed() == ["remarks.prove"]
    link = OutboxMessage.objects.get(to="reader@m.example")
    assert row.get_absolute_url() in link.body
    assert not Remark.objects.of(keeper, on=AT.date(), sees_all=True)
    services.prove(row, at=AT + timedelta(hours=1))
    services.prove(row, at=AT + timedelta(hours=2))
    assert sorted(OutboxMessage.objects.exclude(pk=link.pk).values_list("to", flat=True)) == sorted(
        [keeper.email, focal.email]
    )
    assert Remark.objects.of(keeper, on=AT.date(), sees_all=True).get() == row


def test_whoever_is_signed_in_needs_no_link(keeper):
    person = UserFactory()

    row = ask(email="", by=person)

    assert (row.email, row.proved_at, row.by) == (person.email, AT, person)
    assert mailed() == ["remarks.asked"]


def test_a_link_that_is_a_day_old_sends_nothing_off(keeper):
    row = ask()

    with pytest.raises(RemarkTooOld):
        services.prove(row, at=AT + Remark.LIFE)
    assert mailed() == ["remarks.prove"]


def test_a_mailbox_is_not_filled_with_links_that_its_owner_did_not_ask_for():
    for _ in range(services.MOST):
        ask()

    with pytest.raises(TooManyRemarks):
        ask("READER@m.example")
    ask("other@m.example")
    ask(at=AT + services.WITHIN)


def test_a_focal_point_sees_the_remarks_on_the_own_country_and_no_others(focal):
    on = date(2026, 3, 2)
    row, elsewhere = RemarkFactory(), RemarkFactory()
    row.countries.set([CountryFactory(), focal.focal_terms.get().country])
    elsewhere.countries.set([CountryFactory()])

    assert list(Remark.objects.of(focal, on=on)) == [row]
    assert list(Remark.objects.of(focal, on=date(2020, 1, 1))) == []
    assert list(Remark.objects.of(UserFactory(), on=on)) == []


def test_an_answer_goes_by_mail_in_the_language_of_the_question_and_stays(keeper):
    with translation.override("fr"):
        row = ask(by=UserFactory())

    services.answer(row, "It is put right.", by=keeper, voice="Alia", at=AT)

    mail = OutboxMessage.objects.get(key=f"remarks.answered:{row.uuid}")
    assert (mail.to, "It is put right." in mail.body) == (row.email, True)
    assert "Réponse du point focal (Alia)" in mail.body
    row.refresh_from_db()
    assert (row.state, row.answer, row.ended_by) == ("answered", "It is put right.", keeper)
    assert [entry.verb for entry in AuditEntry.objects.order_by("pk")] == [
        "remark.ask",
        "remark.answer",
    ]
    with pytest.raises(RemarkEnded):
        services.close(row, "Twice", by=keeper, at=AT)


def test_what_is_closed_is_told_to_nobody_and_can_be_opened_again(keeper):
    row = RemarkFactory()

    services.close(row, "Praise", by=keeper, at=AT)
    services.reopen(row, by=keeper, at=AT)

    row.refresh_from_db()
    assert (row.state, row.answer, mailed()) == ("open", "", [])
    with pytest.raises(RemarkEnded):
        services.reopen(row, by=keeper, at=AT)


def test_an_address_goes_ninety_days_after_the_answer_and_what_was_never_sent_off_in_a_day():
    by_key = {limit.key: limit for limit in limits.LIMITS}
    kept = RemarkFactory(answered=True, by=UserFactory())
    RemarkFactory(proved_at=None)

    def sweep(key, days):
        return limits.sweep(by_key[key], at=AT + timedelta(days=days))

    assert [sweep("unsent-remarks", days) for days in (0.9, 1.1)] == [0, 1]
    assert [sweep("remark-addresses", days) for days in (89, 91, 92)] == [0, 1, 0]
    kept.refresh_from_db()
    assert (kept.email, kept.by, kept.text != "") == ("", None, True)
    assert [sweep("remarks", days) for days in (700, 731)] == [0, 1]


@pytest.mark.parametrize(
    ("constraint", "columns"),
    [
        ("remark_ends_with_words", {"state": "answered", "ended_at": AT}),
        ("remark_ends_with_words", {"answer": "Yes"}),
        ("remark_is_answered_when_proved", {"answered": True, "proved_at": None}),
        ("remark_says_something", {"text": ""}),
    ],
)
def test_the_database_holds_what_a_remark_is(constraint, columns):
    with refused_by(constraint):
        RemarkFactory(**columns)


def test_each_kind_of_fact_is_found_by_its_key_and_says_what_its_page_says():
    agreement = AgreementFactory(
        acquiring=CountryFactory(iso3="QAA", name="Alia", party_note="Party since 2016."),
        host=CountryFactory(iso3="QAB", name="Belia"),
    )
    source = SourceFactory(slug="letter", title="A letter")
    AgreementStageFactory(agreement=agreement, source=source, on=date(2022, 3, 1))
    DatedFactFactory(key="fact", label="Pairs", value_number=47, as_of=date(2022, 12, 1))
    number = CaseFigureFactory(key="homes", label="Homes", value_number=1200)
    case = number.section.case

    def said(kind, key):
        found = told_of(kind, key, on=AT.date())
        return found and (found.sentence, found.page, found.countries)

    pair = ("/agreements/qaa-qab/", ("QAA", "QAB"))
    assert said(*ABOUT)[1:] == said("line", "qaa-qab/signed.2022-03-01.letter")[1:] == pair
    assert said("line", "qaa-qab/signed.2022-03-01.letter")[0].endswith("1 March 2022 (A letter)")
    assert said("fact", "fact")[0].startswith("Pairs: 47")
    assert said("fact", "fact")[1] == "/about/"
    DatedFactFactory(key="counted", topic="register")
    assert said("fact", "counted")[1] == "/agreements/"
    assert said("country", "qaa/party")[0] == "Alia: Party since 2016."
    assert said("figure", f"{case.slug}/homes")[0].startswith(f"{case.title}: Homes: 1200")
    assert said("case", case.slug)[0] == case.title
    seated = InstitutionFactory(slug="institute", name="Institute", role="It counts.")
    assert said("institution", "institute")[0] == "Institute: It counts."
    assert said("institution", "institute")[2] == ((seated.seat_id,) if seated.seat_id else ())
    for kind, key in (
        *(("agreement", "qab-qaa"), ("line", "qaa-qab/signed.2022-03-01")),
        *(("country", "qab/party"), ("country", "QAA"), ("country", "qaa/group-ldc")),
        *(("fact", "none"), ("document", "none"), ("figure", case.slug), ("nothing", "qaa")),
    ):
        assert said(kind, key) is None


def test_a_fact_that_nobody_may_see_cannot_be_asked_about():
    figure = CaseFigureFactory(key="homes", section__case__published_on=None)
    slug = figure.section.case.slug

    assert told_of("case", slug, on=AT.date()) is told_of("figure", f"{slug}/homes", on=AT.date())


def test_a_very_long_sentence_is_cut_where_the_row_ends():
    CountryFactory(iso3="QAA", party_note="long " * 400)

    assert len(told_of("country", "qaa/party", on=AT.date()).sentence) == LONGEST


def test_a_merge_of_accounts_knows_remarks():
    names = {merging._name(key) for key in merging.keys_to_people()}

    assert not {name for name in names if name.startswith("partnership.Remark.")}
