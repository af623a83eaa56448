"""What is read in a document, and what is refused."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.authoring.parcels import child, packages, plans, reading, sentences
from courses.authoring.parcels.plans import Section, planned
from tests.courses.authoring.parcels.documents import (
    W,
    docx,
    h,
    p,
    picture,
    pptx,
    relations,
    run,
    table,
    zipped,
)
from tests.courses.authoring.shelf.pictures import png
from tests.properties import examples

Told = dict[str, Any]


def read(data: bytes, form: str, name: str = "My file") -> Told:
    told, pictures = child.read(io.BytesIO(data), form, name)
    assert [one["bytes"] for one in told.get("pictures", [])] == [len(data) for data in pictures]
    return json.loads(json.dumps(told))


def lessons(told: Told) -> dict[str, dict[str, str]]:
    """Modules with their lessons' texts. Where the picture n stands, {n}."""
    return {
        module.title: {one.title: plans.PICTURE.sub(r"{\1}", one.text) for one in module.lessons}
        for module in plans.unpacked(told["modules"])
    }


def said(told: Told) -> list[str]:
    return [sentences.told(one) for one in told["problems"]]


def test_headings_divide_a_document_as_the_page_says():
    both = [Section(0, "", "Before"), Section(1, "M", "Own"), Section(2, "L", "Words")]
    assert [(m.title, [one.title for one in m.lessons]) for m in planned(both, "File")] == [
        ("File", ["File"]),
        ("M", ["M", "L"]),
    ]
    for level in (1, 2):
        one_kind = [Section(level, "A", "a"), Section(level, "B", "")]
        (module,) = planned(one_kind, "File")
        assert (module.title, [one.title for one in module.lessons]) == ("File", ["A", "B"])
    assert planned([Section(0, "", " \n")], "File") == []
    title = [Section(1, "Title", ""), Section(1, "M", ""), Section(2, "L", "Words")]
    assert [module.title for module in planned(title, "File")] == ["M"]


def test_a_document_of_word_becomes_modules_and_lessons():
    bold, italic = run("who ", "<w:b/>"), run("decides", "<w:i/>")
    told = read(
        docx(
            p("Letters of Q", "Title"),
            h(1, "What a letter is"),
            p("It says ", inside=bold + italic + run(" *now*.", "")),
            h(2, "Who writes it"),
            table(("Role", "Does"), ("Ministry | Q", "signs")),
            h(3, "Details"),
            picture("r9", "A map"),
            p("1. is no list"),
            h(1, "Second"),
            h(2, "Empty"),
            pictures={"r9": png(40, 30)},
        ),
        "docx",
    )

    assert lessons(told) == {
        "What a letter is": {
            "What a letter is": r"It says **who** *decides* \*now\*.",
            "Who writes it": (
                "| Role | Does |\n| --- | --- |\n| Ministry \\| Q | signs |\n\n"
                "### Details\n\n{0}\n\n1\\. is no list"
            ),
        },
        "Second": {"Empty": ""},
    }
    assert told["pictures"] == [{"name": "picture.png", "alt": "A map", "bytes": len(png(40, 30))}]
    assert said(told) == []


def test_what_has_no_place_in_a_lesson_is_counted():
    note = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    told = read(
        docx(p("Words", inside=note + note), "<w:p><m:oMath><m:r/></m:oMath></w:p>", p("More")),
        "docx",
    )

    assert lessons(told) == {"My file": {"My file": "Words\n\nMore"}}
    assert said(told) == [
        "Equations are not carried: 1. Write them as a formula of the lesson.",
        "Footnotes are not carried: 2.",
    ]


def test_a_presentation_becomes_lessons_with_its_slides_as_headings():
    told = read(pptx(), "pptx")

    assert lessons(told) == {
        "My file": {
            "Letters": (
                "For officials\n\n## Who \\*writes\\*\n\n"
                "- The host Party\n    - its ministry\n- The other Party\n\n{0}\n\n"
                "| Role | Does |\n| --- | --- |\n| Ministry | signs |\n\n"
                "> Say this.\n>\n> And that."
            ),
            "Part two": "",
        }
    }
    assert [one["alt"] for one in told["pictures"]] == ["A map"]
    assert said(told) == ["Hidden slides are not carried: 1."]


