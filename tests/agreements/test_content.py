from __future__ import annotations

import calendar
from collections import Counter
from datetime import date

import pytest

from partnership.agreements.content import FILE
from partnership.agreements.models import Agreement, AgreementStage
from partnership.agreements.queries import coverage, current, known_since, register, to_confirm
from partnership.site.content import load_content
from partnership.sources.loading import read

AGREEMENTS = read(FILE)["agreements"]
LINES = [line for row in AGREEMENTS for line in row["stages"]]
TODAY = date(2026, 11, 24)
OLDER_THAN_PARIS = [
    *("BGD", "CHL", "CRI", "ETH", "IDN", "KEN", "KHM", "LAO"),
    *("MDV", "MEX", "MMR", "MNG", "PLW", "SAU", "THA", "VNM"),
]


def named_by(source: str, day: date = TODAY) -> list[Agreement]:
    return list(register({"source": source}, day=day))


def on(slug: str, day: date) -> Agreement | None:
    return register({}, day=day).filter(slug=slug).first()


def test_no_two_agreements_are_the_same():
    keys = Counter((row["acquiring"], row["host"], row["series"]) for row in AGREEMENTS)

    assert max(keys.values()) == 1


def test_a_line_holds_only_what_the_register_knows_of():
    assert {line["stage"] for line in LINES} <= set(AgreementStage.Stage.values)
    assert {line["instrument"] for line in LINES} <= set(AgreementStage.Instrument.values)
    assert {line["kind"] for line in LINES} <= set(AgreementStage.Kind.values)


def test_what_no_source_was_read_for_says_that_it_is_to_be_confirmed():
    unread = [line for line in LINES if line["source"] == "editors-knowledge"]

    assert [line for line in LINES if not line["is_confirmed"]] == unread
    assert all("to be confirmed" in line["note"] for line in unread)


def test_a_month_stands_as_its_last_day_and_a_year_as_the_31st_of_december():
    inexact = [line for line in LINES if line["precision"] != "day"]

    for line in inexact:
        day = date.fromisoformat(line["on"])
        month = 12 if line["precision"] == "year" else day.month
        assert day == date(day.year, month, calendar.monthrange(day.year, month)[1])
    assert Counter(line["precision"] for line in inexact) == {"month": 31, "year": 2}


def test_the_lines_of_the_talk_are_47_in_printed_order_and_claim_nothing():
    talk = [line for line in LINES if line["source"] == "oecc-talk-2022"]

    assert sorted(line["position"] for line in talk) == list(range(1, 48))
    assert {
        (line["on"], line["stage"], line["instrument"], line["kind"], line["is_report_date"])
        for line in talk
    } == {("2022-12-16", "not_stated", "not_stated", "not_stated", True)}
    assert {line["acquiring_label"] for line in talk if "Korea" in line["note"]} == {"Korea"}


def test_a_line_keeps_the_label_that_its_source_prints():
    printed = {
        (row["acquiring"], row["host"]): line["host_label"]
        for row in AGREEMENTS
        for line in row["stages"]
        if line["source"] == "oecc-talk-2022" and row["host"] in {"VNM", "LAO", "DMA", "DOM", "MMR"}
    }

    assert printed == {
        ("JPN", "VNM"): "Viet Nam",
        ("KOR", "VNM"): "Vietnam",
        ("SGP", "VNM"): "Vietnam",
        ("JPN", "LAO"): "Lao PDR",
        ("JPN", "MMR"): "Myanmar",
        ("SWE", "DOM"): "Dominican Republic",
        ("CHE", "DMA"): "Dominica",
    }


def test_the_talk_names_47_pairs_of_6_acquiring_and_35_host_parties(content):
    rows = named_by("oecc-talk-2022")
    acquiring = Counter(row.acquiring_id for row in rows)
    hosts = {row.host_id for row in rows}

    assert len(rows) == 47
    assert acquiring == {"JPN": 25, "CHE": 7, "SGP": 7, "KOR": 3, "SWE": 3, "AUS": 2}
    assert (len(acquiring), len(hosts), len(hosts | set(acquiring))) == (6, 35, 41)


def test_eight_hosts_of_the_talk_have_more_than_one_acquiring_party(content):
    hosts = Counter(row.host_id for row in named_by("oecc-talk-2022"))

    assert {host: n for host, n in hosts.items() if n > 1} == {
        **dict.fromkeys(("PNG", "VNM", "THA", "GHA"), 3),
        **dict.fromkeys(("MNG", "PER", "GEO", "SEN"), 2),
    }


def test_viet_nam_is_host_to_japan_the_republic_of_korea_and_singapore(content):
    rows = register({"host": "VNM"}, day=TODAY)

    assert {row.acquiring_id for row in rows} == {"JPN", "KOR", "SGP"}


def test_the_register_is_empty_before_the_first_document(content):
    assert list(register({}, day=date(2012, 12, 31))) == []
    assert [row.slug for row in register({}, day=date(2013, 1, 8))] == ["jpn-mng"]


