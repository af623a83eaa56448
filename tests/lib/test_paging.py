from __future__ import annotations

import pytest
from django.test import RequestFactory

from partnership.lib.errors import BadQuery
from partnership.lib.paging import page_of

ROWS = list(range(25))


def page(asked: str) -> list[int]:
    return list(page_of(ROWS, RequestFactory().get("/", {"page": asked}), size=10).object_list)


def test_without_a_number_the_first_page_is_meant():
    request = RequestFactory().get("/")

    assert list(page_of(ROWS, request, size=10).object_list) == ROWS[:10]


@pytest.mark.parametrize(("asked", "rows"), [("1", ROWS[:10]), ("03", ROWS[20:])])
def test_a_number_names_a_page(asked, rows):
    assert page(asked) == rows


@pytest.mark.parametrize(
    "asked",
    ["0", "4", "-1", "1.0", "abc", "", " 1", "١", "²", "1e1", "9" * 5000, "0" * 9 + "1", "1\n2"],
)
def test_a_page_that_is_not_there_is_refused_by_its_name(asked):
    with pytest.raises(BadQuery) as refused:
        page(asked)

    assert refused.value.problems == {"page": [f"There is no page {asked[:20]} in this list."]}


def test_an_empty_list_has_one_page_without_rows():
    assert list(page_of([], RequestFactory().get("/")).object_list) == []
