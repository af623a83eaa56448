"""The routes of the desk of case studies, who may use them, and where they lead."""

from __future__ import annotations

from uuid import UUID

from partnership.accounts.models import Role
from partnership.casestudies import queries
from partnership.casestudies.models import CaseStudy, CaseVersion
from partnership.casestudies.telling import told_of
from partnership.members.models import Country
from tests.factories.case_drafts import AT, CaseDraftFactory
from tests.factories.casestudies import CaseStudyFactory

ROW = UUID("33333333-3333-4333-8333-333333333333")
WRITERS = {Role.ADMINISTRATOR, Role.TRAINER, Role.FOCAL_POINT}
# Another delegation's proposal does not exist, nor what is withdrawn.
OF_ONE = {f"casework:{name}" for name in ("one", "text", "preview", "earlier", "published")}
OPEN = {"casework:list", "casework:new"}
BOTH_WAYS = {f"casework:{name}" for name in ("new", "published", "one", "text")}
ARGUMENTS: dict[str, list[str]] = {
    **{f"casework:{name}": [str(ROW)] for name in ("one", "text", "preview")},
    "casework:earlier": [str(ROW), "1"],
    "casework:published": ["withdrawn-case"],
    "casestudies:version": ["case", "1"],
}


def make_rows() -> None:
    """A proposal of a country, a withdrawn case, and a case with an older version."""
    CaseDraftFactory(uuid=ROW, country=Country.objects.get(iso3="QAA"))
    CaseStudyFactory(slug="withdrawn-case", withdrawn_at=AT)
    case = queries.with_all(CaseStudy.objects.filter(slug="case")).get()
    for number, why in ((1, ""), (2, "A word.")):
        kept = {"told": told_of(case), "what_changed": why}
        CaseVersion.objects.create(case=case, number=number, on=AT.date(), **kept)
