from __future__ import annotations

from django.urls import path

from partnership.agreements.cooperation import desk_views as views

app_name = "cooperation"
urlpatterns = [
    path("desk/cooperation/<slug:kind>/", views.entries, name="list"),
    path("desk/cooperation/<slug:kind>/add/", views.add, name="add"),
    path("desk/cooperation/<slug:kind>/<slug:slug>/", views.one, name="one"),
    path("desk/cooperation/<slug:kind>/<slug:slug>/<str:handle>/", views.line, name="line"),
]
