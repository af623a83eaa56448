from __future__ import annotations

from django.urls import path

from partnership.casestudies import views

app_name = "casestudies"
urlpatterns = [
    path("", views.case_list, name="list"),
    path("<slug:slug>/", views.case, name="case"),
    path("<slug:slug>/versions/<int:number>/", views.version, name="version"),
]
