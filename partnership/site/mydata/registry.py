"""All that is held of people, as each subject declares it, in the order in which it is told."""

from __future__ import annotations

from collections.abc import Iterator

# Named one by one, as tasks are: a test compares this with the files.
from courses.authoring import personal as _authoring  # noqa: F401
from courses.catalogue import personal as _catalogue  # noqa: F401
from courses.learning import personal as _learning  # noqa: F401
from partnership.accounts import personal as _accounts  # noqa: F401
from partnership.agreements import personal as _agreements  # noqa: F401
from partnership.audit import personal as _audit  # noqa: F401
from partnership.casestudies import personal as _casestudies  # noqa: F401
from partnership.information import personal as _information  # noqa: F401
from partnership.jobs import personal as _jobs  # noqa: F401
from partnership.lib.personal import FORGETTERS, HOLDINGS, PARTS, Forget, Holding, Part
from partnership.mail import personal as _mail  # noqa: F401
from partnership.members import personal as _members  # noqa: F401
from partnership.remarks import personal as _remarks  # noqa: F401
from partnership.search import personal as _search  # noqa: F401
from partnership.sources import personal as _sources  # noqa: F401

ORDER = (
    *("account", "addresses", "sign-in", "posts", "terms", "roles", "training", "joining"),
    *("handovers", "cases", "writing", "courses", "quizzes", "answers", "certificates", "consents"),
    *("requests", "remarks", "letters", "mails", "alerts", "jobs", "audit"),
)


def parts() -> list[Part]:
    """Of the export, what is nearest to the person first."""
    return sorted(PARTS.values(), key=lambda one: ORDER.index(one.key))


def holdings(part: str = "") -> Iterator[Holding]:
    """All of them, or those of one part."""
    return (one for one in HOLDINGS if not part or one.part == part)


def forgetters() -> list[Forget]:
    return FORGETTERS
