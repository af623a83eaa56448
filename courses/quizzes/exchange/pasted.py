"""Questions from a list that somebody pasted: numbered, lettered, the right answer marked somehow.

What office programs and mails make of lists is understood: bullets, tabs, spaces that do not
break, stars and ticks, figures and letters of Arabic and Chinese. What belongs nowhere is told by
its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from string import ascii_lowercase

from courses.quizzes.exchange import markup
from courses.quizzes.exchange.building import checked
from courses.quizzes.exchange.items import Choice, Item, Kind
from courses.quizzes.exchange.opening import MOST_LETTERS, MOST_MARKS, MOST_QUESTIONS, opened
from courses.quizzes.exchange.report import Notes, Report, Verdict

# `\d` is a figure of any script.
NUMBERED = re.compile(
    r"(?:(?:Q(?:uestion)?|Frage|Pregunta|السؤال|سؤال|问题|第)\s*)?"
    r"(?:№|n°|no\.)?\s*(?:\d{1,4}|[一二三四五六七八九十]{1,3})\s*(?:题)?\s*[.):、．：)）-]\s*(?P<text>\S.*)\Z",
    re.IGNORECASE,
)
LETTERED = re.compile(
    r"(?P<star>[*✓✔]\s*)?[(（\[]?(?P<letter>[A-Za-zＡ-Ｚａ-ｚ\u0621-\u064a甲乙丙丁戊己庚辛])\s*"
    r"(?:[.)\]）、．:：]|-(?=\s))\s*(?P<text>\S.*)\Z"
)
BULLETED = re.compile(r"(?P<mark>[•●○◦▪■□‣·\uf0b7\u2013\u2014*✓✔-])\s+(?P<text>\S.*)\Z")
ANSWER = re.compile(
    r"(?:(?:the\s+)?(?:correct|right)\s+)?(?:answers?|ans|solution|key|(?:bonnes?\s+)?r[ée]ponses?"
    r"(?:\s+correctes?)?|respuesta|antwort|الإجابة|الاجابة|الجواب|答案)"
    r"(?:\s+(?:is|est))?\s*[:：=]\s*(?P<text>\S.*)\Z",
    re.IGNORECASE,
)
EXPLAINED = re.compile(
    r"(?:explanation|feedback|explication|commentaire|الشرح|解释|解析)\s*[:：]\s*(?P<text>\S.*)\Z",
    re.IGNORECASE,
)
RIGHT = re.compile(
    r"\s*(?:[*✓✔]+|[(（\[]\s*(?:correct|right|true answer|x|juste|correcte?|bonne r[ée]ponse|vrai"
    r"|صحيح|صحيحة|正确|对)\s*[)）\]])\s*\Z",
    re.IGNORECASE,
)
TRUTHS = {
    "true": True, "false": False, "vrai": True, "faux": False, "صح": True, "صحيح": True,
    "خطأ": False, "对": True, "错": False,
}  # fmt: skip
ALIF = str.maketrans("أإآ", "ااا")
SPACES = re.compile(r"[\t\u00a0\u2000-\u200b\u202f\u205f\u3000]+")
# What a mail puts before the lines that it quotes.
QUOTED = re.compile(r"(?>(?:\s*>)+)")
UNSEEN = " \u200e\u200f\u202a\u202b\u202c\u202d\u202e\ufeff"
MOST_NAMED = 200
EXPECTED = "a) …, *, (correct), Answer: B"


@dataclass
class _Question:
    """The lines of one question as they come."""

    notes: Notes
    prompt: list[str] = field(default_factory=list)
    letters: list[str] = field(default_factory=list)
    options: list[str] = field(default_factory=list)
    rights: set[int] = field(default_factory=set)
    truth: bool | None = None
    explanation: str = ""
    source: list[str] = field(default_factory=list)
    # The answer has been told, or an empty line came after the options.
    is_over: bool = False

    def option(self, letter: str, text: str, is_marked: bool) -> None:
        """One answer. Its mark is no part of its words."""
        if len(self.options) == MOST_MARKS:
            self.notes.fail("too_long", most=MOST_LETTERS, marks=MOST_MARKS)
            return
        words = RIGHT.sub("", text)
        if is_marked or words != text:
            self.rights.add(len(self.options))
        self.letters.append(_folded(letter) or ascii_lowercase[len(self.options) % 26])
        self.options.append(words)

    def answer(self, text: str, line: int) -> None:
        """`B`, `b) and d)`, or the words of an answer."""
        text = RIGHT.sub("", text).strip()
        if not self.options:
            self.truth = TRUTHS.get(text.casefold().rstrip("."))
            if self.truth is None:
                self.notes.fail("no_such_answer", line=line, found=text)
            return
        if len(text) > MOST_NAMED and text not in self.options:
            self.notes.fail("no_such_answer", line=line, found=text)
            return
        told = set(_told(text, self.letters, self.options))
        if None in told:
            self.notes.fail("no_such_answer", line=line, found=text)
        elif self.rights and self.rights != told:
            self.notes.fail("several_right", line=line)
        self.rights |= {place for place in told if place is not None}

    def more(self, line: str) -> None:
        """The line goes on with what the line before said."""
        if not self.options:
            self.prompt.append(line)
        elif len(self.options[-1]) > MOST_LETTERS:
            self.notes.fail("too_long", most=MOST_LETTERS, marks=MOST_MARKS)
        else:
            self.options[-1] += f" {line}"

    def explain(self, text: str) -> None:
        if len(self.explanation) > MOST_LETTERS:
            self.notes.fail("too_long", most=MOST_LETTERS, marks=MOST_MARKS)
        else:
            self.explanation = f"{self.explanation}\n{text}".strip()

    def verdict(self, language: str) -> Verdict:
        prompt = markup.escaped("\n".join(self.prompt))
        title = (self.prompt or [""])[0][:80]
        item = None
        if len(prompt) > MOST_LETTERS:
            self.notes.fail("too_long", most=MOST_LETTERS, marks=MOST_MARKS)
        elif not self.options and self.truth is None:
            self.notes.fail("no_answers", expected=EXPECTED)
        elif self.options and not self.rights:
            self.notes.fail("no_right", expected="*, (correct), Answer: B")
        else:
            kind, choices = self._choices()
            explanation = markup.escaped(self.explanation)
            made = Item(kind, prompt, choices, explanation=explanation, language=language)
            item = checked(made, self.notes)
        if self.notes.has_failed:
            item = None
        found = tuple(self.notes.found)
        return Verdict(self.notes.line, title, item, found, "\n".join(self.source))

    def _choices(self) -> tuple[Kind, tuple[Choice, ...]]:
        if not self.options:
            truth = bool(self.truth)
            return Kind.TRUE_FALSE, (Choice("True", truth), Choice("False", not truth))
        made = tuple(Choice(text, at in self.rights) for at, text in enumerate(self.options))
        truths = [TRUTHS.get(text.casefold()) for text in self.options]
        if truths == [True, False] and len(self.rights) == 1:
            return Kind.TRUE_FALSE, made
        return Kind.SINGLE if len(self.rights) == 1 else Kind.MULTIPLE, made


def _told(text: str, letters: list[str], options: list[str]) -> Iterator[int | None]:
    """The places of the answers that a line names; nothing for what it cannot mean."""
    if text in options:
        yield options.index(text)
        return
    lettered = LETTERED.match(text)
    if lettered and lettered["text"] in options:
        yield options.index(lettered["text"])
        return
    for name in re.split(r"[\s,;/&+،、）().\]\[-]+|\b(?:and|et|und|y)\b", text):
        if name:
            folded = _folded(name)
            yield letters.index(folded) if folded in letters else None


def _folded(letter: str) -> str:
    """A letter without case, width and the signs on an alif."""
    return letter.translate(ALIF).casefold().translate({0xFEE0 + at: at for at in range(33, 127)})


def read(given: bytes | str, *, language: str = "en") -> Report:
    """Every question of the list, or why not."""
    text = opened(given)
    if isinstance(text, Report):
        return text
    reading = _Reading(Notes(1, list(text.problems)))
    for number, line in enumerate(text.text.split("\n"), start=1):
        if len(reading.questions) > MOST_QUESTIONS:
            reading.questions.pop()
            reading.notes.fail("too_many", line=number, most=MOST_QUESTIONS)
            break
        reading.take(line, number)
    if not reading.questions:
        reading.notes.fail("empty")
    verdicts = tuple(question.verdict(language) for question in reading.questions)
    return Report(verdicts, tuple(reading.notes.found))


class _Reading:
    """The list line by line, and the question that is being read."""

    def __init__(self, notes: Notes):
        self.notes = notes
        self.questions: list[_Question] = []

    def take(self, raw: str, number: int) -> None:
        line = QUOTED.sub("", SPACES.sub(" ", raw)).strip(UNSEEN)
        question = self.questions[-1] if self.questions else None
        if not line:
            if question and question.options:
                question.is_over = True
            return
        if question and self._belongs(question, line, number):
            question.source.append(raw)
            return
        started = NUMBERED.match(line)
        self.questions.append(_Question(Notes(number), [started["text"] if started else line]))
        self.questions[-1].source.append(raw)

    def _belongs(self, question: _Question, line: str, number: int) -> bool:
        """Whether the line is a part of that question, which then has it."""
        if answer := ANSWER.match(line):
            question.answer(answer["text"], number)
            question.is_over = True
        elif explained := EXPLAINED.match(line):
            question.explain(explained["text"])
        elif option := LETTERED.match(line):
            question.option(option["letter"], option["text"], bool(option["star"]))
        elif NUMBERED.match(line):
            return False
        elif option := BULLETED.match(line):
            question.option("", option["text"], option["mark"] in "*✓✔")
        elif question.is_over:
            return False
        else:
            question.more(line)
        return True
