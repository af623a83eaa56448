"""The API's documentation, written by the server from the schema itself."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

AROUND_ROWS = ("next", "previous", "results")


@require_safe
def documentation(request: HttpRequest) -> HttpResponse:
    """Every address of the API with its parameters and the fields it answers."""
    schema = SchemaGenerator().get_schema(public=True)
    context = {"info": schema["info"], "operations": operations(schema)}
    return render(request, "site/api_docs.html", context)


def operations(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """The schema's operations in the order of their addresses, with what a reader needs."""
    return [
        {
            "method": method.upper(),
            "path": path,
            "text": operation.get("description", ""),
            "parameters": operation.get("parameters", []),
            "fields": _fields(schema, operation),
        }
        for path, methods in sorted(schema["paths"].items())
        for method, operation in methods.items()
    ]


def _fields(schema: dict[str, Any], operation: dict[str, Any]) -> list[str]:
    """What an answer holds; of a page of rows, what a row holds."""
    content = operation.get("responses", {}).get("200", {}).get("content", {})
    found = _resolved(schema, content.get("application/json", {}).get("schema", {}))
    names = [name for name in found.get("properties", {}) if name not in AROUND_ROWS]
    row = found.get("properties", {}).get("results", {}).get("items", {})
    return names + list(_resolved(schema, row).get("properties", {}))


def _resolved(schema: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    reference = part.get("$ref")
    return schema["components"]["schemas"][reference.rpartition("/")[2]] if reference else part
