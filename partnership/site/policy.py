"""Who may use which route. A route that is not named here does not exist for anybody."""

from __future__ import annotations

from collections.abc import Mapping

from partnership.accounts.models import Role

Roles = frozenset[str]

VISITOR = "visitor"
SIGNED_IN = "signed_in"

EVERYBODY: Roles = frozenset({VISITOR})
PEOPLE: Roles = frozenset({SIGNED_IN})
STAFF: Roles = frozenset({Role.ADMINISTRATOR, Role.TRAINER, Role.FOCAL_POINT})
ADMINISTRATORS: Roles = frozenset({Role.ADMINISTRATOR})
TRAINERS: Roles = frozenset({Role.ADMINISTRATOR, Role.TRAINER})
FOCAL_POINTS: Roles = frozenset({Role.FOCAL_POINT})

POLICY: Mapping[str, Roles] = {
    "site:home": EVERYBODY,
    "site:about": EVERYBODY,
    "site:members": EVERYBODY,
    "site:country": EVERYBODY,
    "site:institution": EVERYBODY,
    "site:search": EVERYBODY,
    "site:live": EVERYBODY,
    "site:ready": EVERYBODY,
    "site:sitemap": EVERYBODY,
    "site:robots": EVERYBODY,
    "site:desk": STAFF,
    "site:jobs": ADMINISTRATORS,
    "site:try-workers": ADMINISTRATORS,
    "site:rebuild-search": ADMINISTRATORS,
    "site:cancel-job": ADMINISTRATORS,
    "site:to-confirm": ADMINISTRATORS,
    "agreements:register": EVERYBODY,
    "agreements:network": EVERYBODY,
    "agreements:agreement": EVERYBODY,
    "agreements:feed": EVERYBODY,
    "casestudies:list": EVERYBODY,
    "casestudies:case": EVERYBODY,
    "information:glossary": EVERYBODY,
    "courses:catalogue": EVERYBODY,
    "courses:path": EVERYBODY,
    "courses:course": EVERYBODY,
    "courses:module": EVERYBODY,
    "courses:module-file": EVERYBODY,
    "courses:offline": EVERYBODY,
    "courses:lesson": EVERYBODY,
    "courses:self-check": EVERYBODY,
    "courses:pictures": EVERYBODY,
    "courses:mine": PEOPLE,
    "courses:join": PEOPLE,
    "courses:leave": PEOPLE,
    "courses:move": PEOPLE,
    "courses:done": PEOPLE,
    "courses:place": PEOPLE,
    "courses:verify-form": EVERYBODY,
    "courses:verify": EVERYBODY,
    "courses:record": PEOPLE,
    "courses:record-pdf": PEOPLE,
    "courses:confirm-name": PEOPLE,
    "courses:certificate-pdf": PEOPLE,
    "courses:hide-name": PEOPLE,
    "courses:service-worker": EVERYBODY,
    "courses:quiz": EVERYBODY,
    "courses:start": PEOPLE,
    "courses:ask-attempt": PEOPLE,
    "courses:attempt": PEOPLE,
    "courses:save-answer": PEOPLE,
    "courses:answers-file": PEOPLE,
    "courses:flag": PEOPLE,
    "courses:choose": PEOPLE,
    "courses:review": PEOPLE,
    "courses:submit": PEOPLE,
    "courses:result": PEOPLE,
    "courses:desk-courses": TRAINERS,
    "courses:desk-course": TRAINERS,
    "courses:desk-learners": TRAINERS,
    "courses:desk-learners-sheet": TRAINERS,
    "courses:desk-learner": TRAINERS,
    "courses:desk-quiz": TRAINERS,
    "courses:desk-quiz-sheet": TRAINERS,
    "courses:desk-regrade": TRAINERS,
    "courses:desk-requests": TRAINERS,
    "courses:desk-answer-request": TRAINERS,
    "courses:desk-late": TRAINERS,
    "courses:desk-decide-late": TRAINERS,
    "courses:desk-allowances": TRAINERS,
    "courses:desk-certificate": TRAINERS,
    "courses:desk-reissue": TRAINERS,
    "courses:desk-completion": FOCAL_POINTS,
    "courses:desk-completion-sheet": FOCAL_POINTS,
    "account_login": EVERYBODY,
    "account_logout": EVERYBODY,
    "account_signup": EVERYBODY,
    "account_mail_code": EVERYBODY,
    "account_enter_code": EVERYBODY,
    "account_new_code": EVERYBODY,
    "account_give_name": EVERYBODY,
    "account_mine": PEOPLE,
    "api-schema": EVERYBODY,
    "api-docs": EVERYBODY,
    "api:root": EVERYBODY,
    "api:countries-list": EVERYBODY,
    "api:countries-detail": EVERYBODY,
    "api:institutions-list": EVERYBODY,
    "api:institutions-detail": EVERYBODY,
    "api:agreements-list": EVERYBODY,
    "api:agreements-detail": EVERYBODY,
    "api:case-studies-list": EVERYBODY,
    "api:case-studies-detail": EVERYBODY,
    "api:facts-list": EVERYBODY,
    "api:facts-detail": EVERYBODY,
    "api:glossary-list": EVERYBODY,
    "api:glossary-detail": EVERYBODY,
    "api:search": EVERYBODY,
    "api:courses-list": EVERYBODY,
    "api:courses-detail": EVERYBODY,
    "api:enrolments-list": PEOPLE,
    "api:enrolments-detail": PEOPLE,
    "api:enrolments-leave": PEOPLE,
    "api:enrolments-move": PEOPLE,
    "api:attempts-list": PEOPLE,
    "api:attempts-detail": PEOPLE,
    "api:attempts-answers": PEOPLE,
    "api:attempts-submit": PEOPLE,
    "api:attempts-result": PEOPLE,
    "api:certificates-list": PEOPLE,
    "api:certificates-detail": EVERYBODY,
    "api:jobs-list": PEOPLE,
    "api:jobs-detail": PEOPLE,
    "admin:*": ADMINISTRATORS,
}


def allowed(route: str) -> Roles | None:
    """The roles that may use a route, or None when the table does not name it."""
    namespace, _, _ = route.partition(":")
    return POLICY.get(route) or POLICY.get(f"{namespace}:*")
