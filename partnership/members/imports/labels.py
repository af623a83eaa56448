"""Countries, institutions and sources by what sheets call them: exactly but for case."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.utils.translation import gettext as _

from partnership.lib.fields import fold
from partnership.members.imports.judging import CellWrong, Values
from partnership.members.models import Country, CountryAlias, Institution
from partnership.sources.models import Source

Found = dict[str, dict[Any, Any]]


class Labels:
    """All of them, read once for a batch: there are some hundreds."""

    def __init__(self, *, with_sources: bool = False):
        self.countries: Found = defaultdict(dict)
        self.institutions: Found = defaultdict(dict)
        self.sources: Found = defaultdict(dict)
        by_code = {country.pk: country for country in Country.objects.order_by()}
        # The same labels as `queries.match` takes.
        for code, country in by_code.items():
            for label in (code, country.iso2, country.name):
                self.countries[fold(label)][code] = country
        for code, label in CountryAlias.objects.order_by().values_list("country", "folded"):
            self.countries[label][code] = by_code[code]
        for row in Institution.objects.order_by().select_related("seat"):
            for label in filter(None, (row.name, row.slug, row.acronym)):
                self.institutions[fold(label)][row.pk] = row
        if with_sources:
            for source in Source.objects.order_by():
                for label in (source.slug, source.title):
                    self.sources[fold(label)][source.pk] = source

    def country(self, values: Values, name: str = "country") -> Country | None:
        text = values.get(name, "")
        found = list(self.countries.get(fold(text), {}).values()) if text else []
        if len(found) > 1:
            raise CellWrong(name, _may_be(text, found))
        if text and not found:
            raise CellWrong(name, _("No country is called “%s” here. Try its code.") % text[:80])
        return found[0] if found else None

    def institution(self, values: Values, name: str = "institution") -> Institution | None:
        text = values.get(name, "")
        found = list(self.institutions.get(fold(text), {}).values()) if text else []
        if len(found) > 1:
            raise CellWrong(name, _may_be(text, found))
        if text and not found:
            raise CellWrong(
                name, _("No institution is called “%s” here. Take it in first.") % text[:80]
            )
        return found[0] if found else None

    def member(self, values: Values, name: str = "member") -> Country | Institution:
        """A country or an institution, whichever has the name."""
        text = fold(values.get(name, ""))
        found = [
            *self.countries.get(text, {}).values(),
            *self.institutions.get(text, {}).values(),
        ]
        if not found:
            raise CellWrong(name, _("No country or institution is called “%s” here.") % text[:80])
        if len(found) > 1:
            raise CellWrong(name, _may_be(text, found))
        return found[0]

    def source(self, values: Values, *, is_needed: bool) -> Source | None:
        text = values.get("source", "")
        found = list(self.sources.get(fold(text), {}).values()) if text else []
        if text and len(found) != 1:
            raise CellWrong("source", _("No source is called “%s” here.") % text[:80])
        if is_needed and not found:
            raise CellWrong("source", _("Name the source in which this stands."))
        return found[0] if found else None


def _may_be(text: str, found: list[Any]) -> str:
    names = ", ".join(sorted(map(str, found)))
    return _("“%(text)s” may be %(names)s. Write the code.") % {"text": text[:80], "names": names}
