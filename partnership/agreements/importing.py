"""A list of agreements that another source keeps, taken in as what that source says.

A pair that is known gains a line by that source; one that is not becomes an agreement. Nothing of
it is confirmed: nobody here has compared it with a document. What disagrees stands side by side.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnership.agreements.models import Agreement, AgreementStage
from partnership.agreements.queries import search_entries
from partnership.agreements.words import INSTRUMENTS, KIND_OF, STAGES
from partnership.lib.dating import Precision, read_day
from partnership.lib.fields import fold
from partnership.lib.forms import is_web
from partnership.lib.text.slugs import free_slug
from partnership.members.imports import kinds
from partnership.members.imports.columns import Field
from partnership.members.imports.judging import CellWrong, Effect, Judged, Scope, Values, day, short
from partnership.members.imports.labels import Labels
from partnership.search import services as search
from partnership.sources.models import Source

NOT_STATED = "not_stated"
FIELDS = (
    Field(
        "acquiring",
        gettext_lazy("Acquiring Party"),
        is_needed=True,
        also=("buyer", "acquirer", "acquiring", "buying country", "buyer country"),
    ),
    Field(
        "host",
        gettext_lazy("Host Party"),
        is_needed=True,
        also=("seller", "host", "host country", "selling country", "seller country"),
    ),
    Field(
        "source",
        gettext_lazy("Source"),
        gettext_lazy("Its title or its slug. A title that is not known becomes a source."),
        is_needed=True,
        also=("database", "list", "named in", "source name"),
    ),
    Field("source_address", gettext_lazy("Address of the source"), also=("url", "link", "address")),
    Field(
        "read_on",
        gettext_lazy("Read on"),
        gettext_lazy("The day of the list, as 2026-05-27."),
        is_needed=True,
        also=("as of", "accessed", "accessed on", "retrieved", "date read"),
    ),
    Field("instrument", gettext_lazy("Instrument"), also=("type", "document", "agreement type")),
    Field("status", gettext_lazy("Stage"), also=("status", "state")),
    Field(
        "on",
        gettext_lazy("Date of the stage"),
        gettext_lazy("As far as it is known: 2024-05-27, 2024-05 or 2024."),
        also=("date", "signed on", "date signed", "signature date"),
    ),
    Field("note", gettext_lazy("Note"), also=("remark", "comment", "notes")),
)


def judge(rows: list[Values], scope: Scope) -> list[Judged]:
    """A row is known by its pair, its source, its stage and its day."""
    known = _Known(scope.at.date())
    return [_judged(values, known) for values in rows]


class _Known:
    """The register and its sources, read once for a batch, with what the batch would add."""

    def __init__(self, today: date):
        self.today, self.labels = today, Labels(with_sources=True)
        self.sources = {row.address: row for row in Source.objects.exclude(address="").order_by()}
        self.slugs = {row.slug for found in self.labels.sources.values() for row in found.values()}
        self.pairs: dict[tuple[str, str], list[Any]] = defaultdict(list)
        for agreement in Agreement.objects.order_by("series"):
            self.pairs[agreement.acquiring_id, agreement.host_id].append(agreement)
        self.lines: dict[tuple[str, str], list[AgreementStage]] = defaultdict(list)
        said = AgreementStage.objects.select_related("agreement", "source").order_by("on", "pk")
        for line in said:
            of = line.agreement
            self.lines[of.acquiring_id, of.host_id].append(line)


def _judged(values: Values, known: _Known) -> Judged:
    judged = Judged()
    acquiring = judged.read(_party, values, "acquiring", known)
    host = judged.read(_party, values, "host", known)
    read_on = judged.read(_read_on, values, known.today)
    stage = judged.read(_word, values, "status", STAGES)
    instrument = judged.read(_instrument, values)
    on = judged.read(_on, values, known.today)
    note = judged.read(short, values, "note", 5_000)
    source = judged.read(_source, values, known, read_on)
    judged.read(_refuse_one, acquiring, host)
    if judged.problems or read_on is None or source is None:
        return judged
    when = (*on, False) if on else (read_on, Precision.DAY, True)
    line = AgreementStage(source=source, note=note or "")
    line.stage, line.instrument = stage or NOT_STATED, instrument or NOT_STATED
    line.on, line.precision, line.is_report_date = when
    line.kind = KIND_OF.get(line.instrument, NOT_STATED)
    line.acquiring_label, line.host_label = values["acquiring"][:80], values["host"][:80]
    judged.about = f"{acquiring.pk}-{host.pk} {line.handle}"  # type: ignore[union-attr]
    return _placed(judged, line, (acquiring, host), known)


def _placed(judged: Judged, line: AgreementStage, pair: tuple[Any, Any], known: _Known) -> Judged:
    """The line beside those of its pair: known already, in the way of another, or new."""
    key = (pair[0].pk, pair[1].pk)
    agreements, said = known.pairs[key], known.lines[key]
    if len(agreements) > 1:
        text = _("This pair has several agreements. Add the line to the right one on the desk.")
        judged.problems.append(("", text))
        return judged
    twins = [row for row in said if row.source == line.source and row.handle == line.handle]
    if any(row.instrument == line.instrument or row.corrected_at for row in twins):
        return judged
    if twins:
        text = _("This source says so with another instrument already: put that line right.")
        judged.problems.append(("instrument", text))
        return judged
    noticed = _noticed(line, [row for row in said if row.corrected_at is None])
    if not agreements:
        slug = Agreement.slug_of(*key, 1)
        agreements.append(Agreement(acquiring=pair[0], host=pair[1], slug=slug))
    # Each row makes what it leans on: another that would make it too may be left out.
    if agreements[0].pk is None:
        judged.effects.append(Effect(agreements[0]))
        noticed.append(_("The pair is not in the register yet: it is added, unconfirmed."))
    if line.source is not None and line.source.pk is None:
        judged.effects.append(Effect(line.source))
        noticed.append(_("The source is not known yet: it is added."))
    line.agreement = agreements[0]
    if noticed:
        judged.changes["noticed"] = ["", " ".join(noticed)]
    return judged.make(line)


def _noticed(line: AgreementStage, said: list[AgreementStage]) -> list[str]:
    """Where the register says something else. Both will be shown."""
    days = {
        row.on_text
        for row in said
        if row.stage == line.stage != NOT_STATED
        and not (row.is_report_date or line.is_report_date)
        and (row.on, row.precision) != (line.on, line.precision)
    }
    forms = {
        str(row.get_instrument_display())
        for row in said
        if NOT_STATED not in (row.instrument, line.instrument) and row.instrument != line.instrument
    }
    found = []
    if days:
        told = {"stage": line.get_stage_display(), "days": ", ".join(sorted(days))}
        found.append(_("The register has “%(stage)s” of %(days)s; both will be shown.") % told)
    if forms:
        told = {"forms": ", ".join(sorted(forms))}
        found.append(_("The register names another instrument: %(forms)s.") % told)
    return found


def _party(values: Values, name: str, known: _Known) -> Any:
    found = known.labels.country(values, name)
    if found is None:
        raise CellWrong(name, _("Name the Party."))
    return found


def _refuse_one(acquiring: Any, host: Any) -> None:
    if acquiring is not None and acquiring == host:
        raise CellWrong("host", _("An agreement is between two Parties."))


def _read_on(values: Values, today: date) -> date:
    found = day(values, "read_on")
    if found is None:
        raise CellWrong("read_on", _("Write the day on which the list was read."))
    if found > today:
        raise CellWrong("read_on", _("This day is still to come."))
    return found


def _on(values: Values, today: date) -> tuple[date, str] | None:
    """The day of the stage, as far as it is known."""
    text = values.get("on", "")
    if not text:
        return None
    try:
        on, precision = read_day(text)
    except ValueError:
        on, precision = day(values, "on") or today, Precision.DAY
    if on > today and precision == Precision.DAY:
        raise CellWrong("on", _("This day is still to come."))
    return on, precision


def _word(values: Values, name: str, words: dict[str, str]) -> str:
    text = fold(values.get(name, ""))
    if text in words:
        return words[text]
    known = ", ".join(sorted({word for word in words if word}))
    raise CellWrong(
        name,
        _("“%(text)s” is not known. Write one of: %(known)s.") % {"text": text, "known": known},
    )


def _instrument(values: Values) -> str:
    return _word(values, "instrument", INSTRUMENTS)


def _source(values: Values, known: _Known, read_on: date | None) -> Source | None:
    """The source by its slug, title or address; else a new one of that title."""
    text, address = values.get("source", ""), values.get("source_address", "")
    found = list(known.labels.sources.get(fold(text), {}).values())
    if len(found) > 1:
        raise CellWrong("source", _("Several sources have this title. Write the slug."))
    if found:
        return found[0]
    if address in known.sources:
        return known.sources[address]
    if not text:
        raise CellWrong("source", _("Name the source in which this stands."))
    _refuse_no_address(address)
    slug = free_slug(text, known.slugs, instead="source", longest=56)
    row = Source(slug=slug, title=text[:300], address=address, accessed_on=read_on)
    row.kind = Source.Kind.DATABASE
    # Later rows of the same list have the same one.
    known.slugs.add(slug)
    known.labels.sources[fold(text)][slug] = row
    return row


def _refuse_no_address(address: str) -> None:
    try:
        if address:
            is_web(address)
    except ValidationError:
        raise CellWrong("source_address", _("This is no address of a page.")) from None


def _search() -> None:
    search.replace("agreement", search_entries())


kinds.add(
    "agreements",
    judge=judge,
    fields=FIELDS,
    tables=(Source, Agreement, AgreementStage),
    after=_search,
)
