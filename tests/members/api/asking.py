"""A program that asks the API with a token, and what it is told."""

from __future__ import annotations

from typing import Any

from django.test import Client

from partnership.accounts.models import User
from tests.factories.accounts import token_of

API = "/api/v1"


class Program:
    """It has no cookie, and its client checks what a browser's would have to show."""

    def __init__(self, person: User, *scopes: str, text: str = ""):
        self.text = text or token_of(person, *scopes)
        self.client = Client(enforce_csrf_checks=True, raise_request_exception=False)

    def get(self, path: str, **more: Any) -> Any:
        return self.client.get(API + path, headers=self._headers(), **more)

    def post(self, path: str, body: Any = None, **more: str) -> Any:
        kind = "application/json"
        headers = {**self._headers(), **more}
        return self.client.post(API + path, body or {}, content_type=kind, headers=headers)

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.text}"}


def read(answer: Any) -> str:
    parts = answer.streaming_content if answer.streaming else [answer.content]
    return b"".join(parts).decode(errors="replace")
