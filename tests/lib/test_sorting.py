from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership.lib.sorting import sort_key


def test_names_stand_in_the_order_of_their_letters() -> None:
    names = [
        *("Åland", "Côte d'Ivoire", "Croatia", "Denmark", "Đồng Nai", "Guinea", "Guinea-Bissau"),
        *("Łódź", "Micronesia", "Ǿresund", "Øresund Region", "Türkiye", "Turkmenistan"),
    ]
    shuffled = random.sample(names, len(names))
    assert sorted(shuffled, key=sort_key) == names


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Lao People’s Democratic Republic", "lao people s democratic republic"),
        ("  São Tomé / Príncipe ", "sao tome principe"),
        ("ISTANBUL", "istanbul"),
        ("Straße", "strasse"),
        ("日本", "日本"),
        ("", ""),
    ],
)
def test_a_key_holds_letters_and_single_spaces(name: str, key: str) -> None:
    assert sort_key(name) == key


@given(st.text(alphabet="abcÅåéøŁßİı -'日й", max_size=12))
def test_case_does_not_count(name: str) -> None:
    assert sort_key(name) == sort_key(name.swapcase().swapcase()) == sort_key(sort_key(name))
