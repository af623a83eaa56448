"""How people come in by themselves. Without a namespace: allauth looks for its own names."""

from __future__ import annotations

from django.urls import path

from partnership.accounts import views

urlpatterns = [
    path("", views.mine, name="account_mine"),
    path("sign-up/", views.sign_up, name="account_signup"),
    path("sign-in/code/", views.mail_code, name="account_mail_code"),
    path("code/", views.enter_code, name="account_enter_code"),
    path("code/again/", views.new_code, name="account_new_code"),
    path("code/name/", views.give_name, name="account_give_name"),
]
