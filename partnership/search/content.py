"""The synonyms that a new site begins with. The roof loads them, as it knows the loader."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "content"
SYNONYMS: list[dict[str, Any]] = json.loads((FOLDER / "synonyms.json").read_text(encoding="utf-8"))[
    "synonyms"
]
