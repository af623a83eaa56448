from __future__ import annotations

from django.urls import path

from partnership.information.alerts import views

app_name = "alerts"
urlpatterns = [
    path("account/alerts/", views.mine, name="mine"),
    path("account/alerts/follow/", views.follow, name="follow"),
    path("account/alerts/<uuid:uuid>/stop/", views.unfollow, name="unfollow"),
]
