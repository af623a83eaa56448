"""What a browser does at the door, in one word each."""

from __future__ import annotations

import re
from datetime import timedelta

from django.http import HttpResponse
from django.test import Client

from partnership.accounts.models import MailedCode
from partnership.mail.models import OutboxMessage

SIGN_UP, ASK = "/account/sign-up/", "/account/sign-in/code/"
CODE, AGAIN, NAME = "/account/code/", "/account/code/again/", "/account/code/name/"
ANNA = "anna@m.example"


def mailed_code(email: str = ANNA) -> str:
    """The code in the newest mail to an address."""
    body = OutboxMessage.objects.filter(to=email).latest("pk").body
    return re.search(r"\d{4} \d{4}", body)[0]


def ask(client: Client, email: str = ANNA, **more: str) -> HttpResponse:
    return client.post(ASK, {"login": email, **more})


def sign_up(client: Client, email: str = ANNA, name: str = "Anna", **more: str) -> HttpResponse:
    return client.post(SIGN_UP, {"email": email, "name": name, **more})


def enter(client: Client, code: str, **more: str) -> HttpResponse:
    return client.post(CODE, {"code": code, **more})


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def text_of(page: HttpResponse, email: str = ANNA) -> str:
    """The page without what differs at every request and at every address."""
    lines = page.content.decode().replace(email, "ADDRESS").splitlines()
    return "\n".join(line for line in lines if "csrf" not in line)


def age(**time: int) -> None:
    """As if the code had been mailed so long ago."""
    code, back = MailedCode.objects.get(), timedelta(**time)
    MailedCode.objects.update(
        made_at=code.made_at - back, sent_at=code.sent_at - back, expires_at=code.expires_at - back
    )
