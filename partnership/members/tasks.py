from __future__ import annotations

from celery import shared_task


@shared_task(name="members.pass_on")
def pass_on() -> int:
    """Beat rings this each hour; a request is passed on once, whoever rings."""
    from partnership.lib import clock
    from partnership.members.services import joining

    return joining.pass_on(clock.now())


@shared_task(name="members.remind")
def remind() -> None:
    """Beat rings this each hour; the key of a reminder says what it is for: it is mailed once."""
    from partnership.lib import clock
    from partnership.mail import services as mail
    from partnership.members.models import Invitation
    from partnership.members.services import lists, terms, vouching

    at = clock.now()
    terms.warn_ending(at)
    lists.ask_for_lists(at)
    vouching.tell(at)
    # These mails hold links: once those are over, nothing needs them.
    mail.forget("members.invitation:", before=at - 2 * Invitation.LIFE)