def test_a_text_stays_as_it_was_written_between_its_headings():
    text = (
        "---\nx: y\n---\nBefore\n\n# One *bold*\n\n## Two\n\n![a](b.png) ![c](https://q.example/c.png)"
        "\n\n```\n# no heading\n```\n\nThree\n---\n\n### Deep\n\n* as typed\n<div>\n"
    )
    told = read(text.encode("utf-8-sig").replace(b"\n", b"\r\n"), "md")

    assert lessons(told) == {
        "My file": {"My file": "Before"},
        "One bold": {
            "Two": "![a](b.png) ![c](https://q.example/c.png)\n\n```\n# no heading\n```",
            "Three": "### Deep\n\n* as typed\n<div>",
        },
    }
    assert [one["line"] for module in told["modules"] for one in module["lessons"]] == [1, 8, 16]
    assert len(said(told)) == 4


@examples(60)
@given(st.text(alphabet="# \n-*a`>|=[]()!\ue0000", max_size=80))
def test_any_text_is_read_and_no_letter_of_it_names_a_picture(text: str):
    told = read(f"{text}\nx".encode(), "md")

    assert (
        sum(one.pictures for module in plans.unpacked(told["modules"]) for one in module.lessons)
        == 0
    )


WORD = "word/document.xml"
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaa">]><w:document/>'
SPARSE = zipped({f"{n}.xml": "" for n in range(packages.ENTRIES + 1)})
HOSTILE = {
    "no bytes": (b"", "docx", "damaged"),
    "no zip": (b"MZ" * 99, "pptx", "damaged"),
    "cut off": (docx(p("x"))[:-30], "docx", "damaged"),
    "other kind": (docx(p("x")), "pptx", "another_kind"),
    "a workbook": (zipped({"xl/workbook.xml": "<x/>"}), "docx", "another_kind"),
    "entities": (zipped({WORD: ENTITIES}), "docx", "entities"),
    "entities in UTF-16": (zipped({WORD: ENTITIES.encode("utf-16")}), "docx", "entities"),
    "no XML": (zipped({WORD: "<w:document>"}), "docx", "damaged"),
    "no presentation": (zipped({"ppt/presentation.xml": "<x/>"}), "pptx", "damaged"),
    "a bomb": (zipped({WORD: b" " * 3_000_000}), "docx", "bomb"),
    "many parts": (SPARSE, "docx", "too_many_parts"),
    "no words": (docx(), "docx", "empty"),
    "a text of spaces": (b" \n", "md", "empty"),
    "Latin-1": ("a\nd\xe9j\xe0".encode("latin-1"), "md", "not_utf8"),
    "a program": (b"MZ\0\0", "md", "another_kind"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_cannot_be_read_is_refused_with_a_sentence(name: str):
    data, form, code = HOSTILE[name]
    told = read(data, form)

    assert told["refused"] == code
    assert str(reading.ParcelRefused(code, **told["facts"])).endswith(".")


def test_a_locked_file_is_not_tried():
    data = bytearray(docx(p("x")))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1

    assert read(bytes(data), "docx")["refused"] == "locked"


def test_a_picture_outside_the_file_is_not_fetched():
    data = zipped(
        {
            WORD: docx_body(p("Words") + picture("r9", "A map")),
            "word/_rels/document.xml.rels": relations(("r9", "image", "../../../../etc/passwd")),
            "_rels/.rels": relations(("r1", "officeDocument", WORD)),
        }
    )

    told = read(data, "docx")
    assert (lessons(told), told["pictures"]) == ({"My file": {"My file": "Words"}}, [])
    assert said(told) == ["Pictures that are not in the file are not carried: 1."]


def docx_body(inside: str) -> str:
    return f"<w:document {W}><w:body>{inside}</w:body></w:document>"


def test_what_cannot_be_laid_out_in_time_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(child, "LAID_OUT", -1)

    assert read(b"# One\n\nWords", "md")["refused"] == "too_much"


def test_a_child_reads_and_hands_the_pictures_over():
    data = docx(h(1, "A"), picture("r9"), pictures={"r9": png(40, 30)})
    found = reading.read(io.BytesIO(data), "my_file.docx", "docx")

    assert found.pictures == [reading.Sent("picture.png", "", png(40, 30))]
    assert found.modules[0]["title"] == "my file"


def test_a_child_that_dies_is_told_as_too_much(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reading, "MEMORY", 30)

    with pytest.raises(reading.ParcelRefused, match="more time or memory"):
        reading.read(io.BytesIO(docx(p("x"))), "a.docx", "docx")
