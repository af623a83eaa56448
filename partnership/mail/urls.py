from __future__ import annotations

from django.urls import path

from partnership.mail import desk, views

app_name = "mail"
urlpatterns = [
    path("mail/stop/<str:token>/", views.stop, name="stop"),
    path("account/mail/", views.mine, name="mine"),
    path("desk/mail/", desk.outbox, name="outbox"),
    path("desk/mail/<uuid:uuid>/", desk.one, name="one"),
    path("desk/mail/<uuid:uuid>/page/", desk.rich, name="rich"),
    path("desk/mail/<uuid:uuid>/again/", desk.send_again, name="again"),
]
