from __future__ import annotations

import logging

import pytest
from django.core.exceptions import SuspiciousOperation
from django.http import HttpResponse
from django.test import RequestFactory

from partnership.lib.logs import request_id
from partnership.lib.middleware import Envelope, RefuseNul


def test_what_is_logged_during_a_request_carries_its_id():
    seen = []

    def view(request):
        seen.append(request_id.get())
        return HttpResponse()

    response = Envelope(view)(RequestFactory().get("/"))

    assert seen == [response["X-Request-ID"]]
    assert request_id.get() == "-"


def test_a_fault_leaves_no_id_behind():
    def view(request):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        Envelope(view)(RequestFactory().get("/"))

    assert request_id.get() == "-"


def test_a_request_is_one_line_in_the_log_without_what_was_asked(caplog):
    caplog.set_level(logging.INFO, "partnership.request")

    Envelope(lambda request: HttpResponse(status=204))(RequestFactory().get("/a/?q=secret"))

    (line,) = caplog.messages
    assert line.startswith("GET /a/ 204 ")
    assert line.endswith(" ms")


@pytest.mark.parametrize(
    ("path", "query", "is_refused"),
    [
        ("/a\0b/", "", True),
        ("/a/", "q=%00", True),
        ("/a/", "q=a%00b&c=d", True),
        ("/a/", "q=%2500", False),
        ("/a/", "q=%0", False),
    ],
)
def test_a_nul_is_refused_wherever_it_stands_in_an_address(path, query, is_refused):
    request = RequestFactory().get("/", QUERY_STRING=query)
    request.path_info = path

    if is_refused:
        with pytest.raises(SuspiciousOperation):
            RefuseNul(lambda request: HttpResponse())(request)
    else:
        assert RefuseNul(lambda request: HttpResponse())(request).status_code == 200
