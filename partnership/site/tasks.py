from __future__ import annotations

from typing import Any

from celery import shared_task

from partnership.jobs.kinds import Steps, handles


@handles("search.rebuild")
def rebuild_search(steps: Steps) -> dict[str, Any]:
    """Write the search entries of every kind anew; a kind that was done already stays done."""
    from partnership.site import searching

    kinds = list(searching.KINDS)
    written = {}
    for number, kind in enumerate(kinds):
        written[kind] = searching.rebuild(kind)
        steps.step(number + 1, len(kinds), str(searching.NAMES[kind]))
    return {"written": written}


@shared_task(name="site.clear_sessions")
def clear_sessions() -> None:
    """Sessions that ended are of no use to anybody."""
    from django.core.management import call_command

    call_command("clearsessions")


@shared_task(name="site.gather_links")
def gather_links() -> None:
    """Each hour: new links are looked at soon; of broken ones a list goes once a month."""
    from partnership.lib import clock
    from partnership.site import linking

    at = clock.now()
    linking.gather(at=at)
    linking.tell_owners(at=at)


@shared_task(name="site.refresh_search")
def refresh_search() -> None:
    """Each night: a renamed country is named anew in the entries of its agreements and cases."""
    from partnership.jobs import services
    from partnership.lib import clock

    services.enqueue("search.rebuild", at=clock.now())
