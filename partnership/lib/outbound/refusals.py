"""Why nothing was fetched: a code to be stored, a sentence to be read, no word of the host."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from partnership.lib.errors import Refusal


class NotFetched(Refusal):
    """Any of the reasons below."""

    code = "not_fetched"
    sentence: Any = _("The page could not be fetched.")

    def __init__(self) -> None:
        super().__init__(str(self.sentence))


class WrongAddress(NotFetched):
    code = "wrong_address"
    sentence = _(
        "This is not the address of a public page: it begins with http:// or https:// and names "
        "no user, and no port but 80 or 443."
    )


class PrivateAddress(NotFetched):
    code = "private_address"
    sentence = _("This address leads into a private network: only public hosts are asked.")


class UnknownHost(NotFetched):
    code = "unknown_host"
    sentence = _("No host of this name is known.")


class NoAnswer(NotFetched):
    code = "no_answer"
    sentence = _("The host does not answer, or broke off before the end.")


class BadCertificate(NotFetched):
    code = "bad_certificate"
    sentence = _("The host could not prove who it is: its certificate is wrong or has ended.")


class TooSlow(NotFetched):
    code = "too_slow"
    sentence = _("The host took longer than it may.")


class TooLarge(NotFetched):
    code = "too_large"
    sentence = _("The answer is larger than it may be.")


class TooManyRedirects(NotFetched):
    code = "too_many_redirects"
    sentence = _("The address leads on to another one too often.")


class BadAnswer(NotFetched):
    code = "bad_answer"
    sentence = _("The host's answer cannot be read.")


SENTENCES: dict[str, Any] = {kind.code: kind.sentence for kind in NotFetched.__subclasses__()}


def sentence_of(code: str) -> str:
    """What a stored code says, in the reader's language."""
    return str(SENTENCES.get(code, NotFetched.sentence))
