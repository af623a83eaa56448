from __future__ import annotations

from django.urls import path

from partnership.information.links import views

app_name = "links"
urlpatterns = [
    path("desk/links/", views.links, name="list"),
    path("desk/links/<uuid:uuid>/", views.one, name="one"),
]
