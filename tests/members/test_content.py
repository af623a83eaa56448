from __future__ import annotations

from collections import Counter, defaultdict

import pytest

from partnership.lib.fields import fold
from partnership.members.content import FOLDER
from partnership.members.models import AreaOfWork, Country, CountryGroup, MembershipCount
from partnership.members.queries import match
from partnership.sources.loading import read
from tests.each import of_each

FILE = read(FOLDER / "countries.json")
COUNTRIES = FILE["countries"]
BY_CODE = {row["iso3"]: row for row in COUNTRIES}

# West, east, south and north ends of a region; Oceania reaches across the date line.
REACH = {
    "Africa": (-26, 60, -36, 38),
    "Americas": (-125, -34, -57, 56),
    "Asia": (25, 150, -11, 56),
    "Europe": (-25, 45, 34, 66),
    "Oceania": (110, 210, -48, 15),
}


@pytest.mark.parametrize("column", ["iso3", "iso2", "name"])
def test_no_two_parties_share_a_code_or_a_name(column):
    assert [value for value, n in Counter(row[column] for row in COUNTRIES).items() if n > 1] == []


def test_the_list_is_that_of_the_parties_and_not_that_of_iso():
    assert len(COUNTRIES) == 195
    assert {"EUE", "COK", "NIU", "PSE", "VAT"} <= set(BY_CODE)
    assert {"IRN", "LBY", "YEM", "TWN", "HKG", "GRL"} & set(BY_CODE) == set()


def test_the_parties_of_each_region_are_all_there():
    assert Counter(row["region"] for row in COUNTRIES) == {
        "Africa": 53,
        "Americas": 35,
        "Asia": 46,
        "Europe": 45,
        "Oceania": 16,
    }


def test_a_party_that_withdrew_is_still_found_and_says_so():
    assert {code for code, row in BY_CODE.items() if row["party_note"]} == {"EUE", "USA"}
    assert "took effect on 27 January 2026" in BY_CODE["USA"]["party_note"]


def test_the_file_is_in_the_order_of_codes():
    assert list(BY_CODE) == sorted(BY_CODE)


@of_each(BY_CODE)
def test_a_dot_lies_in_its_region_and_has_the_name_of_its_place(row):
    west, east, south, north = REACH[row["region"]]
    longitude = row["lon"] % 360 if row["region"] == "Oceania" else row["lon"]

    assert row["place"]
    assert west < longitude < east
    assert south < row["lat"] < north


@of_each(BY_CODE)
def test_a_party_has_a_name_in_each_of_the_other_languages_of_the_united_nations(row):
    assert set(row["names"]) == {"ar", "es", "fr", "ru", "zh"}
    assert all(name.strip() == name != "" for name in row["names"].values())


def test_the_old_name_of_myanmar_is_never_shown():
    names = [BY_CODE["MMR"]["name"], *BY_CODE["MMR"]["names"].values()]
    shown = [alias["label"] for row in COUNTRIES for alias in row["aliases"] if alias["shown"]]

    assert names == ["Myanmar", "ميانمار", "缅甸", "Myanmar", "Мьянма", "Myanmar"]
    assert {"Burma", "Korea", "Congo"} & set(shown) == set()


def test_no_label_may_mean_two_parties_but_those_that_say_so():
    means = defaultdict(set)
    for row in COUNTRIES:
        labels = [alias["label"] for alias in row["aliases"]]
        for label in (row["name"], row["iso3"], row["iso2"], *labels):
            means[fold(label)].add(row["iso3"])
    for row in FILE["ambiguous_labels"]:
        means[fold(row["label"])] |= set(row["candidates"])

    assert {label: sorted(codes) for label, codes in means.items() if len(codes) > 1} == {
        "congo": ["COD", "COG"],
        "korea": ["KOR", "PRK"],
    }


def test_a_party_has_each_label_once():
    twice = [
        row["iso3"]
        for row in COUNTRIES
        if len({fold(alias["label"]) for alias in row["aliases"]}) < len(row["aliases"])
    ]

    assert twice == []


def test_the_groups_are_those_of_the_united_nations():
    ldc = {row["iso3"] for row in COUNTRIES if row["ldc"]}
    sids = {row["iso3"] for row in COUNTRIES if row["sids"]}

    assert (len(ldc), len(sids)) == (43, 39)
    assert {"BGD", "LAO", "NPL", "SLB", "AGO", "HTI"} <= ldc
    assert {"BTN", "STP", "VUT", "GNQ"} & ldc == set()
    assert {"SGP", "PNG", "DOM", "DMA", "COK", "NIU"} <= sids
    assert ldc & sids == {"COM", "GNB", "HTI", "KIR", "SLB", "TLS", "TUV"}


def test_a_label_matches_exactly_or_not_at_all(content):
    wanted = {
        "Viet Nam": ["VNM"],
        "Vietnam": ["VNM"],
        "vnm": ["VNM"],
        " VIET  NAM ": ["VNM"],
        "Lao PDR": ["LAO"],
        "Laos PDR": ["LAO"],
        "South Korea": ["KOR"],
        "Korea": ["PRK", "KOR"],
        "Congo": ["COG", "COD"],
        "Burma": ["MMR"],
        "CÔTE D'IVOIRE": ["CIV"],
        "Philippine": ["PHL"],
        "Guinea": ["GIN"],
        "Niger": ["NER"],
        "EUE": ["EUE"],
        "Viet": [],
        "Koreas": [],
        "Iran": [],
        "": [],
    }

    assert {label: [party.iso3 for party in match(label)] for label in wanted} == wanted


def test_dominica_and_the_dominican_republic_are_two_countries(content):
    (dominica,), (republic,) = match("Dominica"), match("Dominican Republic")

    assert (dominica.iso3, republic.iso3) == ("DMA", "DOM")
    assert match("Dominic") == []


def test_every_party_of_the_file_is_in_the_database(content):
    assert list(Country.objects.order_by("iso3").values_list("iso3", flat=True)) == list(BY_CODE)


def test_a_planned_graduation_is_noted_and_no_group_passes_for_confirmed(content):
    noted = CountryGroup.objects.filter(note__contains="24 November 2026", group="ldc")

    assert {group.country_id for group in noted} == {"BGD", "LAO", "NPL"}
    assert not CountryGroup.objects.filter(is_confirmed=True).exists()


def test_membership_is_a_series_of_counts_with_their_days(content):
    counts = MembershipCount.objects.order_by("on")
    columns = ("on", "countries", "institutions", "combined")

    assert [(str(on), *rest) for on, *rest in counts.values_list(*columns)] == [
        ("2022-11-16", 40, 23, None),
        ("2022-11-20", None, None, 67),
        ("2023-04-27", 66, 32, None),
    ]


def test_there_are_six_areas_of_work_in_the_order_of_the_talk(content):
    assert list(AreaOfWork.objects.values_list("number", "slug")) == [
        (1, "rules-and-ndc"),
        (2, "institutional-arrangements"),
        (3, "information-platform"),
        (4, "mutual-learning-training"),
        (5, "baseline-methodology"),
        (6, "high-integrity-markets"),
    ]
