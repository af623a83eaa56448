from __future__ import annotations

from django.urls import path
from django.views.decorators.http import require_safe

from partnership.agreements import feeds, growth_views, history_views, views
from partnership.agreements.cooperation import views as cooperation

app_name = "agreements"
urlpatterns = [
    path("", views.register, name="register"),
    path("network/", views.network_picture, name="network"),
    path("growth/", growth_views.growth_picture, name="growth"),
    path("feed/", require_safe(feeds.RegisterFeed()), name="feed"),
    path("approaches/", cooperation.approaches, name="approaches"),
    path("approaches/<slug:slug>/", cooperation.approach, name="approach"),
    path("authorizations/", cooperation.authorizations, name="authorizations"),
    path("authorizations/<slug:slug>/", cooperation.authorization, name="authorization"),
    path("changes/", history_views.months, name="months"),
    path("changes/<slug:month>/", history_views.month, name="month"),
    path("<slug:slug>/versions/<int:number>/", history_views.version, name="version"),
    path("<slug:slug>/statement/", history_views.state, name="state"),
    path("<slug:slug>/", views.agreement, name="agreement"),
]
