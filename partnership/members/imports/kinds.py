"""The kinds of sheets, each with what judges its rows."""

from __future__ import annotations

from partnership.members.imports import institutions, participations, people
from partnership.members.imports.judging import Judge

JUDGES: dict[str, Judge] = {
    "people": people.judge,
    "institutions": institutions.judge,
    "participations": participations.judge,
}
