from __future__ import annotations

from django.urls import path

from partnership.information.library import desk_views as desk
from partnership.information.library import views

app_name = "library"
urlpatterns = [
    path("library/", views.library, name="list"),
    path("library/<slug:slug>/", views.document, name="document"),
    path("library/<slug:slug>/<int:number>/", views.version, name="version"),
    path("library/<slug:slug>/<int:number>/file/", views.file, name="file"),
    path("desk/library/", desk.documents, name="desk"),
    path("desk/library/add/", desk.add, name="add"),
    path("desk/library/propose/", desk.propose, name="propose"),
    path("desk/library/bring/", desk.bring, name="bring"),
    path("desk/library/<slug:slug>/", desk.one, name="one"),
]
