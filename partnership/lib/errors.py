"""What a service says when it will not do a thing."""

from __future__ import annotations


class Refusal(Exception):
    """A change that may not happen now. Its text is a sentence for the person who asked."""

    code = "refused"


class BadQuery(Exception):
    """An address asks for something that cannot be: answered with 400 and a sentence."""

    def __init__(self, problems: dict[str, list[str]]):
        super().__init__("; ".join(text for texts in problems.values() for text in texts))
        self.problems = problems
