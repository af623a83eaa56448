"""What still keeps an edition from being published, told to whoever writes it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from courses.catalogue.models import Edition
from courses.quizzes.models import Key, Option, Question, QuestionVersion, Quiz, QuizGroup


def problems(edition: Edition) -> list[str]:
    """Sentences, in the order of the course; none when it may be published."""
    return [*_of_text(edition), *_of_quizzes(edition)]


def _of_text(edition: Edition) -> Iterator[str]:
    if not edition.outcomes:
        yield _("It does not say what one can do afterwards.")
    modules = edition.modules.prefetch_related("lessons").order_by("position")
    if not modules:
        yield _("It has no module.")
    for module in modules:
        lessons = list(module.lessons.all())
        if not lessons:
            yield _("The module “%(title)s” has no lesson.") % {"title": module.title}
        for lesson in lessons:
            if not lesson.text.strip():
                yield _("The lesson “%(title)s” has no text.") % {"title": lesson.title}


def _of_quizzes(edition: Edition) -> Iterator[str]:
    groups = QuizGroup.objects.prefetch_related(
        "questions__version__question", "questions__version__options", "questions__version__key"
    )
    for quiz in edition.quizzes.prefetch_related(Prefetch("groups", queryset=groups)):
        pinned = 0
        for group in quiz.groups.all():
            versions = [line.version for line in group.questions.all()]
            pinned += len(versions)
            if group.quota and group.quota > len(versions):
                yield _("“%(title)s” draws more questions than a group of it has.") % {
                    "title": quiz.title
                }
            for version in versions:
                yield from _of_question(edition, quiz, version)
        if not pinned:
            yield _("The quiz “%(title)s” has no question.") % {"title": quiz.title}


def _of_question(edition: Edition, quiz: Quiz, version: QuestionVersion) -> Iterator[str]:
    question, told = version.question, {"key": version.question.key}
    if question.course_id != edition.course_id:
        yield _("The question %(key)s belongs to another course.") % told
    if question.state == Question.State.RESERVE:
        yield _("The question %(key)s is in reserve: it needs a subject check.") % told
    if not version.prompt.strip():
        yield _("The question %(key)s asks nothing.") % told
    if quiz.plan != Quiz.Plan.SURVEY and not is_answerable(version):
        yield _("The question %(key)s has no complete right answer.") % told


def is_answerable(version: QuestionVersion) -> bool:
    """There is a right answer to it, and the options to give it."""
    lines = list(version.key.all())
    sides: dict[str, set[int]] = defaultdict(set)
    for option in version.options.all():
        sides[option.side].add(option.pk)
    return KINDS[version.kind](lines, sides)


def _choice(lines: Sequence[Key], sides: dict[str, set[int]]) -> bool:
    choices, right = sides[Option.Side.CHOICE], {line.option_id for line in lines}
    return len(choices) > 1 and bool(right) and right <= choices


def _one_choice(lines: Sequence[Key], sides: dict[str, set[int]]) -> bool:
    return _choice(lines, sides) and len(lines) == 1


def _matching(lines: Sequence[Key], sides: dict[str, set[int]]) -> bool:
    left, right = sides[Option.Side.LEFT], sides[Option.Side.RIGHT]
    pairs = {line.option_id: line.match_id for line in lines}
    return len(left) > 1 and pairs.keys() == left and set(pairs.values()) <= right


def _ordering(lines: Sequence[Key], sides: dict[str, set[int]]) -> bool:
    choices = sides[Option.Side.CHOICE]
    places = sorted(line.place or 0 for line in lines)
    return (
        len(choices) > 1
        and {line.option_id for line in lines} == choices
        and places == list(range(1, len(choices) + 1))
    )


KINDS: dict[str, Callable[[Sequence[Key], dict[str, set[int]]], bool]] = {
    QuestionVersion.Kind.SINGLE: _one_choice,
    QuestionVersion.Kind.TRUE_FALSE: _one_choice,
    QuestionVersion.Kind.MULTIPLE: _choice,
    QuestionVersion.Kind.MATCHING: _matching,
    QuestionVersion.Kind.ORDERING: _ordering,
    QuestionVersion.Kind.NUMBER: lambda lines, sides: any(k.number is not None for k in lines),
    QuestionVersion.Kind.SHORT_TEXT: lambda lines, sides: any(line.text for line in lines),
}
