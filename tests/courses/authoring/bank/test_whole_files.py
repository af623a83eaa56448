"""Whole files of other systems: what was read, what was not, and what is told of it."""

from __future__ import annotations

import pytest

from courses.authoring.bank.packing import unpacked, unpacked_problem
from courses.authoring.bank.services import imports
from courses.quizzes.models import QuestionVersion
from tests.courses.authoring.bank import whole_files
from tests.courses.authoring.bank.desks import read_here
from tests.factories.courses import JOINED, CourseFactory

pytestmark = pytest.mark.django_db
FILES = {
    "moodle": (
        whole_files.MOODLE,
        [
            ("single", "What is $\\frac{a_1}{b}$ of 3\u00a0tCO₂e, at $5 and $7?\n\nTwo books",
             {"attached", "picture", "markup"}),
            ("multiple", "- one\n- two\n\nWhich count?", {"weights"}),
            ("true_false", "1 \\< 2 & \\*so\\*", set()),
            ("number", "How many?", set()),
            ("short_text", "Name it.", set()),
            ("matching", "Match.", set()),
            ("ordering", "Put in order.", set()),
            ("", "", {"kind"}),
            ("", "", {"no_right"}),
        ],
    ),
    "gift": (
        whole_files.GIFT,
        [
            ("single", "Is **1 = 1** { really } at 10:30?", {"plain"}),
            ("number", "How many?", set()),
            ("matching", "Match.", set()),
            ("short_text", "Name it.", set()),
            ("single", "The host \\_\\_\\_\\_\\_ it.", set()),
            ("true_false", "It is *counted* $x_1$ times.", set()),
            ("", "", {"kind"}),
            ("", "", {"unexpected"}),
        ],
    ),
    "aiken": (
        whole_files.AIKEN,
        [("single", "What is \\*counted\\*?", set()), ("", "", {"no_right"})],
    ),
}  # fmt: skip


@pytest.mark.parametrize("form", FILES)
def test_a_whole_file_is_read_with_a_true_report(form):
    content, expected = FILES[form]
    course = CourseFactory()
    one = read_here(content.encode(), form, course)
    told = []
    for row in one.rows.order_by("number"):
        item = unpacked(row.item) if row.item else None
        codes = {unpacked_problem(problem).code for problem in row.problems}
        told.append((str(item.kind) if item else "", item.prompt if item else "", codes))

    assert told == expected
    counts = imports.take_in(one, by=None, at=JOINED)
    rows = QuestionVersion.objects.filter(question__course=course)
    assert counts["new"] == rows.count() == sum(bool(kind) for kind, *_rest in expected)
    assert not rows.filter(prompt_html__contains="<script").exists()
