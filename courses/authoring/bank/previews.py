"""A question as its learners will see it, drawn by their own templates. Nothing is saved."""

from __future__ import annotations

from dataclasses import dataclass

from courses.authoring.bank.rows import answers_of, words_of
from courses.learning import papers
from courses.learning.models import PaperOption, PaperQuestion
from courses.learning.screens import Screen, screen
from courses.quizzes.exchange.items import Item
from courses.quizzes.models import QuestionVersion
from partnership.lib import markdown


@dataclass(frozen=True)
class Preview:
    """The question, what is told after it, and with which words."""

    screen: Screen
    item: Item
    explanation_html: str

    @property
    def is_told(self) -> bool:
        return bool(self.explanation_html or any(one.feedback for one in self.item.choices))

    @property
    def question(self) -> papers.ShownQuestion:
        return self.screen.question


def preview(item: Item) -> Preview:
    version = QuestionVersion(**words_of(item))
    version.prompt_html = markdown.render(item.prompt)
    question = PaperQuestion(version=version, position=1, token="preview")  # noqa: S106
    options, _keys = answers_of(version, item)
    drawn = [
        PaperOption(question=question, option=option, position=n, token=f"preview-{n}")
        for n, option in enumerate(options, start=1)
    ]
    shown = screen(papers.question_shown(question, drawn, []))
    return Preview(shown, item, markdown.render(item.explanation))
