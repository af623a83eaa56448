from __future__ import annotations

import pytest

from partnership.mail import transport


@pytest.mark.parametrize(
    ("url", "server", "user", "security"),
    [
        ("smtp://relay.example", ("relay.example", 25), ("", ""), (False, False)),
        ("smtp://u:p%40ss@relay.example:587", ("relay.example", 587), ("u", "p@ss"), (False, True)),
        ("smtps://u:p@relay.example", ("relay.example", 465), ("u", "p"), (True, False)),
    ],
)
def test_an_address_names_the_server_and_how_to_speak_to_it(settings, url, server, user, security):
    settings.MAIL_URL = url
    found = transport.connection()

    assert ((found.host, found.port), (found.username, found.password)) == (server, user)
    assert ((found.use_ssl, found.use_tls), found.timeout) == (security, 10)


@pytest.mark.parametrize("kind", ["console", "locmem"])
def test_mail_can_be_shown_instead_of_sent(settings, kind):
    settings.MAIL_URL = {"console": "console:", "locmem": "memory:"}[kind]

    assert type(transport.connection()).__module__ == f"django.core.mail.backends.{kind}"
