"""The routes of approaches and authorizations, and a row of each that is to be confirmed."""

from __future__ import annotations

from tests.factories.cooperation import ApproachLineFactory, AuthorizationLineFactory
from tests.factories.sources import SourceFactory

SLUG = "cook-stoves"
BOTH_WAYS = {f"cooperation:{name}" for name in ("add", "one", "line")}
OF_EDITORS = BOTH_WAYS | {"cooperation:list"}
ARGUMENTS: dict[str, list[object]] = {
    "cooperation:list": ["approaches"],
    "cooperation:add": ["authorizations"],
    "cooperation:one": ["approaches", SLUG],
    "cooperation:line": ["authorizations", SLUG, "given.2024-03-01.list"],
    **{f"agreements:{kind}": [SLUG] for kind in ("approach", "authorization")},
    **{f"api:{kind}-detail": [SLUG] for kind in ("approaches", "authorizations")},
}


def make_rows(**more: object) -> None:
    for factory in (ApproachLineFactory, AuthorizationLineFactory):
        factory(entry__slug=SLUG, source=SourceFactory(slug="list"), checked_on=None, **more)
