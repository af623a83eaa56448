"""All that is held of one person in one file: to read, and as JSON and CSV."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from tempfile import TemporaryFile
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from partnership.accounts.models import DataExport
from partnership.accounts.personal import traces_of
from partnership.lib.personal import Holding, Part, Traces
from partnership.lib.sheets import write_csv
from partnership.site.mydata.limits import LIMITS
from partnership.site.mydata.registry import holdings, parts


@dataclass(frozen=True)
class Sheet:
    """The rows of one table, under the name of the table."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]

    def as_dicts(self) -> list[dict[str, Any]]:
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def sheets(part: Part, who: Traces) -> Iterator[Sheet]:
    """One query for each table."""
    for held in holdings(part.key):
        if (own := held.of(who)) is not None:
            yield _sheet(held, own)


def _sheet(held: Holding, own: Any) -> Sheet:
    meta = held.table._meta
    rows = held.table._base_manager.filter(own).order_by("pk").values_list(*held.told)
    title = str(meta.verbose_name_plural)
    return Sheet(meta.model_name or "", title, held.told, list(rows.distinct()))


def make(export: DataExport, *, at: datetime) -> None:
    """Write the file and call it ready. Run again it writes the same file anew."""
    person = export.person
    with TemporaryFile() as file:
        with translation.override(person.language or None):
            _write(file, traces_of(person, at), at)
        size = file.tell()
        file.seek(0)
        default_storage.delete(export.key)
        default_storage.save(export.key, File(file))
    made = DataExport.objects.filter(pk=export.pk, ready_at__isnull=True)
    if not made.update(ready_at=at, size=size) and not _is_there(export):
        # Erased or forgotten meanwhile: the file would be nobody's.
        default_storage.delete(export.key)


def _is_there(export: DataExport) -> bool:
    return DataExport.objects.filter(pk=export.pk).exists()


def _write(file: IO[bytes], who: Traces, at: datetime) -> None:
    told: list[tuple[Part, list[Sheet]]] = []
    with transaction.atomic():
        told = [(part, list(sheets(part, who))) for part in parts()]
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for part, found in told:
            data = {one.name: one.as_dicts() for one in found}
            text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
            archive.writestr(f"{part.key}.json", text)
            for one in found:
                archive.writestr(f"{part.key}/{one.name}.csv", b"".join(_as_csv(one)))
        context = {"parts": told, "limits": LIMITS, "at": at}
        archive.writestr("index.html", render_to_string("account/data/file.html", context))


def _as_csv(sheet: Sheet) -> Iterator[bytes]:
    rows = ([_cell(value) for value in row] for row in sheet.rows)
    return write_csv(sheet.columns, rows)


def _cell(value: Any) -> Any:
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return "" if value is None else str(value)
