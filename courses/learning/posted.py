"""An answer as it is sent: by a form without scripts, in fields named by the paper's tokens."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, QueryDict

from courses.learning.papers import ShownQuestion
from partnership.lib.languages import of_pages


def response_in(form: QueryDict, question: ShownQuestion) -> dict[str, Any]:
    """What the fields of one question say, in the shape in which answers are kept."""
    token = question.token
    match question.kind:
        case "number":
            return {"text": form.get(token, ""), "unit": form.get(f"{token}.unit", "")}
        case "short_text":
            return {"text": form.get(token, "")}
        case "matching":
            pairs = {left.token: form.get(f"{token}.{left.token}", "") for left in question.left}
            return {"pairs": {left: right for left, right in pairs.items() if right}}
        case "ordering":
            return {"order": _order(form, question)}
    return {"chosen": form.getlist(token)}


def _order(form: QueryDict, question: ShownQuestion) -> list[str]:
    """Lines by the number that each was given; equal numbers keep the order of the page."""
    given = {one.token: form.get(f"{question.token}.{one.token}", "") for one in question.choices}
    placed = {token: int(text) for token, text in given.items() if _is_place(text)}
    return sorted(placed, key=lambda token: placed[token])


def _is_place(text: str) -> bool:
    return text.isdecimal() and len(text) <= 4


def saw(form: QueryDict, question: ShownQuestion) -> int:
    """The revision that this copy of the page was made with."""
    text = form.get(f"{question.token}.saw", "")
    return int(text) if text.isdecimal() and len(text) <= 9 else 0


def is_on_the_form(form: QueryDict, question: ShownQuestion) -> bool:
    return f"{question.token}.saw" in form


def language_of(request: HttpRequest) -> str:
    """By which language a number is read: the one that was chosen, else the browser's first."""
    asked = request.headers.get("Accept-Language", "").partition(",")[0].partition(";")[0].strip()
    own = getattr(request.user, "language", "") or of_pages(request)
    return (own or asked or "en")[:12].lower()
