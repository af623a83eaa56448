from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership.lib.bodies import DEEPEST, LARGEST, read_object
from partnership.lib.errors import BadQuery

PARTS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=10,
)


@given(st.dictionaries(st.text(max_size=5), PARTS | st.text()))
def test_an_object_is_read_as_it_was_written(wanted):
    raw = json.dumps(wanted, ensure_ascii=False).encode()

    if len(raw) <= LARGEST:
        assert read_object(raw) == wanted


@given(st.binary() | st.text().map(str.encode))
def test_whatever_is_sent_is_an_object_or_told_in_a_sentence(raw):
    try:
        told = read_object(raw)
    except BadQuery as problem:
        told = {"": str(problem)}

    assert isinstance(told, dict)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('{"a": NaN}', "a"),
        ('{"a": 1, "b": [{"c": 1e309}]}', "b"),
        ('{"a": -Infinity}', "a"),
        ('{"a": 1, "a": 1}', "a"),
        ('{"a": {"inner": 1, "inner": 2}}', "inner"),
        ('{"\\ud800": 1}', ""),
        ('{"a": ' + "9" * 6000 + "}", ""),
        ('{"a": ' + "[" * (DEEPEST + 1) + "]" * (DEEPEST + 1) + "}", ""),
        ('{"a": ' + "[" * 15_000 + "]" * 15_000 + "}", ""),
        (f'{{"a": "{"x" * LARGEST}"}}', ""),
        ("[]", ""),
        ("", ""),
        ("{} {}", ""),
    ],
    ids=range(13),
)
def test_what_no_two_readers_understand_alike_is_refused_by_its_name(text, name):
    with pytest.raises(BadQuery) as refused:
        read_object(text.encode())

    assert list(refused.value.problems) == [name]
