"""What the outline tells of the review: comments that wait, and when the draft goes out."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from courses.authoring.queries import Chapter
from courses.authoring.review import queries
from courses.authoring.review.fingerprints import fingerprint
from courses.catalogue.models import Edition

# The others are a page away.
MOST_TOLD = 30


def reviewed(draft: Edition, chapters: list[Chapter]) -> dict[str, Any]:
    """The first open comments, each with where it stands, and the plan that waits."""
    lines = [line for chapter in chapters for line in chapter.lines]
    pages = {line.name: line.reading for line in lines}
    page = reverse("courses:draft-review", args=[draft.course.slug])
    threads = [one for one in queries.threads(draft) if one.is_open][:MOST_TOLD]
    for one in threads:
        one.address = pages.get(one.comment.part, page)
    plan = queries.plan_of(draft)
    is_changed = plan is not None and plan.fingerprint != fingerprint(draft)
    return {"threads": threads, "plan": plan, "is_changed": is_changed}
