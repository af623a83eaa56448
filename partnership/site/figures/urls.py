from __future__ import annotations

from django.urls import path

from partnership.site.figures import views

app_name = "figures"
urlpatterns = [
    path("", views.figures, name="list"),
    path("facts/<slug:key>/", views.fact, name="fact"),
    path("<slug:key>/", views.figure, name="one"),
    path("<slug:key>/data/", views.data, name="data"),
]
