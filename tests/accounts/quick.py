"""The site's own hasher, doing less: tests make many people and guess no password."""

from __future__ import annotations

from partnership.accounts.hashers import Argon2id


class QuickArgon2id(Argon2id):
    time_cost = 1
    memory_cost = 8
