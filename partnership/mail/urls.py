from __future__ import annotations

from django.urls import path

from partnership.mail import views

app_name = "mail"
urlpatterns = [
    path("mail/stop/<str:token>/", views.stop, name="stop"),
    path("account/mail/", views.mine, name="mine"),
]
