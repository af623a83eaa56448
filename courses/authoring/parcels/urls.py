"""Addresses of documents on their way into a draft."""

from __future__ import annotations

from django.urls import path

from courses.authoring.parcels import views

PARCELS = "desk/courses/<slug:slug>/draft/parcels/"
ONE = f"{PARCELS}<uuid:uuid>/"

urlpatterns = [
    path("desk/courses/<slug:slug>/course.zip", views.export, name="export-course"),
    path(PARCELS, views.parcels, name="parcels"),
    path(ONE, views.parcel, name="parcel"),
    path(f"{ONE}take/", views.take_in, name="take-parcel"),
    path(f"{ONE}back/", views.take_back, name="take-parcel-back"),
]
