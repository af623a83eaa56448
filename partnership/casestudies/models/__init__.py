from __future__ import annotations

from partnership.casestudies.models.cases import (
    CaseChart,
    CaseCountry,
    CaseFigure,
    CaseSection,
    CaseStudy,
)
from partnership.casestudies.models.writing import CaseComment, CaseDraft, CaseSave, CaseVersion

__all__ = [
    "CaseChart",
    "CaseComment",
    "CaseCountry",
    "CaseDraft",
    "CaseFigure",
    "CaseSave",
    "CaseSection",
    "CaseStudy",
    "CaseVersion",
]
