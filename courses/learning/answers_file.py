"""The file of a learner's answers: whose it is, what it says, what loading it would add.

It is made by the server, or by the page alone when the line is dark. The seal came with the page
while there was one, so it proves which attempt, person and paper the file belongs to. It proves
nothing of the answers: they are what the learner says they were, as with everything that comes
late, and a trainer who takes one takes it knowingly.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from django.core.signing import BadSignature, Signer
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from courses.catalogue.models import Course
from courses.learning import papers, screens
from courses.learning.models import Attempt, OtherAnswer, PaperOption
from courses.learning.papers import Paper, ShownQuestion
from courses.quizzes.responses import NO_ANSWER, Tokens, is_empty, parse_response
from partnership.lib.bodies import OWN_KEY, read_object
from partnership.lib.errors import BadQuery, Refusal

# Sixty questions with their texts and very long answers are less than half of this.
LARGEST = 256_000
PARTS = {"attempt", "quiz", "seal", "made_at", "device", "language", "answers"}
PARTS_OF_ONE = {"question", "position", "asked", "response", "in_words", "revision", "saved_at"}
PARTS_OF_ONE |= {"key", "state"}
signer = Signer(salt="answers of an attempt")


class NotThatFile(Refusal):
    """It is no file of answers, or none that this site sealed, or of no attempt of this course."""

    code = "not_that_file"


@dataclass(frozen=True)
class Item:
    """One answer of the file. `is_waiting`: the device had not heard that the server has it."""

    question: str
    response: Any
    revision: int
    key: str
    is_waiting: bool


@dataclass(frozen=True)
class AnswersFile:
    seal: str
    made_at: datetime | None  # by the device's clock
    device: str
    language: str
    items: list[Item]


@dataclass(frozen=True)
class Line:
    """One answer beside what stands, and what loading it would do.

    new, differs: it would be kept for the trainer. equal: it stands. kept: it was loaded, or came
    late, before. older: the server had it and was told something else since. wrong: no answer to
    this question, `why` says why not.
    """

    question: ShownQuestion
    outcome: str
    response: dict[str, Any]
    key: str
    revision: int
    sent: str = ""  # in words
    standing: str = ""
    why: str = ""

    @property
    def is_added(self) -> bool:
        return self.outcome in ("new", "differs")


# --- Whose it is ----------------------------------------------------------------------------


def seal(attempt: Attempt, asked: Paper) -> str:
    """What the page carries. The attempt comes with its learner."""
    return signer.sign(_sealed(attempt, [one.token for one in asked.questions]))


def _sealed(attempt: Attempt, tokens: Iterable[str]) -> str:
    paper = hashlib.sha256(" ".join(tokens).encode()).hexdigest()[:32]
    return f"{attempt.uuid}:{attempt.enrolment.learner.uuid}:{paper}"


def attempt_of(course: Course, file: AnswersFile) -> Attempt:
    """The attempt of this course that the seal names, in two queries. Refuses NotThatFile."""
    try:
        told = signer.unsign(file.seal)
    except BadSignature:
        raise NotThatFile(
            _("The seal of this file is not ours: it was changed, or it is of another site.")
        ) from None
    rows = Attempt.objects.filter(quiz__edition__course=course, uuid=told.partition(":")[0])
    found = rows.select_related("enrolment__learner", "quiz__edition__course").first()
    if found is None:
        raise NotThatFile(_("This file is of no attempt of this course."))
    tokens = found.paper.order_by("position").values_list("token", flat=True)
    if told != _sealed(found, tokens):
        raise NotThatFile(_("This file is of another person or another paper."))
    return found


# --- What it says ---------------------------------------------------------------------------


def read(raw: bytes) -> AnswersFile:
    """The file as it was written. Refuses NotThatFile; of its parts nothing is believed yet."""
    if len(raw) > LARGEST:
        raise NotThatFile(_("This file is far larger than any file of answers."))
    try:
        found = read_object(raw, largest=LARGEST)
    except BadQuery:
        raise NotThatFile(_("This is not a file of answers.")) from None
    answers, sealed = found.get("answers"), found.get("seal")
    if not (found.keys() <= PARTS and isinstance(answers, list) and isinstance(sealed, str)):
        raise NotThatFile(_("This is not a file of answers."))
    # The server's own file names also the questions that were not answered.
    items = [item for item in map(_item, answers) if item.response is not None]
    if len({item.question for item in items}) != len(items):
        raise NotThatFile(_("This file answers a question twice."))
    made_at = _word(found.get("made_at"), 40)
    return AnswersFile(
        seal=_word(sealed, 300),
        made_at=_moment(made_at),
        device=_word(found.get("device"), 40),
        language=_word(found.get("language"), 12).lower(),
        items=items,
    )


def _item(one: Any) -> Item:
    if not isinstance(one, dict) or not one.keys() <= PARTS_OF_ONE:
        raise NotThatFile(_("This is not a file of answers."))
    question, key = _word(one.get("question"), 40), _word(one.get("key"), 64)
    revision = one.get("revision", 0)
    is_whole = isinstance(revision, int) and not isinstance(revision, bool)
    if not question or not is_whole or not 0 <= revision < 2**31:
        raise NotThatFile(_("This is not a file of answers."))
    return Item(
        question=question,
        response=one.get("response"),
        revision=revision,
        key=key if re.match(OWN_KEY, key) else "",
        is_waiting=one.get("state") == "waiting",
    )


def _word(value: Any, longest: int) -> str:
    """A short text that can be stored; nothing for what is none."""
    if not isinstance(value, str) or len(value) > longest or "\0" in value:
        return ""
    is_storable = not any(0xD800 <= ord(sign) <= 0xDFFF for sign in value)
    return value if is_storable else ""


def _moment(text: str) -> datetime | None:
    try:
        found = parse_datetime(text)
        return found.astimezone(UTC) if found and found.tzinfo else None
    except (ValueError, OverflowError):
        return None


# --- What loading it would add --------------------------------------------------------------


def lines(attempt: Attempt, file: AnswersFile) -> list[Line]:
    """Each answer of the file beside what stands, in three queries. Refuses NotThatFile."""
    options: dict[int, list[PaperOption]] = defaultdict(list)
    of_this = PaperOption.objects.filter(question__attempt=attempt).select_related("option")
    for option in of_this.order_by("question", "position"):
        options[option.question_id].append(option)
    others = OtherAnswer.objects.filter(question__attempt=attempt)
    kept = set(others.order_by().values_list("question", "save_key"))
    rows = {row.token: row for row in attempt.paper.select_related("version__case", "answer").all()}
    items = {item.question: item for item in file.items}
    if not items.keys() <= rows.keys():
        raise NotThatFile(_("This file answers a question that its paper does not ask."))
    found = []
    for token, row in sorted(rows.items(), key=lambda pair: pair[1].position):
        if token in items:
            shown = papers.question_shown(row, options[row.pk], [])
            language = attempt.enrolment.learner.language or file.language
            line = _line(shown, items[token], language or "en")
            answer = getattr(row, "answer", None)
            saves = answer.saves if answer else {}
            is_kept = line.key in saves or (row.pk, line.key) in kept
            found.append(_weighed(line, items[token], is_kept=is_kept))
    return found


def _line(shown: ShownQuestion, item: Item, language: str) -> Line:
    """The answer as it would be stored; the rest is not known yet."""
    tokens = Tokens(*[{o.token for o in side} for side in (shown.choices, shown.left, shown.right)])
    if isinstance(item.response, dict):
        # A number that the server had read keeps the language it was read by.
        language = _word(item.response.get("language"), 12) or language
    key = item.key or _key_of(item)
    standing = screens.in_words(shown, shown.response)
    try:
        response = parse_response(shown.kind, item.response, tokens, language=language)
    except NO_ANSWER as refusal:
        return Line(shown, "wrong", {}, key, item.revision, "", standing, str(refusal))
    sent = screens.in_words(shown, response)
    return Line(shown, "", response, key, item.revision, sent, standing)


def _key_of(item: Item) -> str:
    """For an answer that came with no key of its own: the same answer again has the same."""
    told = json.dumps([item.question, item.response], sort_keys=True)
    return f"file-{hashlib.sha256(told.encode()).hexdigest()[:32]}"


def _weighed(line: Line, item: Item, *, is_kept: bool) -> Line:
    if line.outcome:
        return line
    shown = line.question
    stands = shown.response if shown.is_answered else None
    if _is_same(line.response, stands):
        outcome = "equal"
    elif is_kept:
        outcome = "kept"
    elif not item.is_waiting and item.revision < shown.revision:
        outcome = "older"
    else:
        outcome = "differs" if stands else "new"
    return replace(line, outcome=outcome)


def _is_same(sent: dict[str, Any], stands: dict[str, Any] | None) -> bool:
    if stands is None or is_empty(sent):
        return is_empty(sent) and is_empty(stands)
    return {**sent, "language": ""} == {**stands, "language": ""}
