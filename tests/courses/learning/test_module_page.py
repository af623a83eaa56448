from __future__ import annotations

import re

import pytest

from partnership.information.models import GlossaryTerm
from tests.factories.accounts import UserFactory
from tests.factories.courses import EditionFactory, LessonFactory, ModuleFactory


def module_of(*texts: str):
    module = ModuleFactory(edition=EditionFactory(), key="the-module", title="The module")
    for position, text in enumerate(texts, start=1):
        LessonFactory(module=module, position=position, text=text)
    return module


def page(client, module) -> str:
    address = f"{module.edition.get_absolute_url()}modules/{module.key}/"
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_all_lessons_stand_on_one_page_in_their_order(client, db):
    text = page(client, module_of("The first.", "The second."))

    assert text.index("The first.") < text.index("The second.")
    assert re.findall(r'<h2 id="([^"]*)" lang="en"', text) == ["lesson-1", "lesson-2"]


def test_lessons_with_the_same_words_do_not_share_a_name(client, db):
    text = page(client, module_of("The same.", "The same."))

    names = re.findall(r'\sid="([^"]*)"', text)
    assert len(names) == len(set(names))


def test_a_term_is_linked_once_on_the_whole_page(client, db):
    GlossaryTerm.objects.create(slug="tonne", term="Tonne", definition="A weight.")

    text = page(client, module_of("A tonne.", "Another tonne."))

    assert text.count('class="term"') == 1


def test_a_module_without_lessons_has_a_page(client, db):
    assert "This module has no lessons." in page(client, module_of())


def test_an_unknown_module_is_not_found(client, db):
    module = module_of("One.")

    assert client.get(f"{module.edition.get_absolute_url()}modules/other/").status_code == 404


@pytest.mark.parametrize("lessons", [1, 40])
def test_a_module_costs_the_same_for_any_number_of_lessons(client, count_queries, lessons):
    module = module_of(*["Text."] * lessons)
    client.force_login(UserFactory())

    with count_queries(8):
        page(client, module)
