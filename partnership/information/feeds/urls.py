from __future__ import annotations

from django.urls import path

from partnership.information.feeds import views

app_name = "feeds"
urlpatterns = [
    path("news/", views.news, name="news"),
    path("desk/feeds/", views.feeds, name="list"),
    path("desk/feeds/add/", views.add, name="add"),
    path("desk/feeds/queue/", views.queue, name="queue"),
    path("desk/feeds/<slug:slug>/", views.one, name="one"),
]