def test_at_the_end_of_2015_the_register_holds_japans_partners_of_that_day(content):
    rows = list(register({}, day=date(2015, 12, 31)))

    assert sorted((row.acquiring_id, row.host_id) for row in rows) == [
        ("JPN", host) for host in OLDER_THAN_PARIS
    ]
    assert all(current(row.lines).predates_paris for row in rows)
    day = date(2015, 12, 31)
    assert coverage(known_since(day), day).items() >= {
        ("pairs", 16),
        ("acquiring", 1),
        ("hosts", 16),
        ("parties", 17),
        ("last", max(line.on for row in rows for line in row.lines)),
    }


def test_a_document_signed_after_paris_does_not_predate_it(content):
    signed = AgreementStage.objects.filter(agreement__acquiring="JPN", stage="signed")

    assert sum(line.predates_paris for line in signed) == 16
    assert sum(not line.predates_paris for line in signed) == 9 + 2


@pytest.mark.parametrize(
    ("slug", "day", "stage"),
    [
        ("che-dma", date(2021, 11, 10), "no agreement"),
        ("che-dma", date(2021, 11, 11), "concluded"),
        ("che-dma", date(2022, 1, 9), "concluded"),
        ("che-dma", date(2022, 1, 10), "in_force"),
        ("sgp-png", date(2022, 12, 15), "no agreement"),
        ("sgp-png", date(2023, 12, 30), None),
        ("sgp-png", date(2023, 12, 31), "signed"),
        ("swe-dom", date(2025, 6, 25), None),
        ("swe-dom", date(2025, 6, 26), "signed"),
        ("sgp-gha", date(2024, 5, 26), None),
        ("sgp-gha", date(2024, 5, 27), "signed"),
        ("che-ukr", date(2022, 6, 29), "approved"),
        ("che-mng", date(2025, 11, 12), "approved"),
    ],
)
def test_an_agreement_has_on_a_day_the_stage_it_had_reached(content, slug, day, stage):
    row = on(slug, day)

    assert (row.stage if row else "no agreement") == stage


def test_where_sources_differ_each_keeps_its_line(content):
    row = on("che-tha", date(2022, 12, 31))

    assert [(line.source.slug, line.instrument, line.is_confirmed) for line in row.lines] == [
        ("bafu-article6-2022", "joint_statement", True),
        ("editors-knowledge", "bilateral_agreement", False),
        ("oecc-talk-2022", "not_stated", True),
    ]
    assert row.note.startswith("Sources differ.")


def test_the_swiss_list_of_march_2022_keeps_agreements_apart_from_statements(content):
    rows = named_by("bafu-article6-2022", day=date(2022, 3, 3))
    kinds = {row.host_id: row.treaty_kind for row in rows}

    assert kinds == {
        **dict.fromkeys(("PER", "GHA", "SEN", "GEO", "VUT", "DMA"), "treaty"),
        **dict.fromkeys(("THA", "ISL", "MAR", "CHL"), "statement"),
    }


def test_a_memorandum_or_a_statement_never_passes_for_a_treaty(content):
    kinds = {row.slug: row.treaty_kind for row in register({}, day=TODAY)}

    assert {slug for slug, kind in kinds.items() if kind == "memorandum"} == {
        "jpn-png",
        "swe-che",
        "swe-rwa",
    }
    assert {slug for slug, kind in kinds.items() if kind == "statement"} == {"che-chl", "che-isl"}
    assert {kind for slug, kind in kinds.items() if slug[:3] in {"aus", "kor"}} == {None}


def test_japan_has_29_partners_in_april_2024(content):
    before = {row.host_id for row in named_by("oecc-talk-2022") if row.acquiring_id == "JPN"}
    after = {row.host_id for row in named_by("gec-mp240405", day=date(2024, 4, 30))}

    assert after - before == {"ARE", "KGZ", "KAZ", "UKR"}
    assert len(after) == 29
    assert named_by("gec-mp240405", day=date(2024, 4, 29)) == []


def test_the_list_to_confirm_holds_what_the_editors_only_believe(content):
    slugs = Counter(line.agreement.slug for line in to_confirm())
    signed = {row.host_id for row in named_by("oecc-talk-2022") if row.acquiring_id == "JPN"}

    assert slugs == dict.fromkeys(
        [f"jpn-{host.lower()}" for host in (signed - {"MNG", "PNG"}) | {"TZA", "IND"}]
        + ["che-per", "che-tha"],
        1,
    )


def test_two_acquiring_parties_may_cooperate(content):
    row = on("swe-che", TODAY)

    assert (row.acquiring_id, row.host_id, row.treaty_kind) == ("SWE", "CHE", "memorandum")


def test_only_agreements_with_a_case_have_a_sector(content):
    rows = Agreement.objects.filter(sectors__isnull=False)

    assert {row.slug: [sector.name for sector in row.sectors.all()] for row in rows} == {
        "jpn-lao": ["Energy generation"],
        "jpn-mng": ["Energy generation"],
        "jpn-vnm": ["Energy generation"],
    }


def test_loading_the_content_again_changes_nothing(content):
    assert load_content().counts == {}


def test_what_a_person_changed_or_deleted_since_stays(content):
    Agreement.objects.filter(slug="aus-png").update(note="Asked the ministry.")
    AgreementStage.objects.get(agreement__slug="aus-fji").delete()

    done = load_content()

    assert Agreement.objects.get(slug="aus-png").note == "Asked the ministry."
    assert not AgreementStage.objects.filter(agreement__slug="aus-fji").exists()
    assert done.counts == {"agreements left as edited": 1, "stages of agreements left deleted": 1}
