"""The privacy notice and the terms: published once, never changed, asked about until agreed to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from partnership.accounts.models import Consent, PolicyText, PolicyVersion, User
from partnership.audit import services as audit
from partnership.lib.errors import Refusal
from partnership.lib.markdown import render

FOLDER = Path(__file__).parent / "content" / "policies"
Kind = PolicyVersion.Kind
SOURCE = settings.LANGUAGE_CODE


class PolicyRefused(Refusal):
    """This cannot be published; the text says why."""

    code = "policy_refused"


@transaction.atomic
def publish(
    kind: str,
    texts: Mapping[str, str],
    *,
    at: datetime,
    what_changed: str = "",
    by: User | None = None,
) -> PolicyVersion:
    """Add a version in the languages there are. From now on everybody with an account is asked."""
    texts = {language: text.strip() for language, text in texts.items() if text.strip()}
    if SOURCE not in texts:
        raise PolicyRefused(_("The English text is missing: all others are translations of it."))
    last = PolicyVersion.objects.filter(kind=kind).order_by("-number").first()
    if last is not None and not what_changed.strip():
        raise PolicyRefused(_("Say in a sentence what changed: everybody is shown it."))
    try:
        with transaction.atomic():
            row = PolicyVersion.objects.create(
                kind=kind,
                number=last.number + 1 if last else 1,
                published_at=at,
                published_by=by,
                what_changed=" ".join(what_changed.split()) if last else "",
            )
    except IntegrityError:
        raise PolicyRefused(
            _("Somebody published a version in this moment. Look at it first.")
        ) from None
    PolicyText.objects.bulk_create(
        PolicyText(version=row, language=language, text=text, html=render(text, first_heading=2))
        for language, text in texts.items()
    )
    User.objects.filter(is_active=True).update(policies_due=True)
    audit.record("policy.publish", at=at, by=by, of=("policy", f"{kind} {row.number}"))
    return row


def current() -> list[PolicyVersion]:
    """The newest version of each kind, the privacy notice first."""
    newest: dict[str, PolicyVersion] = {}
    for row in PolicyVersion.objects.order_by("kind", "number"):
        newest[row.kind] = row
    return [newest[kind] for kind in Kind if kind in newest]


def not_agreed(person: User) -> list[PolicyVersion]:
    """What somebody has not said yes to yet."""
    said = set(Consent.objects.filter(person=person).values_list("version", flat=True))
    return [row for row in current() if row.pk not in said]


@transaction.atomic
def agree(person: User, versions: list[int], *, at: datetime) -> None:
    """Say yes to the versions that were shown. One that was published meanwhile is asked anew."""
    shown = [row for row in not_agreed(person) if row.pk in versions]
    rows = [Consent(person=person, version=row, at=at) for row in shown]
    Consent.objects.bulk_create(rows, ignore_conflicts=True)
    if not not_agreed(person):
        User.objects.filter(pk=person.pk).update(policies_due=False)


def text_for(version: PolicyVersion, language: str) -> PolicyText:
    """In the reader's language, or in English where there is no translation."""
    texts = {row.language: row for row in version.texts.all()}
    return texts.get(language) or texts[SOURCE]


def load_first_versions(at: datetime) -> int:
    """Publish the texts that come with the site, where there is no version of a kind yet."""
    published = 0
    for kind in Kind:
        if PolicyVersion.objects.filter(kind=kind).exists():
            continue
        texts: dict[str, Any] = {
            path.stem.partition(".")[2]: path.read_text(encoding="utf-8")
            for path in sorted(FOLDER.glob(f"{kind}.*.md"))
        }
        publish(kind, texts, at=at)
        published += 1
    return published
