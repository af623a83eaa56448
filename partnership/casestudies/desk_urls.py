from __future__ import annotations

from django.urls import path

from partnership.casestudies import desk_views as views

app_name = "casework"
urlpatterns = [
    path("desk/case-studies/", views.proposals, name="list"),
    path("desk/case-studies/new/", views.new, name="new"),
    path("desk/case-studies/published/<slug:slug>/", views.published, name="published"),
    path("desk/case-studies/<uuid:uuid>/", views.one, name="one"),
    path("desk/case-studies/<uuid:uuid>/text/", views.text, name="text"),
    path("desk/case-studies/<uuid:uuid>/preview/", views.preview, name="preview"),
    path("desk/case-studies/<uuid:uuid>/texts/<int:number>/", views.earlier, name="earlier"),
]
