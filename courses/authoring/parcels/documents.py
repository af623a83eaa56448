"""A document of Word as sections: mammoth makes simple HTML of it, and that becomes Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import IO, Any

import mammoth

from courses.authoring.parcels import packages
from courses.authoring.parcels.found import MOST_PICTURE, Found, Refused
from courses.authoring.parcels.plans import Section, mark
from courses.quizzes.exchange.markup import from_html
from courses.quizzes.exchange.report import Notes

MAIN = "word/document.xml"
TAG = re.compile(r"<[^<>]*+>")
# What a document holds that a lesson has no place for, by how it begins in its file.
LOST = {
    "footnotes": rb"<w:footnoteReference\b",
    "endnotes": rb"<w:endnoteReference\b",
    "comments": rb"<w:commentReference\b",
    "equations": rb"<m:oMath\b",
    "charts": rb"<(?:c:chart|dgm:relIds)\b",
    "objects": rb"<o:OLEObject\b",
    "text_boxes": rb"<w:txbxContent\b",
}
SPLIT = re.compile(r"(<table>|</table>|<h([12])>(.*?)</h\2>)", re.DOTALL)
NOTE = re.compile(r'<sup><a href="#(?:foot|end)note-[^"]*"[^<>]*>[^<]*</a></sup>')
NOTES = re.compile(r'<ol><li id="(?:foot|end)note-.*\Z', re.DOTALL)
EMPTY = re.compile(r"<a(?: id=\"[^\"]*\")?></a>")
INSIDE = re.compile(r'<a href="#[^"]*">(.*?)</a>', re.DOTALL)
SPARE = re.compile(r' (?:id|class|title|target)="[^"]*"')
MERGED = re.compile(r' (?:colspan|rowspan)="[^"]*"')
NOWHERE = re.compile(r'<img[^<>]*? src="picture:"[^<>]*+>')
IMAGE = re.compile(r'<img[^<>]*? src="picture:(\d+)"[^<>]*+>')
SPACED = re.compile(r"<(strong|em)>(\s*)((?:(?!</?\1>).)*?)(\s*)</\1>", re.DOTALL)
TITLES = "p[style-name='Title'] => h1:fresh\np.Title => h1:fresh"


def read(file: IO[bytes]) -> Found:
    with packages.office(file, MAIN) as package:
        words = package.read(MAIN)
    found = Found()
    for code, sign in LOST.items():
        if count := len(re.findall(sign, words)):
            found.lost[code] = count
    file.seek(0)
    try:
        html = _html(file, found)
    except (Refused, MemoryError):
        raise
    except Exception as error:
        # Whatever it meets in a file that no program would write so.
        raise Refused("damaged") from error
    for level, title, part in _split(_plain(html, found)):
        heading = " ".join(unescape(TAG.sub("", title)).split())
        found.sections.append(Section(level, heading, markdown(part, heading, found)))
    return found


def _html(file: IO[bytes], found: Found) -> str:
    def keep(image: Any) -> dict[str, str]:
        try:
            with image.open() as part:
                data = part.read(MOST_PICTURE + 1)
        except (KeyError, OSError, ValueError):
            # It lies on somebody's disk, or nowhere.
            found.lost["linked_pictures"] += 1
            return {"src": "picture:"}
        suffix = str(image.content_type).rpartition("/")[2]
        number = found.keep(f"picture.{suffix}", image.alt_text or "", data)
        return {"src": f"picture:{number}"}

    converter = mammoth.images.img_element(keep)
    told = mammoth.convert_to_html(file, convert_image=converter, style_map=TITLES)
    return str(told.value)


def _plain(html: str, found: Found) -> str:
    """Without what leads to notes or about inside the document, and without names of places."""
    html = EMPTY.sub("", NOTES.sub("", NOTE.sub("", html)))
    html, count = INSIDE.subn(r"\1", html)
    if count:
        found.lost["inner_links"] = count
    html = EMPTY.sub("", SPARE.sub("", html))
    html, count = MERGED.subn("", html)
    if count:
        found.lost["merged_cells"] = count
    return html


def _split(html: str) -> Iterator[tuple[int, str, str]]:
    """Level, heading and HTML of each section. A heading in a table divides nothing."""
    level, title, start, depth = 0, "", 0, 0
    for token in SPLIT.finditer(html):
        if token[2] is None:
            depth += 1 if token[1] == "<table>" else -1
        elif depth == 0 and TAG.sub("", token[3]).strip():
            yield level, title, html[start : token.start()]
            level, title, start = int(token[2]), token[3], token.end()
    yield level, title, html[start:]


def markdown(html: str, where: str, found: Found) -> str:
    """The text as the renderer shows it, with a mark where each picture stands."""
    html = html.replace("\ue000", "").replace("\ue001", "")
    html = NOWHERE.sub("", html)
    html = IMAGE.sub(lambda picture: f"<p>{mark(int(picture[1]))}</p>", html)
    for _ in range(2):
        html = SPACED.sub(_tight, html)
    notes = Notes(1)
    text = from_html(html, notes, keeps_headings=True)
    for problem in (one for one in notes.found if one.code == "markup"):
        found.note(problem.code, where, dict(problem.facts).get("names", ""))
    return text


def _tight(found: re.Match[str]) -> str:
    """Signs of Markdown stand at words, never at a space."""
    tag, before, words, after = found.groups()
    return f"{before}<{tag}>{words}</{tag}>{after}" if words.strip() else before + after
