"""What editors write into the register: nothing is overwritten, and each race has one winner."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from partnership.accounts.models import Role
from partnership.agreements import queries, services
from partnership.agreements.models import Agreement, AgreementStage
from partnership.agreements.refusals import (
    AlreadyConfirmed,
    AlreadyCorrected,
    LineWrong,
    NothingPutRight,
    PairIsThere,
)
from partnership.audit.models import AuditEntry
from partnership.search.models import SearchEntry
from partnership.site.content import load_content
from tests.constraints import refused_by
from tests.factories.accounts import person_with
from tests.factories.agreements import AgreementFactory, AgreementStageFactory
from tests.factories.members import CountryFactory
from tests.factories.sources import SourceFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def editor():
    return person_with(Role.DATA_EDITOR)


@pytest.fixture
def source():
    return SourceFactory(slug="letter", title="A letter")


@pytest.fixture
def pair():
    return {"acquiring": CountryFactory(iso3="QAA"), "host": CountryFactory(iso3="QAB")}


@pytest.fixture
def unread(pair):
    agreement = AgreementFactory(**pair)
    return AgreementStageFactory(agreement=agreement, source=None, is_confirmed=False)


def words(**other):
    told = {"stage": "signed", "instrument": "bilateral_agreement", "kind": "treaty"}
    told |= {"on": date(2022, 3, 1), "precision": "day", "is_report_date": False, "note": ""}
    told |= {"is_confirmed": False, "source": None, "acquiring_label": "", "host_label": ""}
    return told | other


def logged() -> list[tuple[str, str]]:
    return list(AuditEntry.objects.order_by("pk").values_list("verb", "key"))


def test_a_pair_comes_into_the_register_and_is_found_at_once(pair, source, editor):
    line = words(source=source, is_confirmed=True)
    row = services.add_agreement(pair, line, is_further=False, reason="A", by=editor, at=AT)

    stage = row.stages.get()
    assert (row.slug, stage.checked_by, stage.checked_on) == ("qaa-qab", editor, AT.date())
    assert SearchEntry.objects.get(kind="agreement").key == "qaa-qab"
    assert logged() == [("agreement.add", "qaa-qab"), ("line.add", "qaa-qab")]


def test_a_pair_that_is_there_needs_a_word_for_a_further_agreement(pair, source, editor, unread):
    given = {"by": editor, "at": AT}
    with pytest.raises(PairIsThere):
        services.add_agreement(pair, words(source=source), is_further=False, reason="A", **given)

    row = services.add_agreement(pair, words(source=source), is_further=True, reason="A", **given)

    assert (row.series, row.slug) == (2, "qaa-qab-2")


def test_what_is_wrong_with_the_first_line_leaves_no_pair_behind(pair, editor):
    with pytest.raises(LineWrong):
        services.add_agreement(
            pair, words(is_confirmed=True), is_further=False, reason="A", by=editor, at=AT
        )

    assert (Agreement.objects.count(), AuditEntry.objects.count()) == (0, 0)


def test_a_line_is_confirmed_once_by_whoever_read_it(unread, source, editor):
    told = {"source": source, "acquiring_label": "buyer", "host_label": "", "note": ""}
    other = AgreementStage.objects.get(pk=unread.pk)

    services.confirm_line(unread, told, reason="A", by=editor, at=AT)
    with pytest.raises(AlreadyConfirmed):
        services.confirm_line(other, told, reason="A", by=person_with(Role.ADMINISTRATOR), at=AT)

    unread.refresh_from_db()
    assert (unread.is_confirmed, unread.source, unread.checked_by) == (True, source, editor)
    assert list(queries.to_confirm()) == []
    assert logged() == [("line.confirm", "qaa-qab")]


def test_a_source_does_not_say_the_same_in_two_lines(unread, source, editor):
    AgreementStageFactory(agreement=unread.agreement, source=source)

    with pytest.raises(LineWrong, match="another line"):
        services.confirm_line(unread, {"source": source}, reason="A", by=editor, at=AT)
    with pytest.raises(LineWrong):
        services.add_line(unread.agreement, words(source=source), reason="A", by=editor, at=AT)


def test_a_wrong_line_stays_and_the_right_one_counts(source, editor, pair):
    wrong = AgreementStageFactory(agreement=AgreementFactory(**pair), source=source)
    right = words(source=source, is_confirmed=True, on=date(2022, 3, 9))

    new = services.correct_line(wrong, right, reason="Misread", by=editor, at=AT)

    wrong.refresh_from_db()
    assert (wrong.on, wrong.corrected_at, wrong.correction) == (date(2022, 3, 1), AT, new)
    shown = queries.register({}, day=AT.date()).get()
    assert [line.on for line in shown.lines] == [date(2022, 3, 9)]
    assert queries.of_country(pair["host"], day=AT.date())[0].lines == [new]
    assert queries.register({}, day=date(2022, 3, 5)).count() == 0
    assert "9 March 2022" in SearchEntry.objects.get(kind="agreement").summary
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.changes["reason"]) == ("line.correct", "Misread")
    assert entry.changes["instead"] == "signed.2022-03-01.letter"


def test_a_line_may_be_put_right_without_another_day_but_not_without_a_change(source, editor):
    wrong = AgreementStageFactory(source=source)
    same = words(source=source, is_confirmed=True)
    with pytest.raises(NothingPutRight):
        services.correct_line(wrong, same, reason="None", by=editor, at=AT)

    new = services.correct_line(wrong, {**same, "kind": "other"}, reason="A", by=editor, at=AT)

    assert AgreementStage.objects.standing().get() == new


def test_of_two_who_put_a_line_right_one_is_told_to_look_again(source, editor):
    wrong = AgreementStageFactory(source=source)
    late = AgreementStage.objects.get()
    services.correct_line(wrong, words(source=source), reason="A", by=editor, at=AT)

    with pytest.raises(AlreadyCorrected):
        services.correct_line(
            late, words(source=source, stage="ended"), reason="B", by=editor, at=AT
        )
    assert AgreementStage.objects.standing().count() == 1


@pytest.mark.parametrize("columns", [{"reason": "None"}, {"corrects": True}])
def test_a_line_corrects_another_with_a_reason(unread, columns):
    if "corrects" in columns:
        columns = {"corrects": unread}
    with refused_by("agreement_stage_corrects_with_a_reason"):
        AgreementStageFactory(agreement=unread.agreement, **columns)


def test_a_line_does_not_correct_itself(unread):
    with refused_by("agreement_stage_corrects_another"):
        AgreementStage.objects.filter(pk=unread.pk).update(corrects=unread.pk, reason="A")


def test_the_loader_leaves_confirmed_and_corrected_lines_and_the_rows_of_people(
    content, editor, source
):
    first = AgreementStage.objects.filter(is_confirmed=False).first()
    services.confirm_line(first, {"source": source}, reason="A", by=editor, at=AT)
    wrong = AgreementStage.objects.filter(is_confirmed=True, checked_by=None).first()
    values = {name: getattr(wrong, name) for name in services.LINE}
    services.correct_line(wrong, {**values, "kind": "other"}, reason="A", by=editor, at=AT)
    services.add_line(wrong.agreement, words(source=source), reason="A", by=editor, at=AT)
    before = list(AgreementStage.objects.order_by("pk").values())

    load_content()

    assert list(AgreementStage.objects.order_by("pk").values()) == before
