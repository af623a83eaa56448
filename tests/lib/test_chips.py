from __future__ import annotations

import pytest
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from partnership.lib.chips import Chip, chips


class Filter(forms.Form):
    q = forms.CharField(required=False, label="Words")
    stage = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Stage"),
        choices=[("", "any"), ("signed", gettext_lazy("Signed"))],
    )
    as_of = forms.DateField(required=False, label="Day")
    ordering = forms.CharField(required=False)


def of(address: str) -> list[Chip]:
    query = QueryDict(address)
    form = Filter(query)
    assert form.is_valid()
    return chips(form, query)


@pytest.mark.parametrize("address", ["", "q=&stage=&as_of=", "ordering=host&page=3"])
def test_what_does_not_filter_has_no_chip(address: str) -> None:
    assert of(address) == []


def test_a_chip_names_the_filter_and_its_choice() -> None:
    assert [(chip.name, chip.value) for chip in of("stage=signed&as_of=2022-12-16")] == [
        ("Stage", "Signed"),
        ("Day", "2022-12-16"),
    ]


def test_a_chip_leads_to_the_same_list_without_it_from_its_first_page() -> None:
    (words, stage) = of("q=grid+%26+loss&stage=signed&ordering=host&page=3")
    assert words.without == "?stage=signed&ordering=host"
    assert stage.without == "?q=grid+%26+loss&ordering=host"


def test_a_filter_given_twice_goes_as_one() -> None:
    (words, _) = of("q=a&q=b&stage=signed")
    assert words.without == "?stage=signed"
