"""How facts of the floors below read: figures with their sources, and what a profile says."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnership.members.models import Country, Institution
from partnership.remarks.told import Told, figure, tells
from partnership.sources.models import DatedFact


@tells("fact", gettext_lazy("figure"))
def fact(key: str, _on: date) -> Told | None:
    """A figure of the home page, of a profile or of the register."""
    row = DatedFact.objects.filter(key=key).select_related("country").first()
    if row is None:
        return None
    country = row.country
    shown_on = "agreements:register" if row.topic == DatedFact.Topic.REGISTER else "site:about"
    page = country.get_absolute_url() if country else reverse(shown_on)
    return Told(figure(row), page, (country.iso3,) if country else ())


@tells("country", gettext_lazy("profile of a country"))
def country(key: str, _on: date) -> Told | None:
    """A country's page, or one statement of it: `qaa`, `qaa/party`, `qaa/group-ldc`."""
    code, _slash, part = key.partition("/")
    row = Country.objects.filter(iso3=code.upper()).first() if code.islower() else None
    said = _statement(row, part) if row else ""
    if row is None or not said:
        return None
    return Told(f"{row.name}: {said}", row.get_absolute_url(), (row.iso3,))


@tells("institution", gettext_lazy("profile of an institution"))
def institution(key: str, _on: date) -> Told | None:
    """An institution's page."""
    row = Institution.objects.filter(slug=key).first()
    if row is None:
        return None
    said = ": ".join(filter(None, (row.name, row.role)))
    return Told(said, row.get_absolute_url(), (row.seat_id,) if row.seat_id else ())


def _statement(row: Country, part: str) -> str:
    """What the page says under one heading; empty where it has no such heading."""
    match part.split("-"):
        case [""]:
            return _("its names, codes and region (%(iso3)s, %(region)s)") % {
                "iso3": row.iso3,
                "region": row.get_region_display(),
            }
        case ["party"]:
            return row.party_note
        case ["group", group]:
            found = row.groups.filter(group=group).first()
            return str(found.get_group_display()) if found else ""
        case ["member"]:
            return _membership(row)
        case ["contact"]:
            return _("which office speaks for it on Article 6")
    return ""


def _membership(row: Country) -> str:
    days = [str(day) for day in row.participations.values_list("begins_on", flat=True) if day]
    if not days:
        return _("whether it is a member of the partnership")
    return _("member of the partnership, from %(days)s") % {"days": ", ".join(days)}
