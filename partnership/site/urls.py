from __future__ import annotations

from django.urls import path

from partnership.site import acting, desk, languages, leaving, operations, views

app_name = "site"
urlpatterns = [
    path("", views.home, name="home"),
    path("about/", views.about, name="about"),
    path("members/", views.directory, name="members"),
    path("members/countries/<str:code>/", views.country, name="country"),
    path("members/institutions/<slug:slug>/", views.institution, name="institution"),
    path("search/", views.search, name="search"),
    path("language/", languages.choose_language, name="language"),
    path("account/profile/left/", leaving.leave_post, name="leave-post"),
    path("desk/", desk.desk, name="desk"),
    path("desk/jobs/", desk.job_list, name="jobs"),
    path("desk/jobs/try/", desk.try_workers, name="try-workers"),
    path("desk/jobs/search/", desk.rebuild_search, name="rebuild-search"),
    path("desk/jobs/<uuid:uuid>/cancel/", desk.cancel_job, name="cancel-job"),
    path("desk/people/<uuid:uuid>/act-as/", acting.act_as, name="act-as"),
    path("desk/acting/stop/", acting.stop_acting, name="stop-acting"),
    path("desk/to-confirm/", desk.to_confirm, name="to-confirm"),
    path("health/live", operations.live, name="live"),
    path("health/ready", operations.ready, name="ready"),
    path("sitemap.xml", operations.sitemap, name="sitemap"),
    path("robots.txt", operations.robots, name="robots"),
]
