"""Whom a route may be for: the names that the policy table gives to sets of roles."""

from __future__ import annotations

from partnership.accounts.models import Role

Roles = frozenset[str]

VISITOR = "visitor"
SIGNED_IN = "signed_in"

EVERYBODY: Roles = frozenset({VISITOR})
PEOPLE: Roles = frozenset({SIGNED_IN})
STAFF: Roles = frozenset({Role.ADMINISTRATOR, Role.DATA_EDITOR, Role.TRAINER, Role.FOCAL_POINT})
ADMINISTRATORS: Roles = frozenset({Role.ADMINISTRATOR})
# Who keeps facts, register and sources; administrators too.
EDITORS: Roles = frozenset({Role.ADMINISTRATOR, Role.DATA_EDITOR})
TRAINERS: Roles = frozenset({Role.ADMINISTRATOR, Role.TRAINER})
# Who keeps what is taught and what is told: the list of doubts is theirs.
CHECKERS: Roles = EDITORS | TRAINERS
# Who answers what readers say of facts: those who keep them, focal points of their own countries.
KEEPERS: Roles = EDITORS | {Role.FOCAL_POINT}
FOCAL_POINTS: Roles = frozenset({Role.FOCAL_POINT})
# Who runs a delegation; the secretariat stands in for any.
STEWARDS: Roles = frozenset({Role.ADMINISTRATOR, Role.FOCAL_POINT})

# Who writes to many (to everybody, to the learners of a course, to a delegation), and who proposes
# case studies.
WRITERS: Roles = frozenset({Role.ADMINISTRATOR, Role.TRAINER, Role.FOCAL_POINT})
