from __future__ import annotations

from django.urls import path

from partnership.remarks import desk_views, views

app_name = "remarks"
urlpatterns = [
    path("something-wrong/sent/", views.sent, name="sent"),
    path("something-wrong/<uuid:uuid>/", views.mine, name="mine"),
    path("something-wrong/<slug:kind>/<path:key>/", views.new, name="new"),
    path("desk/remarks/", desk_views.remarks, name="list"),
    path("desk/remarks/<uuid:uuid>/", desk_views.one, name="one"),
]
