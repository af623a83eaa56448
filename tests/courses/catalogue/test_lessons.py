"""Lessons that are written out: what a capable official learns from, in plain English."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from courses.catalogue import weights
from courses.catalogue.content import FOLDER
from partnership.casestudies.content import FOLDER as CASES
from partnership.information.content import FILE as TERMS
from partnership.lib import markdown
from partnership.sources.loading import read
from tests.courses.files import FILES, QUESTIONS, WRITTEN

HEADING = re.compile(r"^(#+) (.+)$", re.M)
LINK = re.compile(r"\[([^\]]*)\]\(([^)]*)\)")
FIGURE = re.compile(r"^```figure [a-z-]+\n(.*?)^```$", re.M | re.S)
DECISION = re.compile(r"\b\d+/CMA\.\d\b|Paris Agreement, Article|No decision")
# Other words for what the glossary names: each lesson says it as the glossary does.
SYNONYMS = re.compile(
    r"\bauthoris|\boffsets?\b|\bcarbon credits?\b|\bbuyers?\b|\bsellers?\b|\bbaseline emissions\b"
    r"|\bletters? of (?:approval|endorsement|intent)\b|\bemissions? (?:account|budget)\b"
    r"|\bdouble[- ](?:claiming|selling)\b|\bmitigation results?\b|\btransferring country\b",
    re.I,
)
# Printed as sources and lists print them.
QUOTED = re.compile(r'"[^"]*"')
LONG = 12


def prose(text: str) -> str:
    """The sentences: no tables, headings, formulas or addresses."""
    text = LINK.sub(r"\1", text)
    return re.sub(r"^(?:\||#|>|```).*$", "", text, flags=re.M)


def sentences(text: str) -> list[list[str]]:
    parts = re.split(r"(?<=[.!?:])\s+|\n\s*\n|\n(?:- |\d+\. )", prose(text))
    words = (re.findall(r"[A-Za-z0-9'.-]+", part) for part in parts)
    return [found for found in words if len(found) > 1]


def paths() -> set[str]:
    """Addresses that a lesson may name."""
    terms = {f"/glossary/#{row['slug']}" for row in read(TERMS)["terms"]}
    cases = {f"/case-studies/{path.stem}/" for path in CASES.glob("*.json")}
    lessons = {f"/courses/{name.replace(' ', '/').lower()}/" for name in WRITTEN}
    return terms | cases | lessons | {"/agreements/", "/glossary/", "/case-studies/"}


def failing(judge) -> dict[str, object]:
    return {name: found for name, text in WRITTEN.items() if (found := judge(text))}


def test_every_file_beside_a_course_is_one_of_its_lessons():
    files = {f"{path.parent.name.upper()} {path.stem}" for path in FOLDER.glob("*/*.md")}

    assert files == set(WRITTEN)


def test_a_lesson_has_between_400_and_900_words():
    lengths = {name: len(re.findall(r"\b[\w'/.-]+", text)) for name, text in WRITTEN.items()}

    assert {name: n for name, n in lengths.items() if not 400 <= n <= 900} == {}


def test_a_lesson_goes_from_why_to_what_next_and_says_what_it_follows():
    def missing(text: str) -> list[str]:
        found = [title for _, title in HEADING.findall(text)]
        first, *_, short, then, sources = found
        wanted = {
            first: "Why it matters to your office",
            short: "In short",
            then: "What to do next",
            sources: "Rules and sources",
        }
        inside = {"The rule", "A worked example", "What goes wrong in practice"} - set(found)
        return [*(is_ for is_, wish in wanted.items() if is_ != wish), *inside]

    assert failing(missing) == {}


def test_the_last_section_tells_the_day_of_the_rules_and_the_decisions():
    def untold(text: str) -> bool:
        last = text.rpartition("## Rules and sources")[2]
        return not ("Rules as of 24 November 2024" in last and DECISION.search(last))

    assert failing(untold) == {}
    assert {file["edition"]["rules_as_of"] for file in FILES.values()} == {"2024-11-24"}


def test_headings_stand_at_one_level():
    assert failing(lambda text: {level for level, _ in HEADING.findall(text)} - {"##"}) == {}


def test_a_lesson_has_a_table_or_a_drawing_and_each_drawing_a_caption():
    assert failing(lambda text: "\n|---" not in text and not FIGURE.search(text)) == {}
    assert failing(lambda text: [one for one in FIGURE.findall(text) if len(one) < 40]) == {}
    assert failing(lambda text: re.findall(r"!\[\s*\]", text)) == {}


def test_every_address_is_one_of_this_site():
    known = paths()

    assert failing(lambda text: [to for _, to in LINK.findall(text) if to not in known]) == {}
    assert failing(lambda text: len(LINK.findall(text)) < 1) == {}


def test_an_abbreviation_is_told_or_leads_to_the_glossary_in_every_lesson_that_uses_it():
    """Whoever opens one lesson only has not read where it was told before."""
    told = {
        short: row["slug"]
        for row in read(TERMS)["terms"]
        for short in (row["abbreviation"] or "").split(" / ")
        if len(short) > 2 and " " not in short
    }

    def untold(text: str) -> set[str]:
        return {
            short
            for short, slug in told.items()
            if re.search(rf"(?<![\w/#-]){re.escape(short)}s?\b", text)
            and f"/glossary/#{slug})" not in text
            and not re.search(rf"\({re.escape(short)}s?\)", text)
        }

    assert failing(untold) == {}


def test_courses_lead_to_register_cases_and_glossary():
    """The register from where arrangements are told, the cases from where these are."""
    linked = {name: {to for _, to in LINK.findall(text)} for name, text in WRITTEN.items()}

    assert {name for name, found in linked.items() if "/agreements/" in found} == {
        "A6-101 three-tracks",
        "A6-201 three-things-are-authorized",
        "A6-301 arrangements-in-december-2022",
    }
    cases = {to for found in linked.values() for to in found if to.startswith("/case-studies/")}
    assert cases == {
        "/case-studies/solar-farm-monnaran-mongolia/",
        "/case-studies/transformers-viet-nam-lao-pdr/",
    }
    assert all(any("/glossary/#" in to for to in found) for found in linked.values())


def test_a_lesson_uses_the_words_of_the_glossary():
    assert failing(lambda text: SYNONYMS.findall(QUOTED.sub("", text))) == {}


def test_sentences_are_short_and_so_are_most_words():
    def heavy(text: str) -> list[float]:
        found = sentences(text)
        words = [word for sentence in found for word in sentence]
        average = len(words) / len(found)
        long = sum(len(word) >= LONG for word in words) / len(words)
        longest = max(map(len, found))
        return [average, long, longest] if average > 14 or long > 0.04 or longest > 40 else []

    assert failing(heavy) == {}


def test_a_paragraph_holds_one_idea():
    """Said in at most 85 words."""

    def long(text: str) -> list[str]:
        parts = prose(text.rpartition("## Rules and sources")[0]).split("\n\n")
        rows = [part for part in parts if not part.startswith(("-", "1.")) and "\n- " not in part]
        return [part for part in rows if len(part.split()) > 85]

    assert failing(long) == {}


def test_a_lesson_fits_the_first_round_trips():
    def kb(text: str) -> bool:
        return weights.page_kb(len(markdown.render(text))) > 10

    assert failing(kb) == {}


@pytest.mark.parametrize("code", FILES)
def test_every_lesson_that_is_written_out_has_a_self_check(code):
    asked = {row["topic"] for row in FILES[code]["questions"] if row.get("state") == "self_check"}
    lessons = {
        lesson["key"]
        for module in FILES[code]["modules"]
        for lesson in module["lessons"]
        if f"{code} {lesson['key']}" in WRITTEN
    }

    assert lessons - asked == set()


def test_every_option_teaches_whoever_chose_it():
    """In a sentence that says more than right, wrong or the option again."""
    silent = [
        (key, choice["text"])
        for key, row in QUESTIONS.items()
        for choice in row.get("options", ())
        if len(told := choice.get("feedback", "").split()) < 4
        or " ".join(told).strip(".").lower() in choice["text"].lower()
        or re.match(r"(?:right|wrong|yes|no|correct)[.!]?$", " ".join(told), re.I)
    ]

    assert silent == []


def test_what_is_in_doubt_stands_on_the_list_for_the_subject_check():
    """A lesson that points at the list is on it, and so is every question in reserve."""
    told = (Path(__file__).parents[3] / "docs" / "subject-check.md").read_text()
    named = set(re.findall(r"`([a-z0-9-]+(?:/[a-z0-9-]+)?)`", told))

    pointing = {
        name.replace(" ", "/").lower()
        for name, text in WRITTEN.items()
        if re.search(r"\bon (?:our|the same) list\b", text)
    }
    reserve = {key for key, row in QUESTIONS.items() if row.get("state") == "reserve"}
    assert (pointing - named, reserve - named) == (set(), set())
    assert {one for one in named if "/" in one} <= {
        name.replace(" ", "/").lower() for name in WRITTEN
    }
