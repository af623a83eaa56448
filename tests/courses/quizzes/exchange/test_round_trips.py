from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.quizzes.exchange import aiken, gift_reader, gift_writer, moodle_reader, moodle_writer
from courses.quizzes.exchange.carrying import carried
from courses.quizzes.exchange.rows import as_row, lost, of_row
from tests.courses.quizzes.exchange.made import items
from tests.properties import examples

FORMATS = {
    "gift": (gift_reader.read, gift_writer),
    "aiken": (aiken.read, aiken),
    "moodle": (moodle_reader.read, moodle_writer),
}
CONTENT = Path(__file__).parents[4] / "courses/catalogue/content"


@pytest.mark.parametrize("name", FORMATS)
@given(made=st.lists(items(), max_size=2))
@examples(60)
def test_what_a_format_holds_comes_back_as_it_was(name, made):
    read, writer = FORMATS[name]
    written = writer.write(made)
    report = read(written.text.encode())
    held, _problems = carried(made, writer.carry)

    assert list(report.items) == held
    assert writer.write(report.items).text == written.text


@pytest.mark.parametrize("name", FORMATS)
def test_the_questions_of_every_course_come_back_as_they_were(name):
    read, writer = FORMATS[name]
    files = [json.loads(path.read_text()) for path in sorted(CONTENT.glob("a6-*.json"))]
    made = [of_row(row) for file in files for row in file["questions"]]
    written = writer.write(made)
    report = read(written.text.encode())
    lost = {problem.line for problem in written.problems if problem.code in ("kind", "not_written")}

    assert len(report.items) == len(made) - len(lost)
    assert writer.write(report.items).text == written.text


def test_a_question_of_a_course_file_is_the_same_after_it_was_an_item():
    files = [json.loads(path.read_text()) for path in sorted(CONTENT.glob("a6-*.json"))]
    rows = [row for file in files for row in file["questions"]]
    asked = [{name: row[name] for name in row if name not in ("state", "note")} for row in rows]

    assert [as_row(of_row(row)) for row in rows] == asked


def test_what_a_course_file_has_no_place_for_is_named():
    (item,) = gift_reader.read("::T::How many?{#=1 =%50%1:1#near ~#no}").items
    (short,) = gift_reader.read("Who?{=A =B*}").items

    assert lost(item) == ["title", "otherwise", "numbers", "feedback"]
    assert (lost(short), as_row(short)["accepted"]) == (["texts"], ["A"])


def test_what_the_database_has_no_room_for_is_told():
    long = gift_reader.read(f"Q{{={'a' * 501} ~b}}\n\nW{{={'a' * 201}}}\n\nN{{#0.0000001}}")
    codes = [[problem.code for problem in verdict.problems] for verdict in long.verdicts]

    assert codes == [["text_too_long"], ["text_too_long"], ["places"]]
