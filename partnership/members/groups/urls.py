"""Addresses of working groups, for those who sit in them and for the secretariat."""

from __future__ import annotations

from django.urls import path

from partnership.members.groups import views

app_name = "groups"

urlpatterns = [
    path("groups/", views.group_list, name="list"),
    path("groups/<slug:slug>/", views.one_group, name="one"),
    path("groups/<slug:slug>/people/", views.people_sheet, name="people-sheet"),
    path("groups/<slug:slug>/documents/<uuid:uuid>/", views.document, name="document"),
]
