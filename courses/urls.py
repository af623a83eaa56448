"""Every address of training, gathered from its subjects."""

from __future__ import annotations

from courses.authoring.bank.urls import urlpatterns as bank
from courses.authoring.parcels.urls import urlpatterns as parcels
from courses.authoring.review.urls import urlpatterns as review
from courses.authoring.shelf.urls import urlpatterns as shelf
from courses.authoring.urls import urlpatterns as authoring
from courses.learning.desk_urls import urlpatterns as desk
from courses.learning.urls import urlpatterns as learning

app_name = "courses"
urlpatterns = [*learning, *desk, *authoring, *bank, *shelf, *parcels, *review]
