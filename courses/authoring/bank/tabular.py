"""Questions as a sheet: one row for each answer, the question itself in the first of its rows.

Rows without a question belong to the one above. No database, clock or request.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Protocol

from courses.quizzes.exchange.building import checked, decimal_of, told
from courses.quizzes.exchange.carrying import tidied
from courses.quizzes.exchange.items import CHOICES, Choice, Item, Kind, Number, Pair, ShortText
from courses.quizzes.exchange.opening import CONTROL, MOST_QUESTIONS
from courses.quizzes.exchange.report import Notes, Problem, Report, Verdict, refused
from partnership.lib.sheets import problem_text

HUNDRED = Decimal(100)
# Each column by the name that is written, and the other names that are understood.
COLUMNS = {
    "key": {"clé"},
    "kind": {"type", "sorte"},
    "topic": {"category", "sujet", "catégorie"},
    "question": {"prompt", "énoncé"},
    "answer": {"option", "réponse"},
    "right": {"correct", "juste", "bonne"},
    "match": {"pair", "paire", "correspondance"},
    "tolerance": {"tolérance"},
    "feedback": {"commentaire"},
    "unit": {"unité"},
    "points": {"score"},
    "partial": {"partial credit", "partiel"},
    "explanation": {"explication"},
    "basis": {"fondement", "base"},
    "language": {"langue"},
}
KINDS = {
    Kind.SINGLE: {"single choice", "one", "choix unique", "mc"},
    Kind.MULTIPLE: {"multiple choice", "several", "choix multiple"},
    Kind.TRUE_FALSE: {"true/false", "true false", "tf", "vrai/faux", "vrai faux"},
    Kind.NUMBER: {"numerical", "numeric", "nombre"},
    Kind.SHORT_TEXT: {"short answer", "text", "short text", "texte court", "texte"},
    Kind.MATCHING: {"match", "appariement"},
    Kind.ORDERING: {"order", "ordre"},
}
YES = {"x", "yes", "y", "1", "true", "right", "oui", "vrai", "✓", "✔", "*"}
NO = {"", "no", "n", "0", "false", "wrong", "non", "faux", "-"}
# The last column of a file that was given back to be corrected.
WRONG = "what is wrong"
LOST = ("title", "tags", "pictures", "otherwise")
EXAMPLES = (
    Item(
        Kind.SINGLE,
        "Who authorizes the use of a mitigation outcome?",
        choices=(
            Choice("The host Party", is_right=True, feedback="Yes: Article 6.3."),
            Choice("The secretariat", feedback="It records, and does not authorize."),
        ),
        explanation="Participating Parties authorize.",
        key="who-authorizes",
        category=("authorization",),
        basis="Article 6.3",
    ),
    Item(
        Kind.NUMBER,
        "A host transfers 120 of 400 kt. How many per cent is that?",
        numbers=(Number(Decimal(30), Decimal("0.5")),),
        unit="%",
    ),
    Item(
        Kind.MATCHING,
        "Which account is which?",
        pairs=(Pair("first transfer", "host Party"), Pair("use", "acquiring Party")),
    ),
    Item(Kind.ORDERING, "Put the steps in order.", order=("authorize", "transfer", "report")),
)


class Found(Protocol):
    @property
    def number(self) -> int: ...
    @property
    def cells(self) -> list[str]: ...
    @property
    def problems(self) -> list[tuple[int, str]]: ...


@dataclass
class _Question:
    """The rows of one question as they come."""

    line: int
    head: dict[str, str]
    notes: Notes
    rows: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    source: list[list[str]] = field(default_factory=list)


def columns_of(names: Sequence[str]) -> dict[int, str]:
    """Which column holds what; those that mean nothing here are left out."""
    known = {name: column for column, others in COLUMNS.items() for name in {column, *others}}
    found: dict[int, str] = {}
    for at, name in enumerate(names):
        column = known.get(" ".join(name.casefold().split()))
        if column and column not in found.values():
            found[at] = column
    return found


def read(names: Sequence[str], rows: Iterable[Found], *, language: str = "en") -> Report:
    """Every question of the sheet, or why not."""
    columns = columns_of(names)
    missing = [name for name in ("kind", "question", "answer") if name not in columns.values()]
    if missing:
        return refused("columns", names=", ".join(missing))
    notes = Notes(1)
    left = [name for at, name in enumerate(names) if at not in columns and name.strip()]
    strange = [name for name in left if name != WRONG]
    if strange:
        notes.warn("file_columns", names=", ".join(strange))
    verdicts: list[Verdict] = []
    for question in _questions(rows, columns, notes):
        if len(verdicts) == MOST_QUESTIONS:
            notes.fail("too_many", line=question.line, most=MOST_QUESTIONS)
            break
        verdicts.append(_verdict(question, names, language))
    if not verdicts:
        notes.fail("empty")
    return Report(tuple(verdicts), tuple(notes.found))


def _questions(rows: Iterable[Found], columns: dict[int, str], notes: Notes) -> Iterator[_Question]:
    question: _Question | None = None
    for row in rows:
        clean = [CONTROL.sub("", cell).strip() for cell in row.cells]
        cells = {name: clean[at] for at, name in columns.items() if at < len(clean)}
        if not any(cells.values()):
            continue
        if cells["question"] or cells["kind"]:
            if question:
                yield question
            question = _Question(row.number, cells, Notes(row.number))
        elif question is None:
            notes.warn("loose", line=row.number, found=" ".join(filter(None, cells.values())))
            continue
        for at, code in row.problems:
            if code != "control":
                told_of = {"column": columns.get(at, at + 1), "what": problem_text(code)}
                question.notes.fail("cell", line=row.number, **told_of)
        question.rows.append((row.number, cells))
        question.source.append(list(row.cells))
    if question:
        yield question


def _verdict(question: _Question, names: Sequence[str], language: str) -> Verdict:
    notes, head = question.notes, question.head
    kind = _kind(head["kind"])
    item = None
    if kind is None:
        notes.fail("kind", kind=head["kind"])
    else:
        item = checked(_item(question, kind, language), notes)
    source = json.dumps([list(names), *question.source])
    found = tuple(notes.found)
    item = None if notes.has_failed else item
    return Verdict(question.line, head["question"][:80], item, found, source)


def head_of(source: str) -> list[str]:
    """The names of the columns under which a question stood."""
    head: list[str] = json.loads(source)[0]
    return head


def cells_of(source: str) -> list[list[str]]:
    """The rows of a question as they came: the way back of what its verdict keeps."""
    rows: list[list[str]] = json.loads(source)
    return rows[1:]


def _kind(named: str) -> Kind | None:
    name = " ".join(named.casefold().replace("_", " ").split())
    for kind, names in KINDS.items():
        if name in names or name == str(kind).replace("_", " "):
            return kind
    return None


def _item(question: _Question, kind: Kind, language: str) -> Item:
    head, notes = question.head, question.notes
    answers = [(line, cells) for line, cells in question.rows if _says(cells)]
    points = decimal_of(head.get("points") or "1")
    if points is None:
        notes.fail("not_a_number", found=head["points"])
    topic = head.get("topic", "")
    return Item(
        kind,
        head["question"],
        **_answers(kind, answers, notes),
        unit=head.get("unit", ""),
        explanation=head.get("explanation", ""),
        key=head.get("key", ""),
        category=(topic,) if topic else (),
        language=head.get("language") or language,
        points=Decimal(told(points or Decimal(1))),
        has_partial_credit=_is_yes(head.get("partial") or "yes", question.line, notes),
        basis=head.get("basis", ""),
        line=question.line,
    )


def _says(cells: dict[str, str]) -> bool:
    return any(cells.get(name) for name in ("answer", "match", "right"))


Rows = list[tuple[int, dict[str, str]]]


def _answers(kind: Kind, rows: Rows, notes: Notes) -> dict[str, Any]:
    if kind in CHOICES:
        made = (
            Choice(
                cells["answer"],
                _is_yes(cells.get("right", ""), line, notes),
                cells.get("feedback", ""),
            )
            for line, cells in rows
        )
        return {"choices": tuple(made)}
    for line, cells in rows:
        if cells.get("feedback"):
            notes.warn("answer_feedback", line=line, text=cells["answer"])
    texts = [cells["answer"] for _line, cells in rows]
    match kind:
        case Kind.MATCHING:
            both = [(cells["answer"], cells.get("match", "")) for _line, cells in rows]
            pairs = tuple(Pair(left, right) for left, right in both if left)
            return {"pairs": pairs, "others": tuple(right for left, right in both if not left)}
        case Kind.ORDERING:
            return {"order": tuple(texts)}
        case Kind.SHORT_TEXT:
            return {"texts": tuple(ShortText(text) for text in texts)}
    return {"numbers": tuple(filter(None, (_number(*row, notes) for row in rows)))}


def _number(line: int, cells: dict[str, str], notes: Notes) -> Number | None:
    """A tolerance with a per cent sign is a share of the number."""
    within = cells.get("tolerance", "")
    is_share = within.endswith("%")
    number, tolerance = decimal_of(cells["answer"]), decimal_of(within.rstrip("% ") or "0")
    if number is None or tolerance is None or tolerance < 0:
        notes.fail("not_a_number", line=line, found=f"{cells['answer']}:{within}")
        return None
    return Number(number, tolerance / HUNDRED if is_share else tolerance, is_relative=is_share)


def _is_yes(said: str, line: int, notes: Notes) -> bool:
    word = said.casefold()
    if word not in YES | NO:
        notes.fail("not_yes", line=line, found=said)
    return word in YES


@dataclass(frozen=True)
class WrittenSheet:
    """Rows of a sheet under `COLUMNS`, and what they do not carry."""

    rows: list[list[Any]]
    problems: tuple[Problem, ...] = ()


def write(items: Iterable[Item]) -> WrittenSheet:
    """The rows, and what is lost of each question, by its number from 1."""
    rows: list[list[Any]] = []
    problems: list[Problem] = []
    for number, item in enumerate(map(tidied, items), start=1):
        notes = Notes(number)
        if lost := [name for name in LOST if getattr(item, name)]:
            notes.warn("left_out", names=", ".join(lost))
        problems += notes.found
        for n, answer in enumerate(_told_answers(item) or [{}]):
            cells = {**(_head(item) if n == 0 else {}), **answer}
            rows.append([cells.get(name, "") for name in COLUMNS])
    return WrittenSheet(rows, tuple(problems))


def _head(item: Item) -> dict[str, Any]:
    return {
        "key": item.key,
        "kind": str(item.kind),
        "topic": "/".join(item.category),
        "question": item.prompt,
        "unit": item.unit,
        "points": item.points,
        "partial": "yes" if item.has_partial_credit else "no",
        "explanation": item.explanation,
        "basis": item.basis,
        "language": item.language,
    }


def _told_answers(item: Item) -> list[dict[str, Any]]:
    choices = [
        {"answer": one.text, "right": "x" if one.is_right else "", "feedback": one.feedback}
        for one in item.choices
    ]
    pairs = [{"answer": pair.left, "match": pair.right} for pair in item.pairs]
    others = [{"answer": "", "match": other} for other in item.others]
    order = [{"answer": text} for text in item.order]
    texts = [{"answer": line.text} for line in item.texts]
    numbers = [{"answer": told(line.number), "tolerance": _within(line)} for line in item.numbers]
    return [*choices, *pairs, *others, *order, *texts, *numbers]


def _within(line: Number) -> str:
    if line.is_relative:
        return f"{told(line.tolerance * HUNDRED)} %"
    return told(line.tolerance) if line.tolerance else ""


def examples() -> list[list[Any]]:
    return write(EXAMPLES).rows
