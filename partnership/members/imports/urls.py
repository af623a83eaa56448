"""Addresses of imports, for the secretariat and for focal points, each seeing the own."""

from __future__ import annotations

from django.urls import path

from partnership.members.imports import views

app_name = "imports"
DESK = "desk/members/imports/"

urlpatterns = [
    path(DESK, views.import_list, name="list"),
    path(f"{DESK}paste/", views.paste, name="paste"),
    path(f"{DESK}<uuid:uuid>/", views.one_import, name="one"),
    path(f"{DESK}<uuid:uuid>/columns/", views.columns, name="columns"),
    path(f"{DESK}<uuid:uuid>/rows/<int:number>/", views.row, name="row"),
    path(f"{DESK}<uuid:uuid>/step/", views.step, name="step"),
    path(f"{DESK}<uuid:uuid>/wrong/", views.wrong_rows, name="wrong-rows"),
    path("desk/members/exports/<slug:kind>/", views.export, name="export"),
]
