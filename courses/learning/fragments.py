"""Parts of the quiz page that a save or a choice sends along, when there is something to show."""

from __future__ import annotations

from datetime import datetime

from django.template.loader import render_to_string

from courses.learning import papers, screens
from courses.learning.models import Attempt
from courses.learning.results import ResultQuestion


def beside(attempt: Attempt, token: str, at: datetime) -> str:
    """The answers of other devices to one question, with the choice between them."""
    asked = papers.paper(attempt, at=at)
    rows = [screens.besides(one) for one in asked.questions if one.token == token]
    context = {"others": rows[0] if rows else ()}
    return render_to_string("courses/learning/_beside.html", context)


def feedback(row: ResultQuestion | None) -> str:
    """What practice tells at once of one answer."""
    return render_to_string("courses/learning/_feedback.html", {"row": row}) if row else ""
