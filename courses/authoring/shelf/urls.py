"""Addresses of a course's shelf, and of the pictures on it."""

from __future__ import annotations

from django.urls import path

from courses.authoring.shelf import views

SHELF = "desk/courses/<slug:slug>/pictures/"
FILE = "<uuid:uuid>/<int:width>.webp"

urlpatterns = [
    path(SHELF, views.shelf, name="shelf"),
    path(f"{SHELF}choose/", views.choose, name="choose-picture"),
    path(f"media/pictures/{FILE}", views.picture, name="picture"),
    path(f"drafts/<str:token>/pictures/{FILE}", views.shared_picture, name="shared-picture"),
]
