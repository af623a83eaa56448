"""What the database refuses of letters."""

from __future__ import annotations

import pytest

from partnership.lib import clock
from partnership.members.models import LetterRecipient
from tests.constraints import refused_by
from tests.factories.letters import LetterFactory, LetterRecipientFactory, LetterTextFactory
from tests.factories.mail import OutboxMessageFactory

pytestmark = pytest.mark.django_db


def test_the_database_refuses_what_would_send_twice_or_say_too_little():
    row = LetterRecipientFactory()
    more = {"letter": row.letter, "person": row.person}
    for constraint, make in (
        ("letter_recipient_once", lambda: LetterRecipient.objects.create(**more)),
        ("letter_has_a_circle", lambda: LetterFactory(circle="")),
        ("letter_state_has_its_times", lambda: LetterFactory(state="sending")),
        ("letter_about_the_account_says_why", lambda: LetterFactory(is_service=True)),
        ("letter_text_is_not_empty", lambda: LetterTextFactory(subject="")),
        (
            "letter_recipient_left_out_has_no_mail",
            lambda: LetterRecipientFactory(left_out="stopped", queued_at=clock.now()),
        ),
        (
            "letter_recipient_mail_was_queued",
            lambda: LetterRecipientFactory(mail=OutboxMessageFactory()),
        ),
    ):
        with refused_by(constraint):
            make()
    text = LetterTextFactory()
    with refused_by("letter_text_once"):
        LetterTextFactory(letter=text.letter)
