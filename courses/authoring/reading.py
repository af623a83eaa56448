"""What is to be said of a draft's texts, kept from look to look: reading 400 lessons takes seconds.

What the checks say depends on the text and on the checks alone, so it is kept under the words of
both, for a course: its next draft begins with the same texts. Where links lead is asked anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache as once
from hashlib import sha256
from pathlib import Path

from django.core.cache import cache
from django.utils import translation

from courses.authoring import checks
from courses.catalogue.figures import FIGURES
from courses.catalogue.models import Edition, Lesson
from partnership.lib.markdown import RENDERER_VERSION

HOLDS = 30 * 86_400  # seconds


def read(draft: Edition, lessons: Sequence[Lesson]) -> list[list[checks.Finding]]:
    """Of each lesson all that there may be to say; each of our addresses is among it."""
    key = f"checks:{draft.course_id}:{translation.get_language()}:{_edition_of_checks()}"
    before: dict[str, list[checks.Finding]] = cache.get(key) or {}
    words = [_words(lesson) for lesson in lessons]
    now = {
        word: before[word] if word in before else _read(lesson)
        for word, lesson in zip(words, lessons, strict=True)
    }
    if now.keys() != before.keys():
        cache.set(key, now, HOLDS)
    return [now[word] for word in words]


def _read(lesson: Lesson) -> list[checks.Finding]:
    return checks.findings(lesson.text, lesson.html, lambda _address: False)


def _words(lesson: Lesson) -> str:
    """The weight of a page is told as well, and follows from how long it is."""
    return sha256(f"{len(lesson.html)}:{lesson.text}".encode("utf-8", "replace")).hexdigest()[:24]


@once
def _edition_of_checks() -> str:
    """Another one when the checks are others: nothing is kept beyond them."""
    file = Path(checks.__file__).read_bytes()
    figures = ",".join(sorted(FIGURES))
    return sha256(file + f"{figures}:{RENDERER_VERSION}".encode()).hexdigest()[:12]
