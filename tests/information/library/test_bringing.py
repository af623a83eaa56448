from __future__ import annotations

from io import BytesIO

import pytest

from partnership.accounts.models import Role
from partnership.information.library import bringing
from partnership.information.models import Document
from partnership.lib import clock
from tests.factories.accounts import person_with
from tests.factories.information import VersionFactory
from tests.factories.members import CountryFactory
from tests.factories.sources import SectorFactory

pytestmark = pytest.mark.django_db
HEAD = "title,kind,published,address,countries,topics,language,colour\n"


def bring(text: str, name: str = "list.csv") -> bringing.Brought:
    by = person_with(Role.DATA_EDITOR)
    return bringing.bring(BytesIO(text.encode()), name, by=by, at=clock.now())


def test_a_list_becomes_drafts_and_sent_again_changes_nothing():
    CountryFactory(iso3="QAA")
    SectorFactory(slug="energy")
    VersionFactory(address="http://www.a.example/known/")
    text = (
        f"{HEAD}Guide,guidance,2024-05,https://a.example/g,QAA,energy,fr,red\n"
        "Other name,Report,,https://a.example/known,,,,\n"
    )
    first, again = bring(text), bring(text)
    row = Document.objects.get(title="Guide")

    assert [(len(one.made), len(one.known), len(one.wrong)) for one in (first, again)] == [
        (1, 1, 0),
        (0, 2, 0),
    ]
    assert first.left_out == ["colour"]
    assert (row.versions.get().dated, row.versions.get().published_at) == ("May 2024", None)
    assert [one.iso3 for one in row.countries.all()] == ["QAA"]
    assert [one.slug for one in row.sectors.all()] == ["energy"]


def test_a_wrong_row_is_told_by_its_number_and_the_others_come_in():
    brought = bring(
        f"{HEAD}Good,report,,,,,,\n,poem,spring,ftp://x,Nowhere,magic,Klingon,\n=1+1,report,,,,,,\n"
    )
    numbers = {number: problems for number, _, problems in brought.wrong}

    assert ([row for row, _ in brought.made], sorted(numbers)) == ([2], [3, 4])
    assert [problem.partition(":")[0] for problem in numbers[3]] == [
        *("title", "kind", "language", "topics", "countries", "published", "address")
    ]
    assert [problem.partition(":")[0] for problem in numbers[4]] == ["title"]


def test_a_language_is_told_by_its_code_in_english_or_as_its_readers_say():
    told = {"One": "km", "Two": "Khmer", "Three": "ភាសាខ្មែរ", "Four": "中文", "Five": "mongolian"}
    bring(HEAD + "".join(f"{title},report,,,,,{name},\n" for title, name in told.items()))

    assert dict(Document.objects.values_list("title", "language")) == {
        **dict.fromkeys(["One", "Two", "Three"], "km"),
        **{"Four": "zh", "Five": "mn"},
    }


def test_a_list_without_titles_is_refused_with_the_columns_it_may_have():
    with pytest.raises(bringing.ListRefused, match="authors, publisher"):
        bring("name\nGuide\n")
