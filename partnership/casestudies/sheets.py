"""A proposal as one large form: shown as it was typed, checked when somebody asks for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnership.casestudies import judging
from partnership.casestudies import words as typing
from partnership.casestudies.desk_fields import (
    AboutForm,
    ChartRow,
    CountryRow,
    FigureRow,
    InstitutionRow,
    SourceRow,
)
from partnership.casestudies.lists import Lists
from partnership.casestudies.models import CaseChart, CaseCountry, CaseFigure, CaseSection
from partnership.casestudies.words import Words

ROW_FORMS: Mapping[str, type[forms.Form]] = {
    "countries": CountryRow,
    "institutions": InstitutionRow,
    "sources": SourceRow,
    "charts": ChartRow,
    "figures": FigureRow,
}
CHOOSE = ("", gettext_lazy("choose"))
NONE = ("", gettext_lazy("none"))


class Problem(NamedTuple):
    """What is wrong, and where: the field's id and label."""

    field: str
    label: str
    sentence: str


class Sheet:
    """The form of a proposal. Without `is_checked` it shows what was typed and finds no fault."""

    def __init__(self, words: Words, lists: Lists, *, of: Any = None, is_checked: bool = False):
        # `of` is the country or institution for which it is written, if there is one.
        self.words, self.lists, self.of, self.is_checked = words, lists, of, is_checked
        self.typed = typing.typed(words)
        self.about = self._form(AboutForm)
        self.rows = {kind: self._rows(kind) for kind in ROW_FORMS}
        # What is wrong with all rows of a kind together.
        self.faults: dict[str, str] = {}
        self._offer()

    def _form(self, kind: type[forms.Form], prefix: str | None = None) -> forms.Form:
        if self.is_checked:
            return kind(data=self.typed, prefix=prefix, use_required_attribute=False)
        start = f"{prefix}-" if prefix else ""
        names = kind.base_fields  # type: ignore[attr-defined]
        initial = {n: self.typed[start + n] for n in names if start + n in self.typed}
        return kind(initial=initial, prefix=prefix, use_required_attribute=False)

    def _rows(self, kind: str) -> list[forms.Form]:
        """Those with words, and some empty ones behind them; an empty one is never judged."""
        written = self.words.get(kind, [])
        _fields, most, more = typing.ROWS[kind]
        return [
            self._form(ROW_FORMS[kind], f"{kind}-{n}")
            if self._has_words(kind, n)
            else ROW_FORMS[kind](prefix=f"{kind}-{n}", use_required_attribute=False)
            for n in range(max(len(written), min(len(written) + more, most)))
        ]

    def _has_words(self, kind: str, n: int) -> bool:
        written = self.words.get(kind, [])
        return n < len(written) and not typing.is_empty(written[n])

    def written(self, kind: str) -> list[tuple[int, forms.Form]]:
        """The rows in which something is written, with their numbers."""
        rows = enumerate(self.rows[kind])
        return [(n + 1, form) for n, form in rows if self._has_words(kind, n)]

    def _offer(self) -> None:
        """Give each choice what there is to choose."""
        parts = CaseSection.Kind.choices
        sources = [(str(n), self._source_name(n)) for n, _form in self._numbered("sources")]
        charts = [(str(n), str(n)) for n, _form in self._numbered("charts")]
        offered: dict[str, dict[str, list[Any]]] = {
            "countries": {
                "country": [CHOOSE, *self.lists.countries],
                "part": CaseCountry.Part.choices,
            },
            "institutions": {"institution": [CHOOSE, *self.lists.institutions]},
            "sources": {"listed": [CHOOSE, *self.lists.sources]},
            "charts": {"section": parts, "kind": CaseChart.Kind.choices},
            "figures": {
                "section": parts,
                "scope": CaseFigure.Scope.choices,
                "source": [CHOOSE, *sources],
                "chart": [NONE, *charts],
            },
        }
        for kind, choices in offered.items():
            for row in self.rows[kind]:
                _choose(row, choices)
        agreements = [NONE, *self.lists.agreements]
        _choose(self.about, {"sector": [CHOOSE, *self.lists.sectors], "agreement": agreements})

    def _numbered(self, kind: str) -> Iterator[tuple[int, forms.Form]]:
        return enumerate(self.rows[kind], start=1)

    def _source_name(self, number: int) -> str:
        rows = self.words.get("sources", [])
        row = rows[number - 1] if number <= len(rows) else {}
        listed = self.lists.words.get(row.get("listed", ""), {})
        name = listed.get("title") or row.get("title") or _("still empty")
        return f"{number}. {name}"[:70]

    @cached_property
    def is_ready(self) -> bool:
        """Whether it can be handed in; only asked of one that is checked."""
        written = [form for kind in ROW_FORMS for _n, form in self.written(kind)]
        for form in (self.about, *written):
            form.full_clean()
        judging.check(self)
        return not self.faults and not any(form.errors for form in (self.about, *written))

    def problems(self) -> list[Problem]:
        """Every fault, in the order of the page."""
        if self.is_ready:
            return []
        found = list(_of_form(self.about))
        for kind in ROW_FORMS:
            if kind in self.faults:
                found.append(Problem(kind, str(judging.NAMES[kind]), self.faults[kind]))
            for n, form in self.written(kind):
                found += [
                    one._replace(label=f"{judging.ONE[kind]} {n}, {one.label}")
                    for one in _of_form(form)
                ]
        return found


def _choose(form: forms.Form, choices: Mapping[str, list[Any]]) -> None:
    for name, found in choices.items():
        form.fields[name].choices = found  # type: ignore[attr-defined]


def _of_form(form: forms.Form) -> Iterator[Problem]:
    for name, sentences in form.errors.items():
        field = form[name]
        for sentence in sentences:
            yield Problem(field.id_for_label, str(field.label), str(sentence))
