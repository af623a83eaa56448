"""Each change makes a version with its reason, Parties confirm and contest, a month is reported."""

from __future__ import annotations

from datetime import UTC, date, datetime
from xml.etree import ElementTree

import pytest

from partnership.accounts.models import Role
from partnership.agreements import comparing, queries, reports, services, stating, versions
from partnership.agreements.history import AgreementVersion, PartyStatement
from partnership.agreements.models import AgreementStage, a_year_before
from partnership.agreements.refusals import NotOfThatParty, NotYetConfirmed
from partnership.audit.models import AuditEntry
from partnership.mail.models import OutboxMessage
from partnership.site.content import load_content
from tests.constraints import refused_by
from tests.factories.accounts import person_with
from tests.factories.agreements import AgreementFactory, AgreementStageFactory
from tests.factories.members import CountryFactory, FocalTermFactory
from tests.factories.sources import SourceFactory
from tests.site.people import client_of

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
APRIL = datetime(2026, 4, 9, 12, tzinfo=UTC)


@pytest.fixture
def editor():
    return person_with(Role.DATA_EDITOR)


@pytest.fixture
def line():
    """A signed treaty of Alia and Belia that was never read in a source."""
    pair = {
        "acquiring": CountryFactory(iso3="QAA", name="Alia"),
        "host": CountryFactory(iso3="QAB", name="Belia"),
    }
    source = SourceFactory(slug="list", title="A list")
    agreement = AgreementFactory(**pair)
    return AgreementStageFactory(agreement=agreement, source=source, is_confirmed=False)


@pytest.fixture
def focal(line):
    return FocalTermFactory(country=line.agreement.host).person


def values(line, **other):
    return {name: getattr(line, name) for name in services.LINE} | other


def correct(line, editor, at=AT, **other):
    given = {"reason": "Misread", "by": editor, "at": at}
    return services.correct_line(line, values(line, **other), **given)


def told(row) -> list[tuple[str, list]]:
    known = versions.with_changes(row.versions.select_related("source"))
    return [(one.reason, [change.kind.value for change in one.changes]) for one in known]


def test_each_change_makes_a_version_with_reason_source_and_who(line, editor):
    letter = SourceFactory(slug="letter", title="A letter")
    new = correct(line, editor, on=date(2022, 3, 9), source=letter)
    services.confirm_line(new, {"source": letter}, reason="Read", by=editor, at=AT)
    services.check_line(new, reason="Again", by=editor, at=APRIL)
    further = values(new, stage="in_force", on=date(2023, 1, 1))
    services.add_line(line.agreement, further, reason="It came into force", by=editor, at=APRIL)

    assert told(line.agreement) == [
        ("It came into force", ["new"]),
        ("Again", ["checked"]),
        ("Read", ["confirmed"]),
        ("Misread", ["changed"]),
        ("", []),
    ]
    second = line.agreement.versions.get(number=2)
    assert (second.source, second.made_by, second.cause) == (letter, editor, "desk")
    (change,) = versions.with_changes(line.agreement.versions.all())[3].changes
    assert change.fields == (
        ("date", "1 March 2022", "9 March 2022"),
        ("source", "A list", "A letter"),
    )
    new.refresh_from_db()
    assert (new.checked_on, new.checked_by) == (APRIL.date(), editor)


def test_a_first_change_keeps_how_it_stood_before(line, editor):
    correct(line, editor, kind="other")

    first, second = line.agreement.versions.order_by("number")
    assert (first.cause, first.told["lines"][0]["kind"]) == ("loaded", "treaty")
    assert second.told["lines"][0]["kind"] == "other"


def test_what_was_refused_leaves_no_version(line, editor):
    with pytest.raises(NotYetConfirmed):
        services.check_line(line, reason="Again", by=editor, at=AT)

    assert not AgreementVersion.objects.exists()


def test_loading_the_content_again_makes_no_further_version(content):
    before = AgreementVersion.objects.count()
    assert before == AgreementStage.objects.standing().values("agreement").distinct().count()

    AgreementStage.objects.filter(pk=AgreementStage.objects.standing()[0].pk).update(note="Other")
    load_content()

    assert AgreementVersion.objects.count() == before + 1


def test_a_line_that_is_taken_out_is_told(line, editor):
    AgreementStageFactory(agreement=line.agreement, on=date(2023, 1, 1))
    versions.catch_up(AT)
    line.agreement.stages.filter(on=date(2023, 1, 1)).delete()
    line.agreement.note = "Two letters"
    line.agreement.save()
    versions.keep_of_admin(line.agreement, by=editor, at=AT)

    assert told(line.agreement)[0] == ("", ["gone", "changed"])


