from __future__ import annotations

from datetime import date, timedelta

import pytest

from partnership.accounts.models import Role
from partnership.audit.models import AuditEntry
from partnership.lib import clock
from partnership.mail.models import OutboxMessage
from partnership.members.imports import services
from partnership.members.imports.refusals import NotNow
from partnership.members.models import (
    Affiliation,
    ImportChange,
    Institution,
    Invitation,
    SheetImport,
)
from partnership.members.queries import institution_entries
from partnership.search import services as search
from tests.factories.accounts import UserFactory, person_with
from tests.factories.members import (
    AffiliationFactory,
    CountryFactory,
    InstitutionFactory,
    InvitationFactory,
    ParticipationFactory,
)
from tests.factories.sources import SourceFactory
from tests.members.imports.helpers import taken_in, work
from tests.members.imports.state import tables

pytestmark = pytest.mark.django_db


def back(sheet: SheetImport) -> SheetImport:
    services.take_back(sheet, by=sheet.by, at=clock.now())
    return work(sheet)


def reasons() -> list[str]:
    kept = ImportChange.objects.exclude(kept_because="").order_by("pk")
    return list(kept.values_list("kept_because", flat=True))


def test_taking_back_people_restores_every_table_to_the_letter() -> None:
    country = CountryFactory(iso3="QAA")
    line = AffiliationFactory(country=country, title="Officer")
    gains, at = UserFactory(), clock.now() - timedelta(days=40)
    old = InvitationFactory(country=country, made_at=at, sent_at=at)
    by = person_with(Role.ADMINISTRATOR)
    before = tables()
    people = [
        (line.person.email, "Head"),
        (gains.email, ""),
        ("new@x.example", ""),
        (old.email, ""),
    ]
    sheet = taken_in([[email, "", "QAA", "", title, "", ""] for email, title in people], by=by)
    assert tables() != before
    assert ImportChange.objects.count() == 5
    assert back(sheet).state == "undone"
    assert reasons() == []
    assert tables() == before
    assert not OutboxMessage.objects.exists()


def test_taking_back_institutions_and_memberships_restores_search_too() -> None:
    SourceFactory(slug="list")
    InstitutionFactory(name="Known", acronym="")
    ParticipationFactory(country__iso3="QAA", begins_on=date(2023, 1, 1))
    search.replace("institution", institution_entries())
    by = person_with(Role.ADMINISTRATOR)
    before = tables()
    columns = ["Name", "Acronym", "Source"]
    rows = [["Known", "K", ""], ["Fresh", "F", "list"]]
    first = taken_in(rows, columns=columns, kind="institutions", by=by)
    columns = ["Member", "Joined", "Left", "Source"]
    rows = [["QAA", "2023-01-01", "2024-01-01", ""], ["Fresh", "2023-01-01", "", "list"]]
    second = taken_in(rows, columns=columns, kind="participations", by=by)
    assert Institution.objects.get(acronym="K").sort_key == "known"
    back(second)
    back(first)
    after = tables()
    # A search entry that was written again is the same under another number.
    written = {name: [row[1:] for row in rows] for name, rows in after.items()}
    assert written == {name: [row[1:] for row in rows] for name, rows in before.items()}


def test_what_somebody_changed_since_stays_and_is_listed() -> None:
    line = AffiliationFactory(country__iso3="QAA", title="Officer")
    gains, gone = UserFactory(), UserFactory()
    emails = [line.person.email, gains.email, gone.email, "joins@x.example", "new@x.example"]
    sheet = taken_in([[email, "", "QAA", "", "Head", "", ""] for email in emails])
    Affiliation.objects.filter(pk=line.pk).update(title="Minister")
    Affiliation.objects.filter(person=gains).update(ends_on=date(2099, 1, 1))
    Affiliation.objects.filter(person=gone).delete()
    Invitation.objects.filter(email="joins@x.example").update(used_at=clock.now(), used_by=gains)
    Invitation.objects.filter(email="new@x.example").update(opened_at=clock.now())
    back(sheet)
    assert sorted(reasons()) == ["It was changed since."] * 3 + ["It was deleted since."]
    line.refresh_from_db()
    assert line.title == "Minister"
    assert Affiliation.objects.filter(person=gains).exists()
    assert list(Invitation.objects.values_list("email", flat=True)) == ["joins@x.example"]


def test_an_institution_that_something_leans_on_stays() -> None:
    SourceFactory(slug="list")
    sheet = taken_in([["Fresh", "list"]], columns=["Name", "Source"], kind="institutions")
    AffiliationFactory(country=None, institution=Institution.objects.get(name="Fresh"))
    back(sheet)
    assert reasons() == ["Something else leans on it by now."]
    assert Institution.objects.filter(name="Fresh").exists()


def test_a_mail_that_went_stays_in_the_outbox() -> None:
    CountryFactory(iso3="QAA")
    sheet = taken_in([[f"{n}@x.example", "", "QAA", "", "", "", ""] for n in "ab"])
    went = OutboxMessage.objects.filter(to="a@x.example")
    went.update(state="handed_over", handed_over_at=clock.now())
    back(sheet)
    assert list(OutboxMessage.objects.values_list("to", flat=True)) == ["a@x.example"]
    assert not Invitation.objects.exists()


def test_after_seven_days_an_import_stays() -> None:
    CountryFactory(iso3="QAA")
    sheet = taken_in([["a@x.example", "", "QAA", "", "", "", ""]])
    assert sheet.done_at is not None
    with pytest.raises(NotNow):
        services.take_back(sheet, by=sheet.by, at=sheet.done_at + timedelta(days=7))
    assert Invitation.objects.count() == 1
    services.take_back(sheet, by=sheet.by, at=sheet.done_at + timedelta(days=6, hours=23))
    with pytest.raises(NotNow):
        services.take_back(sheet, by=sheet.by, at=clock.now())


def test_who_took_in_and_took_back_stands_in_the_log() -> None:
    CountryFactory(iso3="QAA")
    sheet = back(taken_in([["a@x.example", "", "QAA", "", "", "", ""]]))
    lines = AuditEntry.objects.filter(kind="import", key=str(sheet.uuid)).order_by("pk")
    assert list(lines.values_list("verb", flat=True)) == [
        *("import.send", "import.tried", "import.apply", "import.done"),
        *("import.undo", "import.undone"),
    ]
    assert {line.actor for line in lines} == {str(sheet.by.uuid)}
