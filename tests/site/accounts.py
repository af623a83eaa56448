"""The routes of the account, as `test_access` asks for them."""

from __future__ import annotations


def _named(*names: str) -> set[str]:
    return {f"account_{name}" for name in names}


POST_ONLY = _named(
    *("sign_out_elsewhere", "remove_password", "primary_address", "remove_address"),
    *("private_later", "passkey_options", "passkey_question", "remove_factor", "renew_codes"),
    "passkey",
)
# What is only for whoever just did something else: a waiting code, codes that are to be kept.
AFTER_SOMETHING = _named("confirm_address", "recovery_codes", "recovery_file", "unsent")
BOTH_WAYS = _named("profile", "set_password", "addresses", "prove", "add_app", "add_passkey")
BOTH_WAYS |= _named("undo_address", "confirm_address", "recovery_codes", "unsent")
POST_ONLY |= {"site:leave-post", "site:cancel-my-work"}
COMING_IN = _named("password_lost", "password_code", "password_new", "password_link")
COMING_IN |= {"mfa_authenticate"} | _named("mailbox_lost", "mailbox_code", "mailbox_asked")
OF_PEOPLE = (POST_ONLY - _named("passkey", "passkey_question")) | AFTER_SOMETHING
OF_PEOPLE |= (
    (BOTH_WAYS - _named("undo_address")) | _named("mine", "sessions", "factors") | {"site:my-work"}
)
SPECIAL = AFTER_SOMETHING
ARGUMENTS = {"account_password_link": ["token"], "account_undo_address": ["token"]}
