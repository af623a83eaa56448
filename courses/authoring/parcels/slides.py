"""A presentation as sections: a slide that opens begins a lesson, the others are headings in it.

Sections of the presentation are modules. Notes of a speaker stand below their slide, set apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import IO, Any

from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE as SHAPE
from pptx.enum.shapes import PP_PLACEHOLDER as PLACE

from courses.authoring.parcels import packages
from courses.authoring.parcels.documents import markdown
from courses.authoring.parcels.found import Found, Refused
from courses.authoring.parcels.plans import Section

MAIN = "ppt/presentation.xml"
OPENING = {"title", "secHead"}
P14 = "{http://schemas.microsoft.com/office/powerpoint/2010/main}"
POINTS = {PLACE.BODY, PLACE.OBJECT, PLACE.VERTICAL_BODY, PLACE.VERTICAL_OBJECT}
IGNORED = {PLACE.DATE, PLACE.FOOTER, PLACE.SLIDE_NUMBER, PLACE.HEADER}
LOST = {
    SHAPE.CHART: "charts",
    SHAPE.DIAGRAM: "charts",
    SHAPE.IGX_GRAPHIC: "charts",
    SHAPE.MEDIA: "media",
    SHAPE.EMBEDDED_OLE_OBJECT: "objects",
    SHAPE.LINKED_OLE_OBJECT: "objects",
    SHAPE.LINKED_PICTURE: "linked_pictures",
}


def read(file: IO[bytes]) -> Found:
    packages.office(file, MAIN).close()
    file.seek(0)
    found = Found()
    try:
        shown = Presentation(file)
        modules = _modules(shown)
        for slide in shown.slides:
            if slide._element.get("show") == "0":
                found.lost["hidden_slides"] += 1
                continue
            _take(slide, modules.get(slide.slide_id, ""), found)
    except (Refused, MemoryError):
        raise
    except Exception as error:
        # Whatever it meets in a file that no program would write so.
        raise Refused("damaged") from error
    return found


def _modules(shown: Any) -> dict[int, str]:
    """The section of each slide, by the number that the presentation gives it."""
    found = {}
    for section in shown.part._element.iter(f"{P14}section"):
        for line in section.iter(f"{P14}sldId"):
            found[int(line.get("id"))] = section.get("name") or ""
    return found


def _take(slide: Any, module: str, found: Found) -> None:
    title = slide.shapes.title
    words = " ".join(title.text_frame.text.split()) if title is not None else ""
    inside = next((one.title for one in reversed(found.sections) if one.level == 1), "")
    begins_module = bool(module) and module != inside
    if begins_module:
        found.sections.append(Section(1, module, ""))
    body = _body(slide, title, words, found)
    opens = slide.slide_layout._element.get("type") in OPENING and bool(words)
    if opens or begins_module or not found.sections:
        found.sections.append(Section(2, words or module, body))
        return
    last = found.sections.pop()
    # From here on a heading may begin a line: what is between two slides is an empty one.
    heading = markdown(f"<h2>{escape(words)}</h2>", last.title, found) if words else ""
    text = "\n\n".join(part for part in (last.text, heading, body) if part)
    found.sections.append(Section(last.level, last.title, text))


def _body(slide: Any, title: Any, where: str, found: Found) -> str:
    own = title.shape_id if title is not None else None
    shapes = [one for one in slide.shapes if one.shape_id != own]
    html = "".join(part for one in shapes for part in _html(one, found))
    text = markdown(html, where, found)
    notes = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
    if notes is not None and notes.text.strip():
        told = markdown("".join(f"<p>{_runs(one)}</p>" for one in notes.paragraphs), where, found)
        quoted = "\n".join(f"> {line}".rstrip() for line in told.split("\n"))
        text = "\n\n".join(part for part in (text, quoted) if part)
    return text


def _html(shape: Any, found: Found) -> Iterator[str]:
    """A shape and those in it, as simple HTML."""
    place = shape.placeholder_format.type if shape.is_placeholder else None
    if place in IGNORED:
        return
    kind = shape.shape_type
    if kind == SHAPE.GROUP:
        for one in shape.shapes:
            yield from _html(one, found)
    elif kind in LOST or getattr(shape, "has_chart", False):
        found.lost[LOST.get(kind, "charts")] += 1
    elif getattr(shape, "has_table", False):
        yield _table(shape.table)
    elif hasattr(shape, "image"):
        yield from _picture(shape, found)
    elif shape.has_text_frame:
        yield from _text(shape.text_frame, is_list=place in POINTS)
    elif shape.element.tag.endswith("}graphicFrame"):
        found.lost["charts"] += 1


def _picture(shape: Any, found: Found) -> Iterator[str]:
    try:
        image = shape.image
    except (AttributeError, KeyError, ValueError):
        # An empty place for a picture, or one that lies on somebody's disk.
        found.lost["linked_pictures"] += 1
        return
    alt = shape.element._nvXxPr.cNvPr.get("descr") or ""
    number = found.keep(image.filename or f"picture.{image.ext}", alt, image.blob)
    yield f'<img src="picture:{number}">'


def _text(frame: Any, *, is_list: bool) -> Iterator[str]:
    """Points of a slide as a list of its levels; a text box as paragraphs."""
    lines = [(one.level, _runs(one)) for one in frame.paragraphs if one.text.strip()]
    if not is_list or len(lines) < 2:
        yield from (f"<p>{words}</p>" for _level, words in lines)
        return
    depth = -1
    for asked, words in lines:
        level = min(asked, depth + 1)
        while depth < level:
            yield "<ul>"
            depth += 1
        while depth > level:
            yield "</ul>"
            depth -= 1
        yield f"<li>{words}</li>"
    yield "</ul>" * (depth + 1)


def _runs(paragraph: Any) -> str:
    found = []
    for run in paragraph.runs:
        words = escape(run.text.replace("\v", "\n"))
        for is_set, tag in ((run.font.italic, "em"), (run.font.bold, "strong")):
            words = f"<{tag}>{words}</{tag}>" if is_set else words
        link = run.hyperlink.address
        found.append(f'<a href="{escape(link)}">{words}</a>' if link else words)
    return "".join(found)


def _table(table: Any) -> str:
    rows = (
        "".join(
            f"<td>{'<br>'.join(_runs(one) for one in cell.text_frame.paragraphs)}</td>"
            for cell in row.cells
        )
        for row in table.rows
    )
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"
