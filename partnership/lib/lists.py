"""Lists: those of the API in pages of JSON, and all of them whole as CSV and XLSX."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, StreamingHttpResponse
from rest_framework import viewsets
from rest_framework.fields import DateField
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request

from partnership.lib import clock, licence, sheets
from partnership.lib.api import CSVRenderer, XLSXRenderer
from partnership.lib.errors import BadQuery
from partnership.lib.forms import cleaned_or_refuse, refuse_unknown

# Understood by every list, beside the filters it names itself.
COMMON = frozenset({"format", "cursor", "page_size"})


class ListViewSet(viewsets.ReadOnlyModelViewSet):
    """A list and its rows. Its form names and cleans the filters; anything else is refused."""

    filter_form: type[Form] = Form
    renderer_classes = (JSONRenderer, CSVRenderer, XLSXRenderer)
    # Whether it is ours to give away: what is given names its licence and its day.
    is_dataset = False

    def get_renderers(self) -> list[BaseRenderer]:
        """A sheet holds a list; one row is JSON only."""
        renderers = super().get_renderers()
        return renderers if self.action == "list" else renderers[:1]

    def wanted(self) -> dict[str, Any]:
        """The filters that were asked for."""
        return cleaned_or_refuse(self.filter_form(self.request.query_params))

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Rows with equal sort keys have an order too: pages and sheets need a total one."""
        return queryset.order_by(*queryset.query.order_by, self.lookup_field)

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        refuse_unknown(request.query_params, COMMON.union(self.filter_form.base_fields))
        if request.accepted_renderer.format in ("csv", "xlsx"):
            return self._sheet(request)
        return super().list(request, *args, **kwargs)

    def finalize_response(self, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(*args, **kwargs)
        if self.is_dataset and licence.address():
            response["Link"] = f'<{licence.address()}>; rel="license"'
        return response

    def _sheet(self, request: Request) -> StreamingHttpResponse:
        serializer: Any = self.get_serializer()
        columns = list(serializer.fields)
        said = self._said(request)
        rows = self.filter_queryset(self.get_queryset())
        sheets.refuse_too_many(rows.count())
        _keep_days(serializer)

        def flat() -> Iterator[list[Any]]:
            for row in rows.iterator(chunk_size=500):
                shown = serializer.to_representation(row)
                yield [*(_flat(shown[column]) for column in columns), *said.values()]

        renderer: Any = request.accepted_renderer
        return _file(self.basename, renderer.format, [*columns, *said], flat())

    def _said(self, request: Request) -> dict[str, Any]:
        """What each line of a file says, since a file that was passed on has no headers."""
        if not self.is_dataset:
            return {}
        return {"data_licence": licence.rights(), "taken_on": clock.of(request._request).date()}


def sheet(
    request: HttpRequest, name: str, columns: list[str], rows: Iterable[list[Any]]
) -> StreamingHttpResponse:
    """A list of a page as a file of the format that the address names."""
    wanted = request.GET.get("format", "csv")
    if wanted not in ("csv", "xlsx"):
        raise BadQuery({"format": ["A list is taken away as csv or xlsx."]})
    return _file(name, wanted, columns, rows)


def _file(
    name: str, wanted: str, columns: list[str], rows: Iterable[list[Any]]
) -> StreamingHttpResponse:
    is_csv = wanted == "csv"
    content = sheets.write_csv(columns, rows) if is_csv else sheets.write_xlsx(name, columns, rows)
    kind = (CSVRenderer if is_csv else XLSXRenderer).content_type
    response = StreamingHttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}.{wanted}"'
    return response


def _keep_days(serializer: Any) -> None:
    """JSON has no days; a sheet has, and can sort by them."""
    for field in serializer.fields.values():
        if isinstance(field, DateField):
            field.format = None


def _flat(value: Any) -> Any:
    """A cell holds one value: lists are written with semicolons, parts as `key: value`."""
    if isinstance(value, list):
        return "; ".join(str(_flat(part)) for part in value)
    if isinstance(value, dict):
        told = {key: _flat(part) for key, part in value.items() if part not in (None, "", [], {})}
        return ", ".join(f"{key}: {part}" for key, part in told.items())
    return value
