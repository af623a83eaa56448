"""For operators: is it alive, is it ready, what may robots read."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from courses.catalogue import queries as courses
from courses.catalogue.models import LearningPath
from partnership.agreements.cooperation.models import Approach, Authorization
from partnership.agreements.models import Agreement
from partnership.casestudies.models import CaseStudy
from partnership.information.models import Document
from partnership.lib import clock
from partnership.members.models import Country, Institution
from partnership.site import machines
from partnership.site.figures.series import SERIES

PAGES = (
    "site:home",
    "site:members",
    "agreements:register",
    "agreements:network",
    "agreements:growth",
    "agreements:approaches",
    "agreements:authorizations",
    "agreements:months",
    "casestudies:list",
    "library:list",
    "information:glossary",
    "feeds:news",
    "figures:list",
    "courses:catalogue",
    "courses:verify-form",
    "site:about",
    "api-docs",
)


@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """The process answers. Asks nothing of the database."""
    return JsonResponse({"status": "live"})


@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """The database answers and is migrated. Of other parts it is told whether all is well."""
    try:
        executor = MigrationExecutor(connection)
        behind = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        found = None if behind else machines.look(clock.now())
    except DatabaseError:
        return JsonResponse({"status": "no database"}, status=503)
    if found is None:
        return JsonResponse({"status": "migrations wait"}, status=503)
    waits: dict[str, Any] = {
        "jobs_waiting": found.jobs_waiting,
        "mails_waiting": found.mails_waiting,
    }
    waits["queues"] = {queue.name: queue.is_taken for queue in found.queues}
    return JsonResponse({"status": "ready", "parts": found.parts, **waits})


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page. Drafts are in no list, so they are not in this one."""
    paths = [reverse(name) for name in PAGES]
    paths += [reverse("figures:one", args=[key]) for key in SERIES]
    for rows in (
        Country.objects.only("iso3"),
        Institution.objects.only("slug"),
        Agreement.objects.on(clock.of(request).date()).only("slug"),
        Approach.objects.on(clock.of(request).date()).only("slug"),
        Authorization.objects.on(clock.of(request).date()).only("slug"),
        CaseStudy.objects.published().only("slug"),
        Document.objects.published().only("slug"),
        LearningPath.objects.only("slug"),
        courses.editions_to_find(),
        courses.lessons_to_find(),
    ):
        paths += [row.get_absolute_url() for row in rows]
    lines = "".join(f"<url><loc>{settings.SITE_ADDRESS}{path}</loc></url>" for path in paths)
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{lines}</urlset>'
    )
    return HttpResponse(body, content_type="application/xml; charset=utf-8")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    closed = "".join(f"Disallow: /{area}/\n" for area in ("account", "admin", "desk", "api"))
    text = f"User-agent: *\n{closed}Sitemap: {settings.SITE_ADDRESS}{reverse('site:sitemap')}\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
