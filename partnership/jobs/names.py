"""What each kind of job is called, also where its handler is not loaded."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

NAMES = {
    "jobs.trial": gettext_lazy("Trial of the workers"),
    "search.rebuild": gettext_lazy("Search index"),
    "courses.regrade_trial": gettext_lazy("Trial of grading a quiz again"),
    "courses.regrade": gettext_lazy("Grading a quiz again"),
    "parcels.read": gettext_lazy("Reading a document for a course"),
    "questions.read": gettext_lazy("Reading a file of questions"),
    "imports.try": gettext_lazy("Trial of an import"),
    "imports.apply": gettext_lazy("Import of a sheet"),
    "imports.undo": gettext_lazy("Taking an import back"),
    "library.fetch": gettext_lazy("Fetching the file of a document"),
    "library.draw": gettext_lazy("Drawing out the text of a document"),
    "library.index": gettext_lazy("Search index of the library"),
    "letters.send": gettext_lazy("Sending a letter"),
    "alerts.round": gettext_lazy("Mails about what people follow"),
    "feeds.round": gettext_lazy("Asking the feeds"),
    "figures.take": gettext_lazy("Counting the figures"),
    "links.round": gettext_lazy("Looking at links"),
    "links.copies": gettext_lazy("Asking a web archive for copies"),
    "data.export": gettext_lazy("File with a person's data"),
    "data.erase": gettext_lazy("Erasing a person"),
    "data.sweep": gettext_lazy("Removing what was kept long enough"),
}


def name_of(kind: str) -> Any:
    """The name of a kind in the reader's language; one that is gone is told by its key."""
    return NAMES.get(kind, kind)
