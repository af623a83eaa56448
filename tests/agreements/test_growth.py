"""How the register grew: what is counted on a day, and what is drawn of it."""

from __future__ import annotations

from datetime import date

import pytest

from partnership.agreements import growth, queries, timeline
from partnership.agreements.growth import Count, Known
from partnership.agreements.timeline import Event
from tests.factories.agreements import AgreementFactory, AgreementStageFactory
from tests.factories.members import CountryFactory

SEEN = date(2020, 6, 1)
LATER = date(2022, 12, 31)
EACH_WAY = [
    Known(dated=SEEN),
    Known(unconfirmed=SEEN, dated=LATER),
    Known(listed=SEEN),
    Known(listed=LATER),
]


def test_an_agreement_counts_by_the_surest_way_in_which_it_is_known_on_a_day():
    days = [date(2020, 5, 31), SEEN, date(2022, 12, 30), LATER]

    assert growth.counts(EACH_WAY, days) == [
        Count(),
        Count(dated=1, unconfirmed=1, listed=1),
        Count(dated=1, unconfirmed=1, listed=1),
        Count(dated=2, listed=2),
    ]


def test_years_end_with_the_day_itself_and_begin_with_the_first_agreement():
    ends = [date(2020, 12, 31), date(2021, 12, 31), date(2022, 3, 5)]

    assert growth.years(EACH_WAY, date(2022, 3, 5)) == ends
    assert growth.years([], date(2022, 3, 5)) == [date(2022, 3, 5)]


def test_months_are_two_years_that_end_with_the_day_itself():
    found = growth.months(date(2024, 3, 5))

    assert (found[0], found[-2], found[-1]) == (
        date(2022, 4, 30),
        date(2024, 2, 29),
        date(2024, 3, 5),
    )
    assert len(found) == 24


def test_a_bar_has_a_part_for_each_way_and_a_number_where_it_changes():
    found = [Count(), Count(dated=2), Count(dated=2), Count(dated=1, unconfirmed=1, listed=2)]

    drawn = growth.draw([("All", found), ("Aland", found)], ["1", "2", "3", "4"])

    whole, part = drawn.rows
    paths = dict(part.paths)
    assert {name: path.count("M") for name, path in paths.items()} == {
        "dated": 3,
        "unconfirmed": 1,
        "listed": 1,
    }
    assert [figure.text for figure in part.figures] == [2, 4]
    assert f"v-{growth.ROOM / 2}h" in paths["listed"]
    assert f"v-{growth.WHOLE_ROOM / 2}h" in dict(whole.paths)["listed"]
    assert drawn.ticks[0][1] < drawn.ticks[3][1] < drawn.right


def test_a_date_is_drawn_as_long_as_it_is_not_known():
    events = [
        Event("signed", date(2020, 12, 31), "year", ""),
        Event("in force", date(2021, 3, 31), "month", ""),
        Event("ended", date(2022, 3, 31), "day", "is-listed"),
    ]

    drawn = timeline.draw(events)

    lengths = [mark.x - mark.since for mark in drawn.marks]
    assert lengths[0] > lengths[1] > lengths[2] == 0
    assert [mark.is_stretch for mark in drawn.marks] == [True, True, False]
    assert [year for year, _x in drawn.ticks] == [2020, 2021, 2022, 2023]
    # A year is about 28 units wide and stands around its line.
    assert all(14 <= x <= drawn.width - 14 for _year, x in drawn.ticks)
    assert drawn.marks[-1].is_before
    assert all(0 < mark.since <= mark.x < drawn.width for mark in drawn.marks)


def test_a_single_line_needs_no_axis():
    assert timeline.draw([Event("signed", SEEN, "day", "")]) is None


def test_many_years_have_a_tick_for_some_of_them():
    drawn = timeline.draw([Event("a", date(1990, 1, 1), "day", ""), Event("b", SEEN, "day", "")])

    assert len(drawn.ticks) <= timeline.MOST_TICKS + 1


@pytest.fixture
def register(db):
    """Two Parties: agreements of a read day, of one that is not confirmed, and listed."""
    aland, borea = CountryFactory(name="Aland"), CountryFactory(name="Borea")
    for party, more in (
        (aland, {"on": date(2020, 3, 1)}),
        (aland, {"on": date(2021, 3, 1), "is_confirmed": False}),
        (borea, {"on": date(2022, 3, 1), "is_report_date": True, "stage": "not_stated"}),
    ):
        AgreementStageFactory(agreement=AgreementFactory(acquiring=party), **more)


def test_each_agreement_says_since_when_it_is_known_in_each_way(register):
    line = AgreementStageFactory(
        agreement=AgreementFactory(acquiring=CountryFactory(name="Aabe")), on=date(2021, 1, 1)
    )
    AgreementStageFactory(agreement=line.agreement, on=date(2020, 1, 1), is_report_date=True)

    rows = queries.known_since(date(2022, 6, 30))

    assert [(one["name"], one["dated"], one["listed"]) for one in rows] == [
        ("Aabe", date(2021, 1, 1), date(2020, 1, 1)),
        ("Aland", date(2020, 3, 1), None),
        ("Aland", None, None),
        ("Borea", None, date(2022, 3, 1)),
    ]
    assert rows[2]["unconfirmed"] == date(2021, 3, 1)


def test_the_register_shows_its_growth_as_a_picture_and_as_a_table(client, register):
    answer = client.get("/agreements/?as_of=2022-06-30")

    table = answer.context["growth"]["table"]
    assert answer.context["growth"]["heads"] == ["All", "Aland", "Borea"]
    assert [(on.year, [count.total for count in found]) for on, found in table] == [
        (2020, [1, 1, 0]),
        (2021, [2, 2, 0]),
        (2022, [3, 2, 1]),
    ]
    page = answer.content.decode()
    assert "1 unconfirmed" in page
    assert "1 only listed" in page
    assert "Counted by us from the dated lines of this register" in page
    assert "The last column is 30 June 2022." in page


def test_growth_is_shown_by_month_up_to_a_day(client, register):
    answer = client.get("/agreements/growth/?step=month&as_of=2021-03-15")

    table = answer.context["growth"]["table"]
    assert (len(table), table[-2][1][0], table[-1][1][0]) == (24, Count(1), Count(1, 1))
    assert client.get("/agreements/growth/?step=week").status_code == 400
    nothing = client.get("/agreements/growth/?as_of=2019-12-31").content.decode()
    assert "Nothing is dated up to 31 December 2019" in nothing


@pytest.mark.parametrize("rows", [1, 20])
def test_the_picture_costs_one_query_for_any_number_of_agreements(client, db, count_queries, rows):
    AgreementStageFactory.create_batch(rows)

    with count_queries(1):
        client.get("/agreements/growth/")


def test_an_agreement_shows_its_lines_on_an_axis_beside_the_list(client, db):
    line = AgreementStageFactory(on=date(2022, 3, 31), precision="month")
    page = client.get(line.agreement.get_absolute_url()).content.decode()
    assert "timeline-said" not in page
    AgreementStageFactory(agreement=line.agreement, on=date(2023, 1, 1), is_confirmed=False)

    answer = client.get(line.agreement.get_absolute_url())

    marks = answer.context["timeline"].marks
    assert [mark.label for mark in marks] == ["signed, March 2022", "signed, 1 January 2023"]
    assert [mark.style for mark in marks] == ["", "is-unconfirmed"]
    assert "The list below says the same." in answer.content.decode()
