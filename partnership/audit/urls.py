from __future__ import annotations

from django.urls import path

from partnership.audit import views

app_name = "audit"
urlpatterns = [
    path("desk/log/", views.log, name="log"),
    path("desk/log/sheet/", views.log_sheet, name="log-sheet"),
]
