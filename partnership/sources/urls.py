from __future__ import annotations

from django.urls import path

from partnership.sources import views

app_name = "sources"
urlpatterns = [
    path("desk/facts/", views.facts, name="facts"),
    path("desk/facts/add/", views.add_fact, name="add-fact"),
    path("desk/facts/<slug:key>/", views.fact, name="fact"),
    path("desk/sources/", views.sources, name="sources"),
    path("desk/sources/add/", views.source, name="add-source"),
    path("desk/sources/<slug:slug>/", views.source, name="source"),
]
