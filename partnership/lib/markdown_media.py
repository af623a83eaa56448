"""Films, recordings and files that a text offers as links: how long, how heavy, what is said. Pure.

    ```video
    The ledger in four minutes
    https://example.org/ledger.mp4
    4 min, 18 MB

    What is said and shown, for who cannot hear, see or load it.
    ```

No page shows anything of another site: nobody is followed, and what weighs is asked for first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from urllib.parse import urlsplit

KINDS = ("video", "audio", "file")
ADDRESS = re.compile(r"(?:https?://[^\s<>\"']+|/[^\s<>\"'/][^\s<>\"']*)\Z")
MINUTES = re.compile(r"([1-9]\d{0,3}) min\Z")
SIZE = re.compile(r"([1-9]\d{0,4}(?:\.\d)?) (KB|MB|GB)\Z")
LONGEST_TITLE = 200


@dataclass(frozen=True)
class Medium:
    """What the lines of a fence say; a part that is missing or cannot be read is empty."""

    kind: str
    title: str
    address: str
    minutes: str
    size: str
    transcript: tuple[str, ...]

    @property
    def lacks(self) -> tuple[str, ...]:
        """Names of the parts that are missing."""
        needed = ["title", "address", "size"]
        needed += ["minutes", "transcript"] if self.kind != "file" else []
        return tuple(name for name in needed if not getattr(self, name))

    @property
    def host(self) -> str:
        return urlsplit(self.address).hostname or ""


def read(info: str, content: str) -> Medium | None:
    """The medium of a fence, or nothing where it is another one."""
    if info.strip() not in KINDS:
        return None
    head, _gap, rest = content.strip("\n").partition("\n\n")
    lines = [line.strip() for line in head.split("\n")]
    address = next((line for line in lines[1:] if _is_address(line)), "")
    facts = [fact.strip() for line in lines[1:] for fact in line.split(",")]
    words = " ".join(lines[0].split())[:LONGEST_TITLE]
    paragraphs = (" ".join(part.split()) for part in rest.split("\n\n"))
    return Medium(
        kind=info.strip(),
        title="" if _is_address(words) else words,
        address=address,
        minutes=next((fact for fact in facts if MINUTES.match(fact)), ""),
        size=next((fact for fact in facts if SIZE.match(fact)), ""),
        transcript=tuple(part for part in paragraphs if part),
    )


def _is_address(line: str) -> bool:
    if not ADDRESS.match(line):
        return False
    try:
        return line.startswith("/") or bool(urlsplit(line).hostname)
    except ValueError:
        return False


def drawn(medium: Medium) -> str:
    """A link that says what it costs, and what is said in it below. To be cleaned like all other.

    The word above the transcript is put in when the page is read, in its language.
    """
    told = " · ".join(part for part in (medium.host, medium.minutes, medium.size) if part)
    words = escape(medium.title or medium.address)
    link = f'<a href="{escape(medium.address)}">{words}</a>' if medium.address else words
    said = "".join(f"<p>{escape(part)}</p>" for part in medium.transcript)
    folded = f"<details>{said}</details>" if said else ""
    figure = f'<figure data-media="{medium.kind}">'
    return f"{figure}<p>{link} <small>{escape(told)}</small></p>{folded}</figure>"
