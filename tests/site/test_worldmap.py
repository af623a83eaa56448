from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership.members.models import Country
from partnership.site.projection import project
from partnership.site.worldmap import Place, draw

HANOI = Place("VNM", "Viet Nam", 105.85, 21.03)
TOKYO = Place("JPN", "Japan", 139.69, 35.69)
LIMA = Place("PER", "Peru", -77.04, -12.05)


def test_a_party_in_the_register_is_a_dot_and_any_other_a_mark():
    drawn = draw([HANOI, TOKYO, LIMA], {"VNM": {"host"}, "JPN": {"acquiring"}})

    assert [(dot.code, dot.name, dot.is_acquiring) for dot in drawn.dots] == [
        ("VNM", "Viet Nam", False),
        ("JPN", "Japan", True),
    ]
    assert drawn.others == "M853 287h0"


def test_a_party_on_both_sides_is_shown_as_acquiring():
    (dot,) = draw([TOKYO], {"JPN": {"host", "acquiring"}}).dots

    assert dot.is_acquiring


def test_a_dot_stands_at_its_place():
    (dot,) = draw([HANOI], {"VNM": {"host"}}).dots

    assert (dot.x, dot.y) == pytest.approx(project(105.85, 21.03), abs=0.5)


@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-60, 85)), max_size=20), st.data())
def test_every_place_is_drawn_once_inside_the_picture(spots, data):
    places = [Place(f"P{index}", "", *spot) for index, spot in enumerate(spots)]
    roles = {place.code: {"host"} for place in places if data.draw(st.booleans())}

    drawn = draw(places, roles)

    marks = [tuple(map(int, mark)) for mark in re.findall(r"M(-?\d+) (-?\d+)h0", drawn.others)]
    assert len(drawn.dots) + len(marks) == len(places)
    for x, y in (*((dot.x, dot.y) for dot in drawn.dots), *marks):
        assert 0 <= x <= drawn.width
        assert 0 <= y <= drawn.height


def test_every_party_has_its_dot_on_the_home_page(content, client):
    response = client.get("/")
    drawn, page = response.context["map"], response.content.decode()

    assert len(drawn.dots) + drawn.others.count("M") == Country.objects.count() == 195
    linked = re.findall(r'<a href="/members/countries/([a-z]{3})/"\s+transform', page)
    assert sorted(linked) == sorted(dot.code.lower() for dot in drawn.dots)
    assert {dot.code for dot in drawn.dots if dot.is_acquiring} >= {"JPN", "CHE", "SGP", "SWE"}
