from __future__ import annotations

import json
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import RequestFactory
from rest_framework import exceptions

from partnership.lib.api import Number, handle_exception, is_api
from partnership.lib.errors import BadQuery, Refusal
from partnership.lib.lists import _flat


class NotToday(Refusal):
    code = "not_today"


@pytest.mark.parametrize(
    ("error", "status", "code", "fields"),
    [
        (NotToday("Come back tomorrow."), 409, "not_today", {}),
        (BadQuery({"page": ["No such page."]}), 400, "bad_query", {"page": ["No such page."]}),
        (Http404("a secret"), 404, "not_found", {}),
        (PermissionDenied("a secret"), 403, "forbidden", {}),
        (
            exceptions.ValidationError({"name": ["Too long."]}),
            400,
            "invalid",
            {"name": ["Too long."]},
        ),
        (exceptions.ValidationError("Too long."), 400, "invalid", {"": ["Too long."]}),
        (exceptions.MethodNotAllowed("POST"), 405, "method_not_allowed", {}),
        (exceptions.NotAcceptable(), 406, "not_acceptable", {}),
        (exceptions.ParseError(), 400, "parse_error", {}),
        (exceptions.Throttled(), 429, "throttled", {}),
    ],
)
def test_every_error_has_one_shape(error, status, code, fields):
    response = handle_exception(error, {})

    assert response is not None
    assert (response.status_code, response.content_type) == (status, "application/json")
    assert set(response.data) == {"code", "detail", "fields"}
    assert (response.data["code"], response.data["fields"]) == (code, fields)
    assert response.data["detail"].endswith(".")
    assert "secret" not in json.dumps(response.data)


def test_a_fault_stays_a_fault():
    assert handle_exception(RuntimeError("broken"), {}) is None


@pytest.mark.parametrize(("path", "expected"), [("/api/v1/x/", True), ("/apiary/", False)])
def test_only_the_api_is_told_of_errors_as_json(path, expected):
    assert is_api(RequestFactory().get(path)) is expected


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("1618.0000", "1618"),
        ("7.2400", "7.24"),
        ("-0.5000", "-0.5"),
        ("250000000000.0000", "250000000000"),
    ],
)
def test_a_number_is_written_without_idle_zeros(column, text):
    assert json.dumps(Number().to_representation(Decimal(column))) == text


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (["a", "b"], "a; b"),
        ([], ""),
        ({"en": "Laos", "fr": ""}, "en: Laos"),
        ([{"iso3": "VNM", "part": "host"}], "iso3: VNM, part: host"),
        ({"value": 0, "is_ours": False, "unit": None}, "value: 0, is_ours: False"),
        (7, 7),
    ],
)
def test_a_cell_holds_one_value(value, cell):
    assert _flat(value) == cell
