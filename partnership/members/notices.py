"""What is mailed about delegations, each in its reader's language: subject and text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnership.accounts.models import Role
from partnership.accounts.queries import owner_of
from partnership.mail import texts
from partnership.members import links
from partnership.members.delegations import Delegation, delegation_of
from partnership.members.models import FocalTerm, GroupSeat, Handover, Invitation, JoinRequest

Told = tuple[str, str]


def invited(row: Invitation) -> Told:
    """The link and the code. They stand in the text alone: a list of subjects shows none."""
    owner = None if row.language else owner_of(row.email)
    language = row.language or (owner.language if owner else "") or settings.LANGUAGE_CODE
    with translation.override(language):
        place = str(row.place or "")
        context = {
            "name": row.name,
            "inviter": str(row.by.name or "") if row.by else "",
            "place": place,
            "role": Role(row.role).label,
            "is_official": row.role == Role.OFFICIAL,
            "link": address_of(row, links.MAILED),
            "page": settings.SITE_ADDRESS + reverse("members:enter-code"),
            "code": links.shown(links.code_of(row.uuid)),
            "until": row.expires_at,
            "site": settings.SITE_ADDRESS,
        }
        subject = _("Invitation to the Article 6 partnership's site")
        if place:
            subject = _("Invitation to the delegation of %(place)s") % {"place": place}
        return subject, texts.write("members/mail/invitation.txt", context)


def address_of(row: Invitation, purpose: str) -> str:
    """The whole link, as it stands in the mail or is copied from the desk."""
    path = reverse("members:invitation", args=[links.token_of(row.uuid, purpose)])
    return settings.SITE_ADDRESS + path


def request_asked(row: JoinRequest, to: Any) -> Told:
    delegation = delegation_of(row)

    def words() -> tuple[str, list[str]]:
        place = {"place": delegation.name, "day": _day(row.due_at.date())}
        return _("A request to join your delegation: %(place)s") % place, [
            _("somebody asks to be counted to the delegation of %(place)s.") % place,
            _("Please answer by %(day)s. After that the secretariat answers.") % place,
        ]

    return _letter(to, words, _requests_page(delegation))


def request_answered(row: JoinRequest) -> Told:
    def words() -> tuple[str, list[str]]:
        place = {"place": str(row.place)}
        if not row.is_approved:
            return _("Your request to join: %(place)s") % place, [
                _("your request to join the delegation of %(place)s was declined.") % place,
                row.reply,
                _("Your account and what you have learnt stay as they are."),
            ]
        lines = [_("you are counted to the delegation of %(place)s from now on.") % place]
        if row.rule_id:
            lines.append(_("Your mail address was enough: its domain belongs to the delegation."))
        return _("You have joined: %(place)s") % place, [
            *lines,
            *([row.reply] if row.reply else []),
        ]

    return _letter(row.person, words, reverse("members:ask-to-join"))


def request_passed(row: JoinRequest) -> Told:
    def words() -> tuple[str, list[str]]:
        place = {"place": str(row.place)}
        return _("Your request is with the secretariat now: %(place)s") % place, [
            _("nobody of the delegation of %(place)s has answered within five working days.")
            % place,
            _("The secretariat answers in its stead. You need not do anything."),
        ]

    return _letter(row.person, words, reverse("members:ask-to-join"))


def requests_wait(number: int, to: Any) -> Told:
    def words() -> tuple[str, list[str]]:
        sentence = ngettext(
            "%(n)s request to join a delegation waits for the secretariat.",
            "%(n)s requests to join a delegation wait for the secretariat.",
            number,
        )
        return _("Requests to join wait for an answer"), [sentence % {"n": number}]

    return _letter(to, words, reverse("members:desk-requests"))


def appointed(row: FocalTerm) -> Told:
    def words() -> tuple[str, list[str]]:
        told = _term(row)
        return _("You are focal point: %(place)s") % told, [
            _("you are focal point of %(place)s, %(function)s, until %(day)s.") % told,
            _(
                "You can invite people, answer requests to join, and keep the list of your people. "
                "When you sign in next you are asked for a second factor."
            ),
        ]

    return _letter(row.person, words, delegation_of(row).get_absolute_url())


def term_closed(row: FocalTerm) -> Told:
    def words() -> tuple[str, list[str]]:
        told = _term(row)
        return _("Your term has ended: %(place)s") % told, [
            _("your term as focal point of %(place)s, %(function)s, was ended.") % told,
            _("Your account, your training and your certificates stay yours."),
        ]

    return _letter(row.person, words, reverse("account_mine"))


def term_ends(row: FocalTerm, days_left: int) -> Told:
    """Before the end, and once when the days of grace have begun."""

    def words() -> tuple[str, list[str]]:
        told = _term(row) | {"grace": _day(row.holds_until)}
        if days_left < 0:
            return _("Your term has ended and runs on until %(grace)s: %(place)s") % told, [
                _("your term as focal point of %(place)s, %(function)s, ended on %(day)s.") % told,
                _("Your rights run on until %(grace)s. Then they end by themselves.") % told,
                _("Ask the secretariat to renew the term on a new letter, or hand over."),
            ]
        return _("Your term ends on %(day)s: %(place)s") % told, [
            _("your term as focal point of %(place)s, %(function)s, ends on %(day)s.") % told,
            _("Ask the secretariat to renew it on a new letter, or hand over to a successor."),
        ]

    return _letter(row.person, words, delegation_of(row).get_absolute_url())


def list_asked(delegation: Delegation, to: Any) -> Told:
    def words() -> tuple[str, list[str]]:
        place = {"place": delegation.name}
        return _("Is this list right? %(place)s") % place, [
            _("once a year we ask whether the list of your delegation, %(place)s, is right.")
            % place,
            _("One click for each person: still in post, or left."),
        ]

    return _letter(to, words, delegation.get_absolute_url() + "?check=due")


def seated(row: GroupSeat) -> Told:
    """What the others will see of somebody is said at once."""

    def words() -> tuple[str, list[str]]:
        named = {"group": row.group.name}
        return _("Working group: %(group)s") % named, [
            _("the secretariat gave you a seat in the working group %(group)s.") % named,
            _("The others of the group see your name and your post, not your address."),
        ]

    return _letter(row.person, words, row.group.get_absolute_url())


def handover_asked(row: Handover, to: Any) -> Told:
    delegation = delegation_of(row)

    def words() -> tuple[str, list[str]]:
        told = {"place": delegation.name, "giver": row.giver, "taker": row.taker}
        return _("A handover waits for your agreement: %(place)s") % told, [
            _("%(giver)s wants to hand the delegation of %(place)s over to %(taker)s.") % told,
            _("It happens when a second person agrees."),
        ]

    return _letter(to, words, reverse("members:functions", args=[delegation.kind, delegation.key]))


def handover_decided(row: Handover, to: Any, *, agrees: bool) -> Told:
    def words() -> tuple[str, list[str]]:
        told = {"place": str(row.place), "giver": row.giver, "taker": row.taker}
        if not agrees:
            return _("The handover does not take place: %(place)s") % told, [
                _("the delegation of %(place)s stays with %(giver)s for now.") % told
            ]
        return _("The delegation was handed over: %(place)s") % told, [
            _("the delegation of %(place)s went from %(giver)s to %(taker)s.") % told,
            _("Functions, open requests and open invitations went with it."),
        ]

    return _letter(to, words, reverse("site:home"))


def vouch_asked(place: Delegation, to: Any) -> Told:
    """Without a name: it may be asked for by anybody."""

    def words() -> tuple[str, list[str]]:
        told = {"place": place.name}
        return _("Somebody asks you to vouch for them: %(place)s") % told, [
            _("somebody of the delegation of %(place)s says that their only mailbox is lost.")
            % told,
            _("Vouch only for a person whom you know and have spoken to. A second person agrees."),
        ]

    return _letter(to, words, _recoveries_page(place))


def vouch_waits(place: Delegation, to: Any) -> Told:
    def words() -> tuple[str, list[str]]:
        told = {"place": place.name}
        return _("A vouch waits for a second person: %(place)s") % told, [
            _("a focal point vouched for somebody of the delegation of %(place)s.") % told,
            _("Look at it, and agree if you know that it is true."),
        ]

    return _letter(to, words, _recoveries_page(place))


def _recoveries_page(delegation: Delegation) -> str:
    return reverse("members:recoveries", args=[delegation.kind, delegation.key])


def _requests_page(delegation: Delegation) -> str:
    return reverse("members:requests", args=[delegation.kind, delegation.key])


def _term(row: FocalTerm) -> dict[str, Any]:
    name = row.get_function_display()
    if row.is_deputy:
        name = _("%(function)s (deputy)") % {"function": name}
    return {"place": str(row.place), "function": name, "day": _day(row.ends_on)}


def _day(day: date) -> str:
    return date_format(day, "j F Y")


def _letter(to: Any, words: Callable[[], tuple[str, list[str]]], page: str) -> Told:
    """Greeting, sentences, the page where to go on."""
    with translation.override(to.language or settings.LANGUAGE_CODE):
        subject, lines = words()
        context = {"name": to.name, "lines": lines, "page": settings.SITE_ADDRESS + page}
        return subject, texts.write("members/mail/note.txt", context)
