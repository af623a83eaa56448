"""A list or series of ours as machines read it: schema.org's Dataset, beside its page.

It stands in the page as a block of data, which no browser runs, so the policy against inline
scripts has nothing to say of it; whatever could end the block is written as an escape.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from partnership.lib import licence

FORMATS = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


@dataclass(frozen=True)
class Dataset:
    """What a page offers to take away. Addresses are paths of this site."""

    name: str
    description: str
    page: str
    # Where each format is had; and from which day to which it tells, as far as known.
    files: Mapping[str, str]
    modified: date | datetime | None = None
    covers: tuple[date, date] | None = None
    measures: tuple[str, ...] = ()
    more: Mapping[str, Any] = field(default_factory=dict)


def files_of(address: str) -> dict[str, str]:
    """Where each format of a list is had that takes it as `format`."""
    return {name: f"{address}?format={name}" for name in FORMATS}


def block(dataset: Dataset) -> SafeString:
    """The words of the block. Whatever they hold, none of them can end it."""
    told = json.dumps(told_of(dataset), ensure_ascii=False, separators=(",", ":"))
    return mark_safe(told.translate(ESCAPES))  # noqa: S308


def told_of(dataset: Dataset) -> dict[str, Any]:
    site = {
        "@type": "Organization",
        "name": _("Article 6 Implementation Partnership"),
        "url": f"{settings.SITE_ADDRESS}/",
    }
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": f"{_whole(dataset.page)}#dataset",
        "name": dataset.name,
        "description": dataset.description,
        "url": _whole(dataset.page),
        "inLanguage": get_language(),
        "isAccessibleForFree": True,
        "creator": site,
        "publisher": site,
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": FORMATS[name],
                "contentUrl": _whole(address),
            }
            for name, address in dataset.files.items()
        ],
        **dataset.more,
    }
    if licence.address():
        told["license"] = licence.address()
    else:
        told["conditionsOfAccess"] = licence.rights()
    if dataset.modified:
        told["dateModified"] = dataset.modified.isoformat()
    if dataset.covers:
        first, last = dataset.covers
        told["temporalCoverage"] = f"{first.isoformat()}/{last.isoformat()}"
    if dataset.measures:
        told["variableMeasured"] = list(dataset.measures)
    return told


def _whole(path: str) -> str:
    return f"{settings.SITE_ADDRESS}{path}"
