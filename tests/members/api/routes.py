"""The API of delegations, and the pages of its tokens, as `test_access` asks for them."""

from __future__ import annotations

from partnership.members.models import Country
from tests.factories.accounts import UserFactory
from tests.factories.members import JoinRequestFactory

LISTS = ("people", "country-delegations", "institution-delegations", "invitations", "requests")
DONE = {"api:people-leave", "api:requests-approve", "api:requests-refuse"}
OF_A_ROW = {f"api:{name}-detail" for name in LISTS} | DONE
OPEN = {f"api:{name}-list" for name in LISTS} | OF_A_ROW | {"account_tokens"}
OPEN |= {"account_revoke_token"}
POST_ONLY = DONE | {"account_revoke_token"}
BOTH_WAYS = {"api:invitations-list", "account_tokens"}


def arguments(row: str) -> dict[str, list[str]]:
    """What names the row of each route: everything is called alike in those tests."""
    found = {route: [row] for route in OF_A_ROW}
    found["api:country-delegations-detail"] = ["QAA"]
    found["api:institution-delegations-detail"] = ["institute"]
    return found


def make_rows(row: str, country: Country) -> None:
    """Somebody who asks to join; the invitation is there already."""
    JoinRequestFactory(uuid=row, person=UserFactory(uuid=row), country=country)
