"""A draft is looked at by its readers, checked, and published."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.authoring import previews, queries
from courses.authoring.review.queries import open_counts, plan_of, standing
from courses.authoring.services.publishing import effect, keeps_back, publish_draft
from courses.authoring.views.doors import about, draft_or_404
from courses.catalogue.models import Edition
from courses.catalogue.weights import page_kb
from courses.learning import pictures
from courses.quizzes.services import NotReady
from partnership.lib import clock


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    """What is lacking, what changes for whom, and the one button."""
    draft = draft_or_404(request, slug)
    if request.method == "POST":
        try:
            publish_draft(draft, by=request.user, at=clock.of(request))
        except NotReady as refusal:
            messages.error(request, str(refusal))
            return redirect("courses:draft-publish", slug)
        told = {"number": draft.number}
        messages.success(request, _("Edition %(number)s is published.") % told)
        return redirect("courses:desk-course", slug)
    found = queries.checked(draft)
    stands, plan = standing(draft), plan_of(draft)
    context = about(
        draft,
        blocking=keeps_back(draft, found),
        checked=found,
        effect=effect(draft),
        standing=stands,
        comments=sum(open_counts(draft).values()),
        plan=plan,
        is_changed=plan is not None and plan.fingerprint != stands.fingerprint,
    )
    return render(request, "courses/authoring/publish.html", context)


@require_safe
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """A link to the draft as its learners will see it, for whoever should read it first."""
    draft = draft_or_404(request, slug)
    at = clock.of(request)
    token = previews.link_of(draft, at)
    context = about(draft, token=token, until=at + previews.HOLDS)
    return render(request, "courses/authoring/preview.html", context)


@require_safe
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """The whole draft by its outline, for reading."""
    draft, opened = opened_draft(request, token)
    context = about(
        draft, token=token, opened=opened, chapters=queries.outline(draft, clock.of(request))
    )
    return hidden(render(request, "courses/authoring/shared.html", context))


@require_safe
def shared_lesson(request: HttpRequest, token: str, lesson: str) -> HttpResponse:
    """A lesson of it."""
    draft, opened = opened_draft(request, token)
    rows = list(draft.lessons.defer("text", "html").order_by("module__position", "position"))
    at = next((n for n, row in enumerate(rows) if row.slug == lesson), None)
    if at is None:
        raise Http404
    row = draft.lessons.select_related("module").get(pk=rows[at].pk)
    choice = pictures.choice(request)
    context = about(
        draft,
        token=token,
        opened=opened,
        lesson=row,
        kb=page_kb(len(row.html)),
        text=previews.under_its_link(
            previews.shown("", html=row.html, language=draft.language, choice=choice), token
        ),
        before=rows[at - 1] if at else None,
        after=rows[at + 1] if at + 1 < len(rows) else None,
    )
    return hidden(render(request, "courses/authoring/shared_lesson.html", context))


def opened_draft(request: HttpRequest, token: str) -> tuple[Edition, Any]:
    """What the link opens while it is a draft: once published, the course is there for all."""
    opened = previews.opened(token, clock.of(request))
    rows = Edition.objects.filter(published_at__isnull=True).select_related("course__area")
    draft = rows.filter(pk=opened.edition).first() if opened else None
    if draft is None:
        raise Http404
    return draft, opened


def hidden(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response