@pytest.mark.parametrize(
    ("constraint", "columns"),
    [
        ("agreement_version_of_the_desk_has_a_reason", {"cause": "desk"}),
        ("agreement_version_counts_from_one", {"cause": "loaded", "number": 0}),
        ("agreement_version_number_once", {"cause": "loaded"}),
    ],
)
def test_the_database_holds_what_a_version_is(line, constraint, columns):
    versions.catch_up(AT)
    values = {"number": 1 if constraint.endswith("once") else 2, "told": {}, "made_at": AT}
    with refused_by(constraint):
        line.agreement.versions.create(**values | columns)


@pytest.mark.parametrize(
    ("constraint", "columns"),
    [
        ("party_statement_has_a_reason", {"reason": "", "stance": "confirms"}),
        ("party_statement_confirms_or_contests", {"reason": "A", "stance": "doubts"}),
    ],
)
def test_the_database_holds_what_a_statement_is(line, constraint, columns):
    with refused_by(constraint):
        line.agreement.statements.create(country=line.agreement.host, made_at=AT, **columns)


def test_a_party_contests_a_line_and_the_line_stays_as_it_was(line, focal):
    secretariat, before = person_with(Role.ADMINISTRATOR), values(line)

    word = stating.Word(line.agreement.host, "contests", "Signed in May", line)
    stating.state(line.agreement, word, by=focal, at=AT)

    line.refresh_from_db()
    assert (values(line), AgreementVersion.objects.count()) == (before, 0)
    mail = OutboxMessage.objects.get()
    assert (mail.to, "Signed in May" in mail.body) == (secretariat.email, True)
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.key, entry.changes["country"]) == (
        "agreement.contests",
        "qaa-qab",
        "QAB",
    )


def test_nobody_speaks_for_another_party(line, focal):
    other = CountryFactory()
    elsewhere = FocalTermFactory(country=other).person

    for country, by in ((line.agreement.acquiring, focal), (other, elsewhere)):
        with pytest.raises(NotOfThatParty):
            stating.state(line.agreement, stating.Word(country, "confirms", "Yes"), by=by, at=AT)
    assert not PartyStatement.objects.exists()


def test_a_later_statement_of_a_party_on_the_same_stands_instead(line, focal):
    host = line.agreement.host
    for at, word in (
        (AT, stating.Word(host, "contests", "No")),
        (APRIL, stating.Word(host, "confirms", "Now it is")),
        (APRIL, stating.Word(host, "contests", "Not this line", line)),
    ):
        stating.state(line.agreement, word, by=focal, at=at)

    marked = stating.marked(line.agreement.statements.all())
    assert sorted((one.reason, one.stands) for one in marked) == [
        ("No", False),
        ("Not this line", True),
        ("Now it is", True),
    ]


def test_what_is_contested_is_what_a_party_said_last_of_what_still_counts(line, focal, editor):
    row, host = line.agreement, line.agreement.host

    def say(stance, of=None):
        stating.state(row, stating.Word(host, stance, "So", of), by=focal, at=AT)
        return queries.register({}, day=AT.date()).get().is_contested

    assert [say("contests"), say("confirms"), say("contests", line)] == [True, False, True]
    correct(line, editor, on=date(2022, 3, 9))
    assert not queries.register({}, day=AT.date()).get().is_contested


def test_the_page_tells_versions_and_statements_and_offers_the_form_to_its_parties(
    line, editor, focal, client
):
    correct(line, editor, on=date(2022, 3, 9))
    assert "Confirm or contest" not in client.get("/agreements/qaa-qab/").content.decode()
    client.force_login(focal)
    assert "Confirm or contest" in client.get("/agreements/qaa-qab/").content.decode()
    form = "/agreements/qaa-qab/statement/"
    words = {"country": "QAB", "about": "signed.2022-03-09.list", "stance": "contests"}

    assert 'href="#id_reason"' in client.post(form, words).content.decode()
    assert client.post(form, {**words, "reason": "In <May>"})["Location"] == "/agreements/qaa-qab/"

    page = client.get("/agreements/qaa-qab/").content.decode()
    assert "<bdi>Belia</bdi> contests" in page
    assert page.count("In &lt;May&gt;") == 2
    assert "contested by a Party" in client.get("/agreements/").content.decode()
    old = client.get("/agreements/qaa-qab/versions/1/").content.decode()
    assert ("1 March 2022" in old, "9 March 2022" in old) == (True, False)
    assert client.get("/agreements/qaa-qab/versions/3/").status_code == 404
    assert client_of(Role.FOCAL_POINT).get(form).status_code == 404


def test_an_agreement_is_shown_as_it_stood_on_a_day(line, client):
    AgreementStageFactory(agreement=line.agreement, stage="in_force", on=date(2024, 1, 1))

    then = client.get("/agreements/qaa-qab/?as_of=2022-06-30")
    early = client.get("/agreements/qaa-qab/?as_of=2000-01-01")

    assert [row.stage for row in then.context["agreement"].lines] == ["signed"]
    assert "As it stood on 30 June 2022" in then.content.decode()
    assert "Nothing is dated by 1 January 2000" in early.content.decode()
    assert len(early.context["agreement"].lines) == 2


