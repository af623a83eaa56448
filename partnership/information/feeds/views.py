"""The desk of feeds and their queue, and the page of news that everybody reads."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from partnership.information.alerts import queries as alerts
from partnership.information.feeds import faults, queries, services
from partnership.information.feeds.forms import FeedForm, FeedsFilter, NewsFilter, QueueFilter
from partnership.information.models import Alert, Feed, Item
from partnership.lib import clock
from partnership.lib.chips import chips
from partnership.lib.errors import Refusal
from partnership.lib.forms import cleaned_or_refuse, saved
from partnership.lib.paging import page_of

SIZE = 50
ACTS = {"pause": services.pause, "resume": services.resume, "now": services.ask_now}


@require_safe
def feeds(request: HttpRequest) -> HttpResponse:
    form = FeedsFilter(request.GET)
    page = page_of(queries.feeds(cleaned_or_refuse(form)), request, size=SIZE)
    for row in page.object_list:
        row.fault = faults.sentence_of(row.error) if row.error else ""
    context = {"form": form, "chips": chips(form, request.GET), "page": page}
    return render(request, "information/desk/feeds.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    form = FeedForm(request.POST if request.method == "POST" else None)
    made: list[Feed] = []

    def write() -> None:
        made.append(services.add_feed(form.cleaned_data, by=request.user, at=clock.of(request)))

    if form.is_valid() and saved(request, form, write):
        return redirect("feeds:one", made[0].slug)
    return render(request, "information/desk/feed.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, slug: str) -> HttpResponse:
    """A feed: how it behaves, its words, and what can be done with it."""
    row = get_object_or_404(Feed.objects.select_related("keeper"), slug=slug)
    do = request.POST.get("do", "")
    if do in ACTS:
        return _acted(request, row, do)
    known = {name: getattr(row, name) for name in FeedForm.base_fields}
    form = FeedForm(request.POST if request.method == "POST" else None, initial=known)

    def write() -> None:
        services.change_feed(row, form.cleaned_data, by=request.user, at=clock.of(request))

    if form.is_valid() and saved(request, form, write):
        return redirect("feeds:one", row.slug)
    counted = queries.feeds({"q": "", "health": ""}).get(pk=row.pk)
    row.fault = faults.sentence_of(row.error) if row.error else ""
    return render(
        request, "information/desk/feed.html", {"form": form, "feed": row, "counted": counted}
    )


def _acted(request: HttpRequest, row: Feed, do: str) -> HttpResponse:
    told = {
        "pause": _("The feed is paused."),
        "resume": _("The feed runs again, and is in your hands. It is asked now."),
        "now": _("The feed is asked now: look again in a minute."),
    }
    try:
        ACTS[do](row, by=request.user, at=clock.of(request))
        messages.success(request, told[do])
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("feeds:one", row.slug)


@require_http_methods(["GET", "HEAD", "POST"])
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for a person, and what was decided, which can be put back."""
    form = QueueFilter(request.GET)
    wanted = cleaned_or_refuse(form)
    if request.method == "POST":
        return _decided(request, wanted["state"] or Item.State.NEW)
    page = page_of(queries.queue(wanted), request, size=SIZE)
    context = {"form": form, "chips": chips(form, request.GET), "page": page}
    context["state"] = wanted["state"] or Item.State.NEW
    return render(request, "information/desk/queue.html", context)


def _decided(request: HttpRequest, seen: str) -> HttpResponse:
    """Each button names its state and the item; the page stays the one that was looked at."""
    chosen = [(state, text) for state in Item.State.values for text in request.POST.getlist(state)]
    done = 0
    for state, text in chosen[:SIZE]:
        try:
            uuid = UUID(text)
            services.decide(uuid, state, seen=seen, by=request.user, at=clock.of(request))
            done += 1
        except ValueError:
            continue
        except Refusal as refusal:
            messages.error(request, str(refusal))
    if done:
        told = ngettext("%(count)s item decided.", "%(count)s items decided.", done)
        messages.success(request, told % {"count": done})
    query = request.GET.copy()
    query.pop("page", None)
    return redirect(reverse("feeds:queue") + (f"?{query.urlencode()}" if query else ""))


@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """What was accepted, the newest first."""
    form = NewsFilter(request.GET)
    wanted = cleaned_or_refuse(form)
    page = page_of(queries.news(wanted), request, size=SIZE)
    context = {"form": form, "chips": chips(form, request.GET), "page": page}
    if source := wanted["feed"]:
        alert = Alert(kind="source", key=source.slug)
        context["follow"] = alerts.box(request.user, alert, source.title)
    return render(request, "information/news.html", context)
