"""Addresses of the secretariat's desk for people."""

from __future__ import annotations

from django.urls import path

from partnership.members.people.views import acts, lists, merge, one

app_name = "people"
DESK = "desk/people/"

urlpatterns = [
    path(DESK, lists.people_list, name="list"),
    path(f"{DESK}sheet/", lists.sheet, name="sheet"),
    path(f"{DESK}change/", acts.change, name="change"),
    path(f"{DESK}acts/", acts.act_list, name="acts"),
    path(f"{DESK}acts/<uuid:uuid>/", acts.act, name="act"),
    path(f"{DESK}<uuid:uuid>/", one.person, name="person"),
    path(f"{DESK}<uuid:uuid>/merge/", merge.merge, name="merge"),
]
