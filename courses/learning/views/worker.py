"""The service worker: it must come from the root to look after pages everywhere."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    response = render(request, "courses/learning/sw.js", content_type="text/javascript")
    response["Cache-Control"] = "no-cache"
    return response
