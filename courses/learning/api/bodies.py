"""What may be sent to the API of learning, and the short answers to it."""

from __future__ import annotations

from typing import Any

from django.core.validators import RegexValidator
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from partnership.lib.api import Body, Text, Whole
from partnership.lib.bodies import OWN_KEY


def _key(*, is_needed: bool) -> OpenApiParameter:
    text = "Your own key of this change, of 1 to 64 signs: sent again with it, it counts once."
    place = OpenApiParameter.HEADER
    return OpenApiParameter("Idempotency-Key", str, place, required=is_needed, description=text)


KEY, NEEDED_KEY = _key(is_needed=False), _key(is_needed=True)


class JoinBody(Body):
    """The course by its slug."""

    course = Text(max_length=30)


class StartBody(Body):
    """A quiz of a course that you have joined, both by their slugs.

    An attempt that runs is the answer, and nothing is begun. Your key is kept with the attempt that
    it begins, and gives that one also after its end. The key of a start that met a running attempt
    is not kept, and it is not promised that it begins nothing later: sent again when that attempt
    has ended, it begins another.
    """

    course = Text(max_length=30)
    quiz = Text(max_length=80)


class SaveBody(Body):
    """An answer.

    `response` is `{"chosen": [token]}`, `{"pairs": {left: right}}`, `{"order": [token]}` or
    `{"text": "", "unit": ""}`. `saw` is the question's revision that you last knew. `key` is your
    own key of this save, the same when it is sent again.
    """

    question = Text(max_length=40)
    response = serializers.JSONField()
    saw = Whole(min_value=0, max_value=2**31 - 1)
    key = Text(max_length=64, validators=[RegexValidator(OWN_KEY)])
    device = Text(max_length=40, default="", allow_blank=True)


class SavedSerializer(serializers.Serializer[Any]):
    """What became of an answer.

    `saved`: it stands. `same`: it stood already. `beside`: another device was there first, both are
    kept. `late`: the time is over, it is kept for the trainer. `feedback` and `verdict` come with
    practice alone, `feedback` and `beside` as parts of a page.
    """

    outcome = serializers.CharField()
    revision = serializers.IntegerField()
    saved_at = serializers.DateTimeField()
    seconds_left = serializers.IntegerField(allow_null=True)
    read_as = serializers.CharField(help_text="A number as it was understood.")
    problem = serializers.CharField(help_text="Why a number could not be read.")
    beside = serializers.CharField(required=False)
    feedback = serializers.CharField(required=False)
    verdict = serializers.CharField(required=False)


class StateSerializer(serializers.Serializer[Any]):
    """What stands on the server. `answers` are `[revision, response]` by question.

    `token` is to be sent as the header `X-CSRFToken` with every change.
    """

    person = serializers.UUIDField()
    token = serializers.CharField()
    is_open = serializers.BooleanField()
    seconds_left = serializers.IntegerField(allow_null=True)
    answers = serializers.DictField(child=serializers.ListField())


class HandedInSerializer(serializers.Serializer[Any]):
    """The same for every hand-in with the same key."""

    uuid = serializers.UUIDField()
    submitted_at = serializers.DateTimeField()
    result = serializers.CharField()
