"""Every address of the site. Each subject owns its own; the policy table names who may use them."""

from __future__ import annotations

from allauth.account import views as account
from django.contrib import admin
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

from partnership.site import api, apidocs

urlpatterns = [
    path("", include("partnership.site.urls")),
    path("", include("partnership.members.urls")),
    path("", include("partnership.members.imports.urls")),
    path("", include("partnership.members.groups.urls")),
    path("", include("partnership.mail.urls")),
    path("", include("partnership.audit.urls")),
    path("", include("partnership.members.people.urls")),
    path("", include("partnership.members.letters.urls")),
    path("agreements/", include("partnership.agreements.urls")),
    path("", include("partnership.agreements.desk_urls")),
    path("", include("partnership.agreements.cooperation.desk_urls")),
    path("", include("partnership.sources.urls")),
    path("case-studies/", include("partnership.casestudies.urls")),
    path("", include("partnership.casestudies.desk_urls")),
    path("", include("partnership.remarks.urls")),
    path("", include("partnership.information.library.urls")),
    path("glossary/", include("partnership.information.urls")),
    path("", include("partnership.information.feeds.urls")),
    path("", include("partnership.information.links.urls")),
    path("figures/", include("partnership.site.figures.urls")),
    path("", include("partnership.information.alerts.urls")),
    path("", include("courses.urls")),
    path("account/sign-in/", account.login, name="account_login"),
    path("account/sign-out/", account.logout, name="account_logout"),
    path("account/", include("partnership.accounts.urls")),
    path("api/v1/", include((api.urlpatterns, "api"))),
    path(
        "api/schema/",
        SpectacularAPIView.as_view(generator_class=apidocs.KeptSchema),
        name="api-schema",
    ),
    path("api/docs/", apidocs.documentation, name="api-docs"),
    path("admin/", admin.site.urls),
]

handler400 = "partnership.site.errors.bad_request"
handler403 = "partnership.site.errors.forbidden"
handler404 = "partnership.site.errors.not_found"
handler500 = "partnership.site.errors.server_error"
