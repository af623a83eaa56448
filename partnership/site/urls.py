from __future__ import annotations

from django.urls import path
from django.views.decorators.http import require_safe

from partnership.site import (
    acting,
    desk,
    feeds,
    languages,
    leaving,
    operations,
    synonyms,
    views,
    work,
)
from partnership.site.mydata import policy_views
from partnership.site.mydata import views as mydata

app_name = "site"
urlpatterns = [
    path("", views.home, name="home"),
    path("about/", views.about, name="about"),
    path("members/", views.directory, name="members"),
    path("members/countries/<str:code>/", views.country, name="country"),
    path("members/institutions/<slug:slug>/", views.institution, name="institution"),
    path("library/topics/<slug:slug>/", views.topic, name="topic"),
    path("search/", views.search, name="search"),
    path("feeds/countries/<str:code>/", require_safe(feeds.CountryFeed()), name="country-feed"),
    path("feeds/topics/<slug:slug>/", require_safe(feeds.TopicFeed()), name="topic-feed"),
    path("feeds/search/", require_safe(feeds.SearchFeed()), name="search-feed"),
    path("language/", languages.choose_language, name="language"),
    path("account/profile/left/", leaving.leave_post, name="leave-post"),
    path("account/data/", mydata.overview, name="my-data"),
    path("account/data/file/", mydata.make_export, name="make-export"),
    path("account/data/file/<uuid:uuid>/", mydata.export_file, name="export-file"),
    path("account/data/erase/", mydata.erase, name="erase"),
    path("account/data/stay/", mydata.stay, name="stay"),
    path("account/policies/", policy_views.agree, name="agree"),
    path("policies/<slug:kind>/", policy_views.policy, name="policy"),
    path("policies/<slug:kind>/<int:number>/", policy_views.policy, name="policy-version"),
    path("desk/policies/", policy_views.desk_policies, name="desk-policies"),
    path("desk/", desk.desk, name="desk"),
    path("desk/jobs/", work.job_list, name="jobs"),
    path("desk/jobs/try/", work.try_workers, name="try-workers"),
    path("desk/jobs/search/", work.rebuild_search, name="rebuild-search"),
    path("desk/jobs/<uuid:uuid>/cancel/", work.cancel_job, name="cancel-job"),
    path("desk/jobs/<uuid:uuid>/retry/", work.retry_job, name="retry-job"),
    path("account/work/", work.my_work, name="my-work"),
    path("account/work/<uuid:uuid>/cancel/", work.cancel_my_work, name="cancel-my-work"),
    path("desk/search/", synonyms.synonym_list, name="synonyms"),
    path("desk/search/add/", synonyms.synonym, name="add-synonym"),
    path("desk/search/<slug:key>/", synonyms.synonym, name="synonym"),
    path("desk/people/<uuid:uuid>/act-as/", acting.act_as, name="act-as"),
    path("desk/acting/stop/", acting.stop_acting, name="stop-acting"),
    path("desk/to-confirm/", desk.to_confirm, name="to-confirm"),
    path("health/live", operations.live, name="live"),
    path("health/ready", operations.ready, name="ready"),
    path("sitemap.xml", operations.sitemap, name="sitemap"),
    path("robots.txt", operations.robots, name="robots"),
]