def test_what_nobody_checked_for_twelve_months_says_so_and_can_be_listed(line, client):
    day = date(2026, 3, 2)
    checked = {"source": SourceFactory(), "checked_on": date(2025, 3, 3)}
    fresh = AgreementStageFactory(**checked).agreement
    old = AgreementStageFactory(**checked | {"checked_on": date(2025, 3, 2)}).agreement

    found = queries.register({"checked": "unchecked"}, day=day)
    assert {row.slug for row in found} == {"qaa-qab", old.slug}
    assert queries.register({}, day=date(2025, 3, 2)).filter(slug=fresh.slug).exists()
    found = queries.coverage(queries.known_since(day), day)
    assert found["unchecked"] == 2
    assert found["newest"] == date(2025, 3, 3)
    page = client.get("/agreements/?checked=unchecked")
    assert "agreements not checked for twelve months" in page.content.decode()
    assert client.get("/agreements/?checked=lately").status_code == 400
    assert [
        row.slug
        for row in client_of(Role.DATA_EDITOR)
        .get("/desk/register/?state=unchecked")
        .context["page"]
    ]


def test_a_leap_day_has_a_year_before():
    assert a_year_before(date(2024, 2, 29)) == date(2023, 2, 28)


def test_a_month_tells_what_was_new_changed_checked_and_contested(line, editor, focal, client):
    versions.catch_up(AT)
    new = correct(line, editor, at=APRIL, on=date(2022, 3, 9), is_confirmed=True)
    services.check_line(new, reason="Again", by=editor, at=datetime(2026, 4, 30, 23, tzinfo=UTC))
    word = stating.Word(line.agreement.host, "contests", "No")
    stating.state(line.agreement, word, by=focal, at=APRIL)

    march, april = reports.report(date(2026, 3, 1)), reports.report(date(2026, 4, 1))

    assert ([one.agreement.slug for one in march.new], march.changed) == (["qaa-qab"], [])
    assert [entry.version.reason for entry in april.changed] == ["Misread"]
    assert [entry.version.reason for entry in april.checked] == ["Again"]
    assert [one.reason for one in april.statements] == ["No"]
    assert reports.months(date(2026, 5, 1)) == [date(2026, 4, 1), date(2026, 3, 1)]
    page = client.get("/agreements/changes/2026-04/").content.decode()
    assert ("<del" in page, "Misread" in page, "contested this on 9 April 2026" in page) == (
        True,
        True,
        True,
    )
    assert (
        'href="/agreements/changes/2026-04/"' in client.get("/agreements/changes/").content.decode()
    )
    assert "Nothing changed" in client.get("/agreements/changes/2026-01/").content.decode()
    for wrong in ("2026-13", "2026-4", "2999-01", "april"):
        assert client.get(f"/agreements/changes/{wrong}/").status_code == 404
    feed = ElementTree.fromstring(client.get("/agreements/feed/").content)
    titles = [found.text for found in feed.iter("{http://www.w3.org/2005/Atom}title")]
    assert {"The register in March 2026", "The register in April 2026"} <= set(titles)


def test_a_month_says_once_why_many_came_together(client):
    AgreementStageFactory.create_batch(3)
    versions.catch_up(AT)

    page = client.get("/agreements/changes/2026-03/").content.decode()

    assert page.count("Taken in with the editorial content") == 1
    new = page.partition("New in the register")[2].partition("</section>")[0]
    assert new.count('<li><a href="/agreements/') == 3


def test_a_month_costs_the_same_for_any_number_of_changes(line, editor, count_queries):
    versions.catch_up(AT)
    correct(line, editor, on=date(2022, 3, 9))
    with count_queries(4):
        reports.report(date(2026, 3, 1))
    for _ in range(3):
        AgreementStageFactory()
    versions.catch_up(AT)
    with count_queries(4):
        reports.report(date(2026, 3, 1))


def test_a_line_that_came_instead_of_another_is_told_as_its_change():
    was = {"id": 1, "corrects": None, "stage": "signed", "instrument": "mou", "kind": "memorandum"}
    was |= {"on": "2022-12-31", "precision": "year", "is_report_date": False, "note": ""}
    was |= {"is_confirmed": False, "source": "", "acquiring_label": "", "host_label": ""}
    was |= {"checked_on": ""}
    now = {**was, "id": 2, "corrects": 1, "is_confirmed": True, "source": "letter"}

    def document(line):
        return {"note": "", "sectors": [], "lines": [line]}

    (change,) = comparing.changes(document(was), document(now), {"letter": "A letter"})

    assert (change.kind, change.what) == ("changed", "memorandum of understanding, signed, 2022")
    assert change.fields == (("read in a source", "no", "yes"), ("source", "", "A letter"))
