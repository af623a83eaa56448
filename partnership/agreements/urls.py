from __future__ import annotations

from django.urls import path
from django.views.decorators.http import require_safe

from partnership.agreements import feeds, views

app_name = "agreements"
urlpatterns = [
    path("", views.register, name="register"),
    path("network/", views.network_picture, name="network"),
    path("feed/", require_safe(feeds.RegisterFeed()), name="feed"),
    path("<slug:slug>/", views.agreement, name="agreement"),
]
