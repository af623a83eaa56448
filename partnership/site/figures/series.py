"""Every series that is counted: what it counts, by which definition, and from where."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from courses.learning import trained
from partnership.agreements import figures as agreements
from partnership.agreements.queries import NOT_KNOWN
from partnership.information.library import queries as library
from partnership.information.models import Document
from partnership.lib.counting import OTHERS, Count, Span, without_few
from partnership.members import figures as members
from partnership.members.models import Country, Region
from partnership.sources.models import Sector

Names = Callable[[Collection[str]], Mapping[str, Any]]


@dataclass(frozen=True)
class Series:
    """A series. One with `spans` can be counted for any day; one with `now` for today only.

    Whoever changes what is counted raises `version` and writes the definition anew.
    """

    key: str
    title: Any
    unit: Any
    # Sentences.
    definition: tuple[Any, ...]
    source: Any
    # The page on which what is counted can be looked through.
    page: str
    spans: Callable[[], list[Span]] | None = None
    now: Callable[[], Count] | None = None
    # What the parts are, and what each is called; a series without has a total only.
    part: Any = ""
    names: Names | None = None
    # Whether a thing can be of several parts, so that these are not added up.
    overlaps: bool = False
    version: int = 1

    @property
    def told(self) -> str:
        """The definition in the reader's language."""
        return " ".join(map(str, self.definition))

    @property
    def has_history(self) -> bool:
        return self.spans is not None

    def named(self, keys: Collection[str]) -> dict[str, str]:
        """What the parts are called in the reader's language; one that is gone by its key."""
        found = self.names(keys) if self.names and keys else {}
        return {key: str(found.get(key, key)) for key in keys}


def _countries(keys: Collection[str]) -> dict[str, Any]:
    rows = Country.objects.filter(pk__in=keys).order_by("sort_key")
    return dict(rows.values_list("iso3", "name"))


def _trained(keys: Collection[str]) -> dict[str, Any]:
    return {**_countries(keys), OTHERS: _("Other countries, and people without a country")}


def _sectors(keys: Collection[str]) -> dict[str, Any]:
    named = Sector.objects.filter(slug__in=keys).order_by("name").values_list("slug", "name")
    return {**dict(named), NOT_KNOWN: _("not known")}


def _kinds(keys: Collection[str]) -> dict[str, Any]:
    return dict(Document.Kind.choices)


def _regions(keys: Collection[str]) -> dict[str, Any]:
    return dict(Region.choices)


def _members(keys: Collection[str]) -> dict[str, Any]:
    return {members.COUNTRIES: _("countries"), members.INSTITUTIONS: _("institutions")}


def _documents() -> Count:
    counted = library.by_kind()
    return Count(sum(counted.values()), counted)


def _people() -> Count:
    return without_few(trained.by_country())


REGISTER = _("The register of agreements of this site, where each line names its source.")
AGREEMENTS = _("agreements")
COUNTED_FROM = _(
    "An agreement, memorandum or listing of one acquiring and one host Party counts from the first"
    " day for which a line of the register is dated, whatever became of it later. A line that was"
    " put right counts with its correction."
)
ANEW = _("What is learnt later of an earlier day is counted for that day from the next night on.")
SERIES: Mapping[str, Series] = {
    one.key: one
    for one in (
        Series(
            key="agreements",
            title=_("Agreements in the register"),
            unit=AGREEMENTS,
            definition=(COUNTED_FROM, ANEW),
            source=REGISTER,
            page="agreements:register",
            spans=agreements.all_agreements,
        ),
        Series(
            key="agreements-by-acquiring-party",
            title=_("Agreements by acquiring Party"),
            unit=AGREEMENTS,
            definition=(
                _("The acquiring Party is the one that sources also call buyer."),
                COUNTED_FROM,
                ANEW,
            ),
            source=REGISTER,
            page="agreements:register",
            spans=agreements.by_acquiring,
            part=_("Acquiring Party"),
            names=_countries,
        ),
        Series(
            key="agreements-by-region",
            title=_("Agreements by region of the host Party"),
            unit=AGREEMENTS,
            definition=(
                _("The region is that of the host Party in the United Nations' standard M49."),
                COUNTED_FROM,
                ANEW,
            ),
            source=REGISTER,
            page="agreements:register",
            spans=agreements.by_region,
            part=_("Region"),
            names=_regions,
        ),
        Series(
            key="agreements-by-sector",
            title=_("Agreements by sector"),
            unit=AGREEMENTS,
            definition=(
                _(
                    "By the sectors in which a source shows an agreement at work. One in several"
                    " sectors counts in each, so that the parts are not added up. Since when it is"
                    " at work in a sector is not known: it counts there from its first line on."
                ),
                COUNTED_FROM,
                ANEW,
            ),
            source=REGISTER,
            page="agreements:register",
            spans=agreements.by_sector,
            part=_("Sector"),
            names=_sectors,
            overlaps=True,
        ),
        Series(
            key="members",
            title=_("Members of the partnership that are named here"),
            unit=_("members"),
            definition=(
                _(
                    "Countries and institutions of which a dated membership with its source was"
                    " entered on this site, from its first to its last day. Who is a member and"
                    " was not entered is not counted: what sources count stands apart."
                ),
                ANEW,
            ),
            source=_("The memberships on this site, each of which names its source."),
            page="site:members",
            spans=members.memberships,
            part=_("Kind"),
            names=_members,
        ),
        Series(
            key="documents",
            title=_("Documents in the library"),
            unit=_("documents"),
            definition=(
                _(
                    "Documents of which a version was published in the library when it was"
                    " counted, and which were not withdrawn. A document counts once, whatever"
                    " number of versions it has."
                ),
            ),
            source=_("The library of this site."),
            page="library:list",
            now=_documents,
            part=_("Kind"),
            names=_kinds,
        ),
        Series(
            key="people-trained",
            title=_("People trained"),
            unit=_("people"),
            definition=(
                _(
                    "People who held at least one certificate of a course of this site when it"
                    " was counted; each counts once. The country is that of the post which they"
                    " held on the day of their newest certificate."
                ),
                _(
                    "Fewer than 5 people are never told apart: countries with fewer than 5 are"
                    " counted together with those who had no country, and where these are fewer"
                    " than 5 together, the country with the next fewest joins them. A country that"
                    " is not named has fewer than 5, or joined them."
                ),
            ),
            source=_("The certificates that this site issued."),
            page="courses:catalogue",
            now=_people,
            part=_("Country"),
            names=_trained,
        ),
    )
}
