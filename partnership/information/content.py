"""The glossary of the editorial import."""

from __future__ import annotations

from pathlib import Path

from partnership.information.models import GlossaryTerm
from partnership.sources.loading import Loaded, load, read

FILE = Path(__file__).parent / "content" / "glossary.json"


def load_glossary(done: Loaded) -> None:
    rows = read(FILE)["terms"]
    links = {row["slug"]: row["see_also"] for row in rows}
    values = ({name: value for name, value in row.items() if name != "see_also"} for row in rows)
    before = set(GlossaryTerm.objects.values_list("slug", flat=True))
    found = load(GlossaryTerm, values, key=("slug",), done=done)
    for (slug,), term in found.items():
        if slug not in before:
            term.see_also.add(*(found[(other,)] for other in links[slug] if (other,) in found))
