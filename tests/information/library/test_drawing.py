"""What is drawn out of files of every kind, and what hostile ones do to nobody else."""

from __future__ import annotations

import zipfile
from io import BytesIO
from time import monotonic

import pytest
from openpyxl import Workbook
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from partnership.information.drawing import pdf
from partnership.information.drawing.limits import Limits, Page
from partnership.information.drawing.reading import SENTENCES, drawn

W = 'xmlns:w="http://w.example"'
RELS = '<Relationships><Relationship Id="r1" Type="x/officeDocument" Target="{}"/></Relationships>'


def read(data: bytes, kind: str, **limits) -> tuple[list[Page], list[dict], int]:
    with drawn(BytesIO(data), kind, limits=Limits(**limits)) as found:
        pages = list(found)
    return pages, found.problems, found.total


def paper(*texts: str, password: str = "") -> bytes:
    """A PDF with a line of text on each page."""
    writer = PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    for text in texts:
        page = writer.add_blank_page(200, 200)
        fonts = DictionaryObject({NameObject("/F1"): font})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 12 Tf 10 100 Td ({text}) Tj ET".encode())
        page[NameObject("/Contents")] = writer._add_object(stream)
    if password:
        writer.encrypt(password, algorithm="AES-256")
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def package(**parts: str) -> bytes:
    """An office file of these parts; `__` in a name stands for a stroke."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/"), text)
    return file.getvalue()


def text_document(body: str) -> bytes:
    return document_of(f"<w:document {W}><w:body>{body}</w:body></w:document>")


def document_of(xml: str) -> bytes:
    main = {"word__document.xml": xml, "_rels__.rels": RELS.format("word/document.xml")}
    return package(**main)


def test_each_page_of_a_pdf_is_a_passage_of_its_own():
    pages, problems, total = read(paper("Letter", "", "Annex"), "pdf")

    assert [(page.number, page.text) for page in pages] == [(1, "Letter"), (2, ""), (3, "Annex")]
    assert (problems, total) == ([{"code": "page_empty", "page": 2}], 3)


def test_a_text_document_is_cut_where_its_pages_end():
    run = "<w:p><w:r>{}<w:t>{}</w:t></w:r></w:p>".format
    body = run("", "One") + run("<w:lastRenderedPageBreak/>", "Two")

    pages, problems, total = read(text_document(body), "docx")

    assert [(page.number, page.text) for page in pages] == [(1, "One"), (2, "Two")]
    assert (problems, total) == ([], 2)


def test_a_text_document_without_pages_is_cut_at_paragraphs():
    body = "".join(f"<w:p><w:r><w:t>{'word ' * 200}</w:t></w:r></w:p>" for _ in range(7))

    pages, _, total = read(text_document(body), "docx")

    assert (len(pages), total) == (3, 0)


def test_slides_come_in_the_order_in_which_they_are_shown():
    slide = "<p:sld xmlns:p='p' xmlns:a='a'><a:p><a:r><a:t>{}</a:t></a:r></a:p></p:sld>".format
    ids = '<p:sldId id="256" r:id="r2"/><p:sldId id="257" r:id="r1"/>'
    links = "".join(
        f'<Relationship Id="r{n}" Type="x/slide" Target="slides/s{n}.xml"/>' for n in (1, 2)
    )
    data = package(
        **{
            "_rels__.rels": RELS.format("ppt/presentation.xml"),
            "ppt__presentation.xml": f"<p:show xmlns:p='p' xmlns:r='r'>{ids}</p:show>",
            "ppt___rels__presentation.xml.rels": f"<Relationships>{links}</Relationships>",
            "ppt__slides__s1.xml": slide("Last"),
            "ppt__slides__s2.xml": slide("First"),
        }
    )

    pages, _, total = read(data, "pptx")

    assert ([page.heading for page in pages], total) == (["First", "Last"], 2)


def test_each_sheet_of_a_workbook_is_a_page_with_its_name():
    book, file = Workbook(), BytesIO()
    book.active.append(["Party", 7])
    book.create_sheet("Fees").append(["none"])
    book.save(file)

    pages, _, total = read(file.getvalue(), "xlsx")

    assert [(page.heading, page.text) for page in pages] == [("Sheet", "Party 7"), ("Fees", "none")]
    assert total == 2


def test_of_a_web_page_only_what_a_reader_sees_is_kept():
    page = "<title>T</title><h1>Ça &amp; là</h1><p>Read<script>steal()</script> me<h2>Next</h2>More"

    pages, _, _ = read(page.encode(), "html")

    assert [(page.heading, page.text) for page in pages] == [
        ("Ça & là", "Ça & là\n\nRead me"),
        ("Next", "Next\nMore"),
    ]


BOMB = document_of("<w:document/>" + " " * 3_000_000)
ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + f"<w:document {W}>&b;</w:document>"
)


@pytest.mark.parametrize(
    ("data", "kind", "code"),
    [
        (b"%PDF-1.7 and then nothing of one", "pdf", "damaged"),
        (paper("secret", password="a long one"), "pdf", "locked"),
        (paper("cut short")[:300], "pdf", "damaged"),
        (BOMB, "docx", "too_much"),
        (document_of(ENTITIES), "docx", "damaged"),
        (b"PK\x03\x04 no archive", "pptx", "damaged"),
        (b"", "docx", "damaged"),
    ],
    ids=["rubbish", "locked", "cut", "bomb", "entities", "no-archive", "empty"],
)
def test_a_hostile_file_is_told_and_gives_nothing(data, kind, code):
    started = monotonic()

    pages, problems, _ = read(data, kind)

    assert ([page.text for page in pages if page.text], problems) == ([], [{"code": code}])
    assert code in SENTENCES
    assert monotonic() - started < 20


def test_pages_that_are_their_own_parents_come_to_an_end():
    """A tree of pages that comes back to itself."""
    data = built(
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Count 1/Kids[3 0 R]/Parent 3 0 R>>",
        "<</Type/Pages/Count 1/Kids[2 0 R]/Parent 2 0 R>>",
    )

    assert read(data, "pdf")[:2] == ([], [{"code": "damaged"}])


@pytest.mark.audit
def test_a_page_that_takes_too_long_is_given_up_and_those_before_stay():
    slow = "x) Tj " + "(x) Tj " * 900_000 + "(x"
    pages, problems, total = read(paper("Letter", slow), "pdf", silence=1.5)

    assert ([page.text for page in pages], problems) == (["Letter"], [{"code": "too_slow"}])
    assert total == 2


def test_a_file_that_claims_more_pages_than_it_has_gives_those_it_has():
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
    lies = "<</Type/Pages/Count 99999999999/Kids[3 0 R]>>"
    pages, _, total = read(built("<</Type/Catalog/Pages 2 0 R>>", lies, page), "pdf")

    assert (len(pages), total) == (1, 1)


def built(*objects: str) -> bytes:
    """A PDF of these objects, with the table that says where each begins."""
    text, starts = "%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        starts.append(len(text))
        text += f"{number} 0 obj{one}endobj\n"
    size, rows = len(starts) + 1, "".join(f"{start:010} 00000 n \n" for start in starts)
    table = f"xref\n0 {size}\n0000000000 65535 f \n{rows}trailer<</Root 1 0 R/Size {size}>>"
    return f"{text}{table}\nstartxref\n{len(text)}\n%%EOF".encode()


def test_a_child_that_says_nothing_is_ended():
    """So little time that no reader can have begun."""
    _, problems, _ = read(paper("x"), "pdf", silence=0.0)

    assert problems == [{"code": "too_slow"}]


def test_a_reader_that_needs_more_memory_than_it_may_have_is_told():
    _, problems, _ = read(b"<p>" + b"x" * 30_000_000, "html", memory=60 * 1024 * 1024)

    assert [problem["code"] for problem in problems] == ["too_much"]


def test_more_than_is_kept_is_cut_and_told():
    pages, problems, _ = read(paper("abcdef", "ghijkl", "mnopqr"), "pdf", page_letters=4, letters=9)

    assert [page.text for page in pages] == ["abcd", "ghij"]
    assert [problem["code"] for problem in problems] == ["page_cut", "page_cut", "too_much_text"]


def test_arabic_of_a_pdf_is_not_kept_for_its_letters_are_out_of_order(monkeypatch):
    class Reader:
        pages = (type("P", (), {"extract_text": lambda self: "مسودة قرار"})(),)

    assert [page.problem for page in pdf._pages(Reader(), 1)] == ["arabic"]
