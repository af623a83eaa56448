from __future__ import annotations

from datetime import UTC, datetime

import factory

from partnership.remarks.models import Remark

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


class RemarkFactory(factory.django.DjangoModelFactory):
    """One that waits for an answer."""

    class Meta:
        model = Remark

    class Params:
        answered = factory.Trait(state="answered", answer="It is put right.", ended_at=NOON)

    kind = "agreement"
    key = "qaa-qab"
    sentence = "A – B: signed, 1 March 2022"
    page = "/agreements/qaa-qab/"
    text = "It was signed in April."
    email = "reader@m.example"
    language = "en"
    asked_at = NOON
    proved_at = NOON
