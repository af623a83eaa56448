"""Where the pages of a draft are that another part of the desk makes."""

from __future__ import annotations


def quiz_address(course: str, quiz: str) -> str:
    """The desk's page of one quiz of the draft: its settings and questions."""
    return f"/desk/courses/{course}/draft/quizzes/{quiz}/"
