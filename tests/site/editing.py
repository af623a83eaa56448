"""The routes of the editors' desk, who may use them, and where they lead."""

from __future__ import annotations

from partnership.accounts.models import Role
from partnership.agreements.models import Agreement
from tests.agreements.cooperation import routes as cooperation
from tests.factories.agreements import AgreementStageFactory
from tests.factories.sources import SourceFactory
from tests.information.library import routes as library
from tests.site.figures import routes as figures

EDITORS = {Role.ADMINISTRATOR, Role.DATA_EDITOR}
READ = {"register:list", "sources:facts", "sources:sources", "site:to-confirm"}
BOTH_WAYS = {"register:add", "register:one", "register:line", "sources:add-fact", "sources:fact"}
BOTH_WAYS |= {"sources:add-source", "sources:source"}
BOTH_WAYS |= library.BOTH_WAYS
BOTH_WAYS |= cooperation.BOTH_WAYS
OF_EDITORS = READ | BOTH_WAYS | library.OF_EDITORS | cooperation.OF_EDITORS
ARGUMENTS: dict[str, list[object]] = {
    **(library.ARGUMENTS | cooperation.ARGUMENTS),
    **library.ARGUMENTS,
    **figures.ARGUMENTS,
    "register:one": ["qaa-qab"],
    "register:line": ["qaa-qab", "signed.2022-03-01"],
    "sources:fact": ["fact"],
    "sources:source": ["source"],
    "api:sources-detail": ["source"],
}


def make_rows() -> None:
    """A line that is to be confirmed, a source, a document and a figure."""
    unread = {"source": None, "is_confirmed": False}
    AgreementStageFactory(agreement=Agreement.objects.get(slug="qaa-qab"), **unread)
    SourceFactory(slug="source")
    library.make_rows()
    cooperation.make_rows()
    figures.make_rows()
