"""The API's documentation, written by the server from the schema itself."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

from partnership.lib import languages


@cache
def kept(language: str) -> dict[str, Any]:
    """The schema in the language that is active."""
    return SchemaGenerator().get_schema(public=True)


class KeptSchema(SchemaGenerator):
    """The schema changes with the code alone: it is made once for each language."""

    def get_schema(self, request: Any = None, public: bool = False) -> Any:
        # An address may name any language: only ours are kept.
        language = languages.offered(get_language())
        if public and language and not self.api_version:
            return kept(language)
        return super().get_schema(request, public)


@require_safe
def documentation(request: HttpRequest) -> HttpResponse:
    """Every address of the API with its parameters and the fields it answers."""
    schema = KeptSchema().get_schema(public=True)
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
            "body": _parts(schema, _sent(operation)),
            "answer": _parts(schema, _told(schema, operation)),
        }
        for path, methods in sorted(schema["paths"].items())
        for method, operation in methods.items()
    ]


def _sent(operation: dict[str, Any]) -> dict[str, Any]:
    return _json(operation.get("requestBody", {}))


def _told(schema: dict[str, Any], operation: dict[str, Any]) -> dict[str, Any]:
    """What an answer holds; of a page of rows, a row."""
    found = _json(operation.get("responses", {}).get("200", {}))
    fields = _resolved(schema, found).get("properties", {})
    return fields["results"] if "next" in fields else found


def _json(message: dict[str, Any]) -> dict[str, Any]:
    return message.get("content", {}).get("application/json", {}).get("schema", {})


def _parts(schema: dict[str, Any], part: dict[str, Any], name: str = "") -> list[dict[str, Any]]:
    """An object and those inside it, each by its path, with what is said of it and its fields."""
    found = _resolved(schema, part)
    fields = found.get("properties", {})
    inner = [
        one
        for field, value in fields.items()
        for one in _parts(schema, value, f"{name}.{field}".lstrip("."))
    ]
    # Every second piece stood between backticks.
    text = found.get("description", "").split("`")
    own = {"name": name, "text": text, "fields": list(fields)}
    return [own, *inner] if fields else []


def _resolved(schema: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    """The object that a part names: itself, one of a list, or one that may also be null."""
    part = part.get("items", part)
    for choice in (part, *part.get("allOf", []), *part.get("oneOf", [])):
        if reference := choice.get("$ref"):
            return schema["components"]["schemas"][reference.rpartition("/")[2]]
    return part
