from __future__ import annotations

from django.urls import path

from partnership.agreements import desk_views as views

app_name = "register"
urlpatterns = [
    path("desk/register/", views.agreements, name="list"),
    path("desk/register/add/", views.add, name="add"),
    path("desk/register/<slug:slug>/", views.one, name="one"),
    path("desk/register/<slug:slug>/<str:handle>/", views.line, name="line"),
]
