from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership.agreements import network
from partnership.agreements.network import Pair, draw

keys = st.text("abcdefgh", min_size=1, max_size=3)
pairs = st.lists(st.builds(Pair, keys.map("a {}".format), keys.map("h {}".format), st.just("")))


def ends(path: str) -> tuple[float, float]:
    """Where a line begins on the left and ends on the right."""
    numbers = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", path)]
    return numbers[1], numbers[-1]


@given(pairs)
def test_every_pair_is_one_line_between_its_two_parties(rows):
    picture = draw(rows)

    left = {node.key: node.y for node in picture.acquiring}
    right = {node.key: node.y for node in picture.hosts}
    assert [ends(line.path) for line in picture.lines] == [
        pytest.approx((left[row.acquiring], right[row.host]), abs=0.1) for row in rows
    ]


@given(pairs)
def test_every_party_stands_once_in_each_of_its_columns(rows):
    picture = draw(rows)

    assert sorted(node.key for node in picture.acquiring) == sorted({r.acquiring for r in rows})
    assert [node.key for node in picture.hosts] == sorted({row.host for row in rows})


@given(pairs)
def test_every_name_stands_inside_the_picture_at_a_height_of_its_own(rows):
    picture = draw(rows)

    for column in (picture.acquiring, picture.hosts):
        heights = [node.y for node in column]
        assert len(set(heights)) == len(heights)
        assert all(network.TOP < y < picture.height for y in heights)


def test_a_party_tells_how_many_lines_it_has():
    picture = draw([Pair("jpn", "mng", ""), Pair("jpn", "vnm", ""), Pair("che", "vnm", "")])

    assert {node.key: node.lines for node in picture.acquiring} == {"jpn": 2, "che": 1}
    assert {node.key: node.lines for node in picture.hosts} == {"mng": 1, "vnm": 2}


def test_an_acquiring_party_stands_in_the_order_of_the_middle_of_its_hosts():
    low = [Pair("z", f"a{number}", "") for number in range(3)]
    high = [Pair("a", f"z{number}", "") for number in range(3)]

    assert [node.key for node in draw(high + low).acquiring] == ["z", "a"]


def test_a_line_is_drawn_in_the_style_of_its_agreement():
    picture = draw([Pair("jpn", "mng", "is-mou"), Pair("che", "mng", "is-treaty")])

    assert [line.style for line in picture.lines] == ["is-mou", "is-treaty"]


def test_a_register_without_agreements_is_an_empty_picture():
    picture = draw([])

    assert (picture.acquiring, picture.hosts, picture.lines) == ([], [], [])
    assert picture.height > network.TOP
