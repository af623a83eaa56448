"""Signed badges: the holder's file, and what whoever checks one needs of us."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from courses.learning import badges, checking, codes
from courses.learning.models import Certificate
from courses.learning.services.certificates import ISSUER
from partnership.lib import clock

JWT = "application/vc+jwt"
# A key stays what it is; a certificate may be withdrawn in the next minute.
KEYS_LAST, STATUS_LASTS = 3600, 60


@never_cache
@require_safe
def badge(request: HttpRequest, code: str) -> HttpResponse:
    """The file of one's own certificate. A hidden name is in it only where its holder asks."""
    rows = Certificate.objects.of(request.user).select_related("edition__course")
    found = get_object_or_404(rows, code=codes.parse_code(code))
    shows_name = checking.shows_name(found, request.GET.get("name"))
    name = f"{found.course_code}-{found.shown_code}.jwt"
    return HttpResponse(
        badges.badge(found, shows_name=shows_name),
        content_type=JWT,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_safe
def issuer(request: HttpRequest) -> HttpResponse:
    """Who signs badges."""
    told = {"@context": [badges.CREDENTIALS, badges.BADGES], **badges.issuer(ISSUER)}
    return _for_all(JsonResponse(told), KEYS_LAST)


@require_safe
def key_set(request: HttpRequest) -> HttpResponse:
    """Every key that signs or signed, as a JWK set."""
    return _for_all(JsonResponse({"keys": badges.all_published()}), KEYS_LAST)


@require_safe
def key(request: HttpRequest, fingerprint: str) -> HttpResponse:
    """The one key that a badge names."""
    found = badges.published(fingerprint)
    if found is None:
        raise Http404
    return _for_all(JsonResponse(found), KEYS_LAST)


@require_safe
def status(request: HttpRequest, number: int) -> HttpResponse:
    """Which certificates stand no more, without saying whose they are."""
    if not Certificate.objects.filter(pk__gte=number * badges.LENGTH).exists():
        raise Http404
    told = badges.status_list(number, at=clock.of(request))
    return _for_all(HttpResponse(told, content_type=JWT), STATUS_LASTS)


def _for_all(response: HttpResponse, seconds: int) -> HttpResponse:
    """Pages of other sites check badges too: nothing here is anybody's own."""
    response["Access-Control-Allow-Origin"] = "*"
    patch_cache_control(response, public=True, max_age=seconds)
    return response
