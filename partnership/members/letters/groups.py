"""Who is meant by a letter: those of its circle who fit its filter, and who of them gets it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from partnership.accounts.models import User
from partnership.mail.models import Kind, MailStop
from partnership.members.circles import people_of
from partnership.members.letters.forms import FilterForm
from partnership.members.models import Letter, LetterRecipient, LetterText

Left = LetterRecipient.Left
FIRST = 12


@dataclass(frozen=True)
class Group:
    """The people of a letter at one moment; `seal` changes when any of them does."""

    people: QuerySet[Any]
    keys: list[int]
    left: Counter[str]
    by_language: Counter[str]
    filters: list[tuple[str, str]]
    seal: str

    @property
    def number(self) -> int:
        """How many get a mail."""
        return len(self.keys)

    @property
    def in_all(self) -> int:
        return self.number + self.left.total()

    def first(self) -> list[Any]:
        """Some of them by name, to see at a glance whether it is the group that was meant."""
        return list(self.people.order_by("folded", "pk")[:FIRST])


def group_of(letter: Letter, user: Any, on: date) -> Group | None:
    """In a fixed number of queries; None where the circle is closed or the filter means nothing."""
    found = people_of(letter.circle, user, on)
    form = FilterForm(letter.wanted, handle=letter.circle)
    if found is None or not form.is_valid():
        return None
    people = with_left(form.narrowed(found, on), is_service=letter.is_service)
    rows = list(people.order_by("pk").values_list("pk", "left", "language"))
    keys = [pk for pk, left, _language in rows if not left]
    return Group(
        people=people,
        keys=keys,
        left=Counter(left for _pk, left, _language in rows if left),
        by_language=Counter(language for _pk, left, language in rows if not left),
        filters=form.told(),
        seal=_seal(letter, keys),
    )


def _seal(letter: Letter, keys: list[int]) -> str:
    """Says which people and which words were looked at, and betrays neither."""
    value = f"{letter.pk}:{letter.revision}:{','.join(map(str, keys))}"
    return salted_hmac("partnership.members.letters: seal", value, algorithm="sha256").hexdigest()


def with_left(people: QuerySet[User], *, is_service: bool) -> QuerySet[Any]:
    """Each with `left`: why there is no mail to them, empty where there is one."""
    confirmed = EmailAddress.objects.alias(small=Lower("email")).filter(
        user=OuterRef("pk"), verified=True, small=Lower(OuterRef("email"))
    )
    stops = MailStop.objects.filter(person=OuterRef("pk"), kind=Kind.LETTERS)
    wants_none = Q() if is_service else Q(Exists(stops))
    cases = [
        When(is_active=False, then=Value(Left.DISABLED.value)),
        When(~Exists(confirmed), then=Value(Left.UNCONFIRMED.value)),
    ]
    if wants_none:
        cases.append(When(wants_none, then=Value(Left.STOPPED.value)))
    return people.annotate(left=Case(*cases, default=Value(""), output_field=CharField()))


def version_for(language: str, texts: Mapping[str, LetterText], letter: Letter) -> LetterText:
    """The reader's own language, also by another land's name for it, else the main one."""
    wanted = language or settings.LANGUAGE_CODE
    return texts.get(wanted) or texts.get(wanted.partition("-")[0]) or texts[letter.language]
