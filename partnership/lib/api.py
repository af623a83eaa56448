"""The API's one error shape, its sign-in and its formats."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from rest_framework import authentication, exceptions, parsers, renderers, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from partnership.lib.bodies import read_object, refuse_unknown_parts
from partnership.lib.errors import BadQuery, Refusal

KEY = re.compile(r"[!-~]{1,64}\Z")


def is_api(request: HttpRequest) -> bool:
    """Whether errors are to be told as JSON: under the API, and to scripts of our own pages."""
    asked = (request.content_type, request.headers.get("Accept"))
    return request.path.startswith("/api/") or "application/json" in asked


class SessionAuthentication(authentication.SessionAuthentication):
    """The site's own sign-in. Naming a scheme makes an anonymous call a 401 instead of a 403."""

    def authenticate_header(self, request: Request) -> str:
        return "Session"


class TokenAuthentication(authentication.BaseAuthentication):
    """A program that the door has recognised by its token. Nothing of a browser plays a part."""

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        asked = request._request
        token = getattr(asked, "token", None)
        is_somebody = token is not None and asked.user.is_authenticated
        return (asked.user, token) if is_somebody else None

    def authenticate_header(self, request: Request) -> str:
        return "Session"


class Number(serializers.FloatField):
    """A number as JSON and sheets have numbers: 1618 and 7.24, where columns say 1618.0000."""

    def to_representation(self, value: Any) -> int | float:
        return int(value) if value == int(value) else float(value)


class JSONParser(parsers.JSONParser):
    """Reads a body as strictly as everywhere on the site."""

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        return read_object(parser_context["request"]._request.body)


class Text(serializers.CharField):
    """A text that was sent as one: 7 and true are none."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class Whole(serializers.IntegerField):
    """A whole number that was sent as one: "7", 7.0 and true are none."""

    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, bool) or not isinstance(data, int):
            self.fail("invalid")
        return super().to_internal_value(data)


class Body(serializers.Serializer[Any]):
    """What is sent to an address: the parts that it names, and no others."""

    def to_internal_value(self, data: Any) -> Any:
        refuse_unknown_parts(data, set(self.fields))
        return super().to_internal_value(data)


def sent(request: Request, body: type[Body]) -> dict[str, Any]:
    """The parts of a body, checked; else the 400 that names those that cannot be used."""
    form = body(data=request.data)
    form.is_valid(raise_exception=True)
    return form.validated_data


def idempotency_key(request: Request, *, is_needed: bool = False) -> str:
    """The sender's own key of a change: sent again with it, the change is the same one."""
    key = request.headers.get("Idempotency-Key", "")
    if not KEY.match(key) and (key or is_needed):
        raise BadQuery({"Idempotency-Key": [_("A key has 1 to 64 signs without spaces.")]})
    return key


class _SheetRenderer(renderers.BaseRenderer):
    """Lets a caller ask for a format; the rows are streamed by `lists.ListViewSet`."""

    charset = None

    def render(self, data: Any, *args: Any, **kwargs: Any) -> bytes:
        # Only errors come this way: said in the API's one shape, whatever format was asked for.
        return renderers.JSONRenderer().render(data)


class CSVRenderer(_SheetRenderer):
    media_type, format = "text/csv", "csv"
    content_type = "text/csv; charset=utf-8"


class XLSXRenderer(_SheetRenderer):
    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    content_type, format = media_type, "xlsx"


def problem(code: str, detail: str, fields: dict[str, Any] | None = None) -> dict[str, Any]:
    """Every error of the API: what kind, a sentence, and which fields."""
    return {"code": code, "detail": detail, "fields": fields or {}}


def handle_exception(error: Exception, context: dict[str, Any]) -> Response | None:
    """Turn refusals and errors into that shape. What is none of these stays a 500."""
    match error:
        case Refusal():
            return _answer(409, problem(error.code, str(error)))
        case BadQuery():
            return _answer(400, problem("bad_query", str(error), error.problems))
        case Http404():
            return _answer(404, problem("not_found", "There is no such thing here."))
        case PermissionDenied():
            return _answer(403, problem("forbidden", "This is not for your role."))
        case exceptions.APIException():
            return _own(error)
    return None


def _own(error: exceptions.APIException) -> Response:
    """What REST framework itself found wrong."""
    if isinstance(error, exceptions.ValidationError):
        fields = error.detail if isinstance(error.detail, dict) else {"": error.detail}
        return _answer(400, problem("invalid", "Some values cannot be used.", fields))
    sign_in = getattr(error, "auth_header", None)
    headers = {"WWW-Authenticate": sign_in} if sign_in else {}
    if wait := getattr(error, "wait", None):
        headers["Retry-After"] = str(int(wait))
    body = problem(str(error.get_codes()), str(error.detail))
    return _answer(error.status_code, body, headers)


def _answer(status: int, body: dict[str, Any], headers: dict[str, str] | None = None) -> Response:
    """JSON, also to somebody who asked for a sheet."""
    return Response(body, status, headers=headers, content_type="application/json")
