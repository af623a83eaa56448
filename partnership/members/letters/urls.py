"""Addresses of letters to many: of the secretariat, of trainers and of focal points."""

from __future__ import annotations

from django.urls import path

from partnership.members.letters import views

app_name = "letters"
DESK = "desk/letters/"

urlpatterns = [
    path(DESK, views.letter_list, name="list"),
    path(f"{DESK}new/", views.new, name="new"),
    path(f"{DESK}<uuid:uuid>/", views.one, name="one"),
    path(f"{DESK}<uuid:uuid>/write/", views.write, name="write"),
    path(f"{DESK}<uuid:uuid>/preview/<str:language>/", views.preview, name="preview"),
]
