"""How people come in by themselves. Without a namespace: allauth looks for its own names."""

from __future__ import annotations

from django.urls import path

from partnership.accounts.views import (
    addresses,
    coming_in,
    factors,
    mine,
    passwords,
    recovering,
    showing,
    tokens,
    unsent,
)

urlpatterns = [
    path("", mine.mine, name="account_mine"),
    path("profile/", mine.profile, name="account_profile"),
    path("sessions/", mine.sessions, name="account_sessions"),
    path("sessions/end/", mine.sign_out_elsewhere, name="account_sign_out_elsewhere"),
    path("tokens/", tokens.overview, name="account_tokens"),
    path("tokens/revoke/", tokens.revoke, name="account_revoke_token"),
    path("sign-up/", coming_in.sign_up, name="account_signup"),
    path("sign-in/code/", coming_in.mail_code, name="account_mail_code"),
    path("sign-in/second/", showing.second_factor, name="mfa_authenticate"),
    path("sign-in/passkey/", showing.passkey, name="account_passkey"),
    path("passkey/question/", showing.passkey_question, name="account_passkey_question"),
    path("unsent/", unsent.go_on, name="account_unsent"),
    path("prove/", showing.prove, name="account_prove"),
    path("code/", coming_in.enter_code, name="account_enter_code"),
    path("code/again/", coming_in.new_code, name="account_new_code"),
    path("code/name/", coming_in.give_name, name="account_give_name"),
    path("password/", passwords.set_own, name="account_set_password"),
    path("password/remove/", passwords.remove_own, name="account_remove_password"),
    path("password/lost/", passwords.lost, name="account_password_lost"),
    path("password/code/", passwords.enter_code, name="account_password_code"),
    path("password/new/", passwords.choose, name="account_password_new"),
    path("password/new/<str:token>/", passwords.choose_by_link, name="account_password_link"),
    path("mailbox/", recovering.lost, name="account_mailbox_lost"),
    path("mailbox/code/", recovering.enter_code, name="account_mailbox_code"),
    path("mailbox/asked/", recovering.asked, name="account_mailbox_asked"),
    path("addresses/", addresses.overview, name="account_addresses"),
    path("addresses/code/", addresses.confirm, name="account_confirm_address"),
    path("addresses/main/", addresses.make_primary, name="account_primary_address"),
    path("addresses/remove/", addresses.remove, name="account_remove_address"),
    path("addresses/not-now/", addresses.not_now, name="account_private_later"),
    path("addresses/undo/<str:token>/", addresses.undo, name="account_undo_address"),
    path("second-factor/", factors.overview, name="account_factors"),
    path("second-factor/app/", factors.add_app, name="account_add_app"),
    path("second-factor/passkey/", factors.add_passkey, name="account_add_passkey"),
    path("second-factor/question/", factors.passkey_options, name="account_passkey_options"),
    path("second-factor/remove/", factors.remove, name="account_remove_factor"),
    path("second-factor/renew/", factors.renew_codes, name="account_renew_codes"),
    path("second-factor/codes/", factors.recovery_codes, name="account_recovery_codes"),
    path("second-factor/codes/file/", factors.recovery_file, name="account_recovery_file"),
]
