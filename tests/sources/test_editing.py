"""What editors do to facts and sources, and what of it the loader leaves alone."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from partnership.accounts.models import Role
from partnership.audit.models import AuditEntry
from partnership.sources import services
from partnership.sources.loading import Loaded, load
from partnership.sources.models import DatedFact, Source
from partnership.sources.refusals import FigureMoved, RowWrong, ValueTooOld
from tests.constraints import refused_by
from tests.factories.accounts import person_with
from tests.factories.sources import DatedFactFactory, SourceFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def editor():
    return person_with(Role.DATA_EDITOR)


@pytest.fixture
def fact():
    return DatedFactFactory(key="share", value_number=76, as_of=date(2022, 12, 31))


def words(**other):
    told = {"value_number": Decimal(81), "value_text": "", "qualifier": "", "unit": "%"}
    told |= {"as_of": date(2024, 12, 31), "as_of_precision": "day", "definition": "", "note": ""}
    return told | {"attributed_to": "", "is_ours": False} | other


def followed(fact, editor, **other):
    source = other.pop("source", None) or SourceFactory(slug="later")
    return services.add_value(fact, words(source=source, **other), by=editor, at=AT)


def test_a_newer_value_stands_before_the_one_that_stays(fact, editor):
    newer = followed(fact, editor)

    fact.refresh_from_db()
    assert (newer.key, newer.of_figure, newer.follows) == ("share-2024-12-31", "share", fact)
    assert (newer.label, newer.topic) == (fact.label, fact.topic)
    assert (newer.checked_by, newer.checked_on) == (editor, AT.date())
    assert (fact.value_number, fact.as_of, fact.valid_to) == (76, date(2022, 12, 31), newer.as_of)
    assert list(DatedFact.objects.newest()) == [newer]
    assert set(DatedFact.objects.of_figures(["share"])) == {fact, newer}
    verbs = AuditEntry.objects.order_by("pk").values_list("verb", "key", "actor")
    assert list(verbs) == [
        ("fact.change", "share", str(editor.uuid)),
        ("fact.add", "share-2024-12-31", str(editor.uuid)),
    ]


def test_a_value_for_an_earlier_day_is_refused_and_one_for_the_same_day_is_not(fact, editor):
    with pytest.raises(ValueTooOld, match="31 December 2022"):
        followed(fact, editor, as_of=date(2022, 12, 30))

    assert followed(fact, editor, as_of=fact.as_of).of_figure == "share"


def test_two_newer_values_do_not_follow_one(fact, editor):
    followed(fact, editor)

    with pytest.raises(FigureMoved):
        followed(fact, editor)
    with pytest.raises(IntegrityError), transaction.atomic():
        DatedFactFactory(follows=fact, figure="share")


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"figure": "share"}, "fact_that_follows_is_of_a_figure"),
        ({"follows": True}, "fact_that_follows_is_of_a_figure"),
    ],
)
def test_only_what_follows_is_of_a_figure(fact, columns, constraint):
    if "follows" in columns:
        columns = {"follows": fact}
    with refused_by(constraint):
        DatedFactFactory(**columns)


def test_a_value_does_not_follow_itself(fact):
    with refused_by("fact_follows_another"):
        DatedFact.objects.filter(pk=fact.pk).update(follows=fact.pk, figure="share")


def test_other_words_for_a_value_are_written_to_the_log(fact, editor):
    told = {"label": "Parties with plans", "unit": "%", "definition": "All.", "note": ""}
    services.reword_fact(fact, {**told, "attributed_to": ""}, by=editor, at=AT)

    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.key) == ("fact.change", "share")
    assert entry.changes == {
        "label": ["Parties that plan to cooperate", "Parties with plans"],
        "definition": ["", "All."],
    }
    assert DatedFact.objects.get().value_number == 76


def test_the_loader_leaves_what_editors_wrote(editor):
    source = SourceFactory(slug="paper")
    row = {"key": "share", "topic": "jcm", "label": "A", "value_number": 1, "source": source}
    row |= {"as_of": date(2022, 1, 1), "valid_to": None}
    load(DatedFact, [row], key=("key",), done=Loaded())
    followed(DatedFact.objects.get(), editor, source=source)
    before = list(DatedFact.objects.values())
    done = Loaded()

    load(DatedFact, [{**row, "label": "B"}], key=("key",), done=done)

    assert str(done) == "1 facts left as edited"
    assert list(DatedFact.objects.values()) == before


def test_a_source_keeps_its_key_when_its_title_changes(editor):
    told = {"title": "Add", "publisher": "P", "authors": "", "address": "", "kind": "report"}
    told |= {"published_on": None, "published_precision": "day", "accessed_on": None, "note": ""}
    row = services.add_source(told, by=editor, at=AT)
    services.change_source(row, {**told, "title": "Another"}, by=editor, at=AT)

    row.refresh_from_db()
    # The page that adds one has that address.
    assert (row.slug, row.title) == ("add-2", "Another")
    changes = AuditEntry.objects.order_by("-pk").first().changes
    assert changes == {"title": ["Add", "Another"]}


def test_a_source_with_an_address_that_is_none_is_refused(editor):
    row = SourceFactory()

    with pytest.raises(RowWrong):
        services.change_source(row, {"address": "javascript:alert(1)"}, by=editor, at=AT)
    assert Source.objects.get().address == f"https://ministry.example/{row.slug}"
