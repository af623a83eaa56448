from __future__ import annotations

from django.urls import path

from partnership.information import views

app_name = "information"
urlpatterns = [path("", views.glossary, name="glossary")]
