"""What is said of a document: why it is not read, and what of it has no place in a lesson."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from partnership.lib.images.reading import SENTENCES as PICTURES

REFUSED: dict[str, Any] = {
    "suffix": _("Send a file whose name ends in .docx, .pptx, .md or .zip."),
    "too_big": _("The file is larger than %(most)s MB. Divide it and send the parts."),
    "empty": _("The file holds no words from which a lesson could be made."),
    "damaged": _("The file is damaged. Open it in its program and save it anew."),
    "another_kind": _("The name of the file says something else than its content. Save it anew."),
    "locked": _("The file is locked with a password. Save it without."),
    "entities": _("The file declares entities, which no office program does. It is not read."),
    "bomb": _("Unpacked the file would be very much larger than a course is. It is not read."),
    "too_many_parts": _("The file has more than %(most)s parts. It is not read."),
    "too_many_pictures": _("The file has more than %(most)s pictures, or one above 15 MB."),
    "too_long": _("The file has more than %(most)s letters. Divide it and send the parts."),
    "too_many_lessons": _("This would be %(n)s lessons; %(most)s are taken from one file."),
    "no_manifest": _("This ZIP is no course: it has no course.json. Take one out of this site."),
    "manifest": _("This is not as a course is written: %(where)s."),
    "version": _("This file is of version %(found)s; this site reads version %(ours)s."),
    "foreign_part": _("The ZIP holds something that no course has: %(name)s. It is not read."),
    "files_differ": _("What course.json names and what lies in the ZIP differ: %(name)s."),
    "wrong_seal": _("%(name)s is not what was written: its seal in course.json is another."),
    "foreign_picture": _("%(name)s is no picture that this site wrote. Add it on the shelf."),
    "question": _("The question “%(key)s” cannot be asked as it stands in the file."),
    "not_utf8": _("Line %(line)s is not in UTF-8. Save the text in UTF-8 and send it again."),
    "too_much": _("Reading took more time or memory than a course needs. Divide the file."),
}
LOST: dict[str, Any] = {
    "footnotes": _("Footnotes are not carried: %(n)s."),
    "endnotes": _("Endnotes are not carried: %(n)s."),
    "comments": _("Comments are not carried: %(n)s."),
    "equations": _("Equations are not carried: %(n)s. Write them as a formula of the lesson."),
    "charts": _("Charts and diagrams are not carried: %(n)s. Save each as a picture."),
    "objects": _("Embedded objects are not carried: %(n)s."),
    "text_boxes": _("Text boxes: %(n)s. Their words may stand elsewhere or be missing."),
    "media": _("Sounds and films are not carried: %(n)s."),
    "hidden_slides": _("Hidden slides are not carried: %(n)s."),
    "inner_links": _("Links to places inside the document became plain words: %(n)s."),
    "merged_cells": _("Merged cells of tables became single ones: %(n)s."),
    "linked_pictures": _("Pictures that are not in the file are not carried: %(n)s."),
    "web_pictures": _("Pictures of other sites become links: %(n)s."),
    "front_matter": _("The lines before the text, between two rows of hyphens, are left out."),
    "html": _("Lines of HTML are shown as they are typed: %(n)s."),
    "no_words": _("Pictures without words: %(n)s. They are asked for before publishing."),
}
NOTED: dict[str, Any] = {
    "markup": _("not carried: %(words)s"),
    "no_text": _("no text yet"),
    "too_long_text": _("longer than a lesson can be: divide it"),
}


def told(problem: dict[str, Any]) -> str:
    """A problem as a sentence; where it stands is said beside it."""
    code, facts = str(problem["code"]), problem.get("facts") or {}
    if problem.get("is_of_a_picture"):
        return str(PICTURES[code]) % facts
    return str({**REFUSED, **LOST, **NOTED}[code]) % facts
