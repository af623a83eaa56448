"""Documents as programs of an office write them, small."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from html import escape
from io import BytesIO

from pptx import Presentation
from pptx.util import Inches

from tests.courses.authoring.shelf.pictures import png

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
DRAWING = (
    "<w:p><w:r><w:drawing "
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<wp:inline><wp:docPr id="1" name="x" descr="{alt}"/><a:graphic><a:graphicData><pic:pic>'
    '<pic:blipFill><a:blip r:embed="{id}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic>'
    "</wp:inline></w:drawing></w:r></w:p>"
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="png" ContentType="image/png"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
)


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()


def relations(*lines: tuple[str, str, str]) -> str:
    told = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for name, kind, target in lines
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{told}</Relationships>'


def p(words: str, style: str = "", inside: str = "") -> str:
    """A paragraph; `inside` is more of it, as it stands."""
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{named}<w:r><w:t>{escape(words)}</w:t></w:r>{inside}</w:p>"


def h(level: int, words: str) -> str:
    return p(words, f"Heading{level}")


def run(words: str, how: str) -> str:
    return f'<w:r><w:rPr>{how}</w:rPr><w:t xml:space="preserve">{escape(words)}</w:t></w:r>'


def table(*rows: tuple[str, ...]) -> str:
    lines = "".join(
        "<w:tr>" + "".join(f"<w:tc>{p(cell)}</w:tc>" for cell in row) + "</w:tr>" for row in rows
    )
    return f"<w:tbl>{lines}</w:tbl>"


def docx(*paragraphs: str, pictures: Mapping[str, bytes] | None = None) -> bytes:
    """A document of Word, with a footnote to refer to. A picture is named by `picture`."""
    pictures = pictures or {}
    note = f'<w:footnotes {W}><w:footnote w:id="1">{p("A note.")}</w:footnote></w:footnotes>'
    body = f"<w:document {W} {M}><w:body>{''.join(paragraphs)}</w:body></w:document>"
    own = [(name, "image", f"media/{name}.png") for name in pictures]
    own.append(("notes", "footnotes", "footnotes.xml"))
    return zipped(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": relations(("r1", "officeDocument", "word/document.xml")),
            "word/document.xml": body,
            "word/footnotes.xml": note,
            "word/_rels/document.xml.rels": relations(*own),
            **{f"word/media/{name}.png": data for name, data in pictures.items()},
        }
    )


def picture(name: str, alt: str = "") -> str:
    return DRAWING.format(id=name, alt=escape(alt))


def pptx() -> bytes:
    """A presentation of two parts, the second of which has a hidden slide."""
    shown = Presentation()
    opening, points, part, only = (shown.slide_layouts[n] for n in (0, 1, 2, 5))
    slide = shown.slides.add_slide(opening)
    slide.shapes.title.text, slide.placeholders[1].text = "Letters", "For officials"
    slide = shown.slides.add_slide(points)
    slide.shapes.title.text = "Who *writes*"
    frame = slide.placeholders[1].text_frame
    frame.text = "The host Party"
    for words, level in (("its ministry", 1), ("The other Party", 0)):
        line = frame.add_paragraph()
        line.text, line.level = words, level
    slide.notes_slide.notes_text_frame.text = "Say this.\nAnd that."
    drawn = slide.shapes.add_picture(BytesIO(png(40, 30)), Inches(1), Inches(1))
    drawn._element._nvXxPr.cNvPr.set("descr", "A map")
    cells = slide.shapes.add_table(2, 2, Inches(1), Inches(1), Inches(3), Inches(1)).table
    for at, words in enumerate(("Role", "Does", "Ministry", "signs")):
        cells.cell(at // 2, at % 2).text = words
    shown.slides.add_slide(part).shapes.title.text = "Part two"
    hidden = shown.slides.add_slide(only)
    hidden.shapes.title.text = "Not shown"
    hidden._element.set("show", "0")
    file = BytesIO()
    shown.save(file)
    return file.getvalue()
