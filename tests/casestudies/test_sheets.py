"""What was typed comes back as it was typed, and what is missing is said beside its field."""

from __future__ import annotations

import pytest

from partnership.casestudies import queries
from partnership.casestudies.differences import differences
from partnership.casestudies.lists import lists
from partnership.casestudies.models import CaseStudy
from partnership.casestudies.reading import told
from partnership.casestudies.sheets import Sheet
from partnership.casestudies.telling import story_from, told_of
from partnership.casestudies.words import ROWS, of_told, taken_from, typed
from tests.factories.case_drafts import figure, whole
from tests.factories.casestudies import CaseStudyFactory
from tests.factories.members import CountryFactory


def problems(words) -> list[tuple[str, str]]:
    sheet = Sheet(words, lists(), is_checked=True)
    return [(one.field, one.sentence) for one in sheet.problems()]


def test_what_a_form_sent_is_what_it_shows_again():
    sent = {
        "title": "  A\r\ntitle",
        "figures-1-label": "x",
        "figures-1-as_of": "31.3.",
        "other": "y",
    }

    again = typed(taken_from(sent))

    assert {name: again[name] for name in ("title", "figures-1-label", "figures-1-as_of")} == {
        "title": "  A\ntitle",
        "figures-1-label": "x",
        "figures-1-as_of": "31.3.",
    }
    assert "other" not in again


def test_an_emptied_row_keeps_its_place_and_those_behind_the_last_go():
    words = taken_from({"sources-0-title": "", "sources-1-title": "B", "sources-2-title": " "})

    assert [row["title"] for row in words["sources"]] == ["", "B"]


def test_an_empty_case_says_of_each_field_what_is_missing(db):
    found = problems(taken_from({}))

    assert {"id_title", "id_summary", "id_challenge_text", "countries", "figures"} <= {
        field for field, _ in found
    }
    assert ("countries", "Name at least one country.") in found
    assert "id_policy_text" not in dict(found)


def test_a_whole_case_is_ready_and_means_what_was_typed(db):
    country = CountryFactory(iso3="QAA")
    sheet = Sheet(whole(country), lists(), of=country, is_checked=True)

    found = told(sheet)

    assert sheet.problems() == []
    assert (found["doubts"], found["goals"]) == (["What it cost", "Who paid"], [7, 13])
    assert found["countries"] == [{"iso3": "QAA", "part": "host"}]
    first, second = found["figures"]
    assert (first["value_number"], first["source"], first["as_of"]) == ("1250.5", 0, "2025-06-30")
    assert (second["value_number"], second["value_text"], second["source"]) == (
        None,
        "three shops",
        1,
    )


@pytest.mark.parametrize(
    ("more", "field"),
    [
        (figure(2, label="x"), "id_figures-2-value_number"),
        (figure(2, label="x", value_number="1", value_text="y"), "id_figures-2-value_text"),
        (figure(2, label="x", value_number="1", source="4"), "id_figures-2-source"),
        (figure(2, label="x", value_number="much"), "id_figures-2-value_number"),
        (figure(2, label="x", value_number="1", section="policy"), "id_figures-2-section"),
        (figure(2, label="x", value_number="1", chart="1"), "id_figures-2-chart"),
        ({"countries-1-country": "QAA", "countries-1-part": "host"}, "id_countries-1-country"),
        ({"sources-2-title": "T", "sources-2-address": "ftp://x"}, "id_sources-2-address"),
        ({"goals": "7, 99"}, "id_goals"),
        ({"policy_document": "A plan"}, "id_policy_year"),
        ({"policy_text": "Words."}, "id_policy_heading"),
        (
            {"charts-0-title": "All", "charts-0-section": "result", "charts-0-kind": "months"},
            "id_charts-0-kind",
        ),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(db, more, field):
    assert field in dict(problems(whole(CountryFactory(iso3="QAA"), **more)))


def test_no_bar_is_drawn_below_nought(db):
    chart = {"charts-0-title": "All", "charts-0-section": "result", "charts-0-kind": "bars"}
    more = {**chart, **figure(2, label="x", value_number="-1", chart="1")}

    found = problems(whole(CountryFactory(iso3="QAA"), **more))

    assert found == [("id_figures-2-chart", "A bar begins at nought: this number lies below.")]


def test_a_form_with_every_row_that_is_offered_is_not_too_large_to_be_sent(settings):
    fields = sum(len(names) * most for names, most, _more in ROWS.values())

    assert fields + len(typed(taken_from({}))) < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS


def test_two_numbers_of_a_part_are_not_both_shown_large(db):
    large = {"value_number": "1", "is_headline": "on"}
    more = {**figure(2, label="a", **large), **figure(3, label="b", **large)}

    found = dict(problems(whole(CountryFactory(iso3="QAA"), **more)))

    assert found == {"id_figures-3-is_headline": "Another number of this part is shown large."}


def test_who_writes_for_a_country_names_it(db):
    words = whole(CountryFactory(iso3="QAA"))
    sheet = Sheet(words, lists(), of=CountryFactory(iso3="QAB"), is_checked=True)

    assert [one.field for one in sheet.problems()] == ["countries"]


def test_a_half_written_case_is_shown_as_far_as_it_goes(db):
    words = taken_from({"title": "العربية", "result_text": "A *word*.", "figures-0-label": "x"})
    document = told(Sheet(words, lists(), is_checked=True))

    story = story_from(document, queries.around(document))

    assert story.case.title == "العربية"
    (part,) = story.parts
    assert part["section"].html.endswith(">A <em>word</em>.</p>")
    assert part["others"] == []


def test_the_form_asks_for_its_lists_once(db, count_queries):
    words = whole(CountryFactory(iso3="QAA"))

    with count_queries(5):
        sheet = Sheet(words, lists(), is_checked=True)
        _drawn = [str(field) for rows in sheet.rows.values() for form in rows for field in form]

    assert len(sheet.rows["figures"]) == 2 + ROWS["figures"][2]


def test_the_next_version_begins_with_every_word_of_the_published_one(content):
    for case in queries.with_all(CaseStudy.objects.all()):
        before = told_of(case)
        after = told(Sheet(of_told(before), lists(), is_checked=True))
        assert {**after, "figures": numbered(after)} == {**before, "figures": numbered(before)}


def numbered(document) -> list:
    return [{**one, "position": 0} for one in document["figures"]]


def test_two_texts_are_compared_field_by_field(db):
    country = CountryFactory(iso3="QAA")
    one = whole(country)
    other = {**one, "place": "A town", "figures": one["figures"][:1]}

    found = [(row.label, row.left, row.right) for row in differences(one, other)]

    assert found[0] == ("Place", "A province", "A town")
    assert ("Number 2, Or a text", "three shops", "") in found


def test_a_case_without_figures_can_be_told_and_written_on(db):
    case = queries.with_all(CaseStudy.objects.filter(pk=CaseStudyFactory().pk)).get()

    assert of_told(told_of(case))["figures"] == []
