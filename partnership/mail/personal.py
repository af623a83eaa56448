"""What the outbox holds of a person: mails to them, and mails to others that name them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from partnership.lib.personal import GOES, MENDED, hold, part

part("mails", _("Mails to you"), _("To hand each mail over once, also when the server is down."))

hold(
    "partnership.OutboxMessage",
    dict.fromkeys(("key", "to", "reader", "subject", "body", "html"), GOES),
    whose=("reader",),
    by_address=("to",),
    part="mails",
    # Not the text: it may name others, and the person has it in the own mailbox.
    told=("to", "state", "created_at", "handed_over_at"),
)
hold(
    "partnership.OutboxMessage",
    dict.fromkeys(("subject", "body", "html", "headers", "error"), MENDED),
    why="Mails to others.",
)
hold(
    "partnership.MailStop",
    {"person": GOES},
    whose=("person",),
    part="mails",
    told=("kind", "stopped_at"),
)
