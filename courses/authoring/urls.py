"""Addresses of the desk where courses are written, and of the links by which a draft is shown."""

from __future__ import annotations

from django.urls import path

from courses.authoring.views import guide, history, lessons, outline, publishing, starting, trials

DRAFT = "desk/courses/<slug:slug>/draft/"
LESSON = f"{DRAFT}lessons/<slug:lesson>/"

urlpatterns = [
    path("desk/courses/guide/sample/", guide.copy, name="copy-sample"),
    path("desk/courses/guide/<slug:page>/", guide.guide, name="guide"),
    path("desk/new-course/", starting.new_course, name="new-course"),
    path(DRAFT, outline.draft, name="draft"),
    path(f"{DRAFT}open/", starting.open_next, name="draft-open"),
    path(f"{DRAFT}about/", starting.describe_draft, name="draft-about"),
    path(f"{DRAFT}change/", outline.change, name="draft-change"),
    path(f"{DRAFT}paste/", lessons.paste, name="draft-paste"),
    path(f"{DRAFT}preview/", publishing.preview, name="draft-preview"),
    path(f"{DRAFT}publish/", publishing.publish, name="draft-publish"),
    path(LESSON, lessons.lesson, name="draft-lesson"),
    path(f"{LESSON}save/", lessons.save, name="draft-save"),
    path(f"{LESSON}state/", lessons.state, name="draft-state"),
    path(f"{LESSON}show/", lessons.show, name="draft-show"),
    path(f"{LESSON}history/", history.history, name="draft-history"),
    path(f"{LESSON}restore/", history.restore, name="draft-restore"),
    path(f"{LESSON}choose/", history.choose, name="draft-choose"),
    path("drafts/<str:token>/", publishing.shared, name="shared-draft"),
    path("drafts/<str:token>/quizzes/<slug:quiz>/", trials.shared_quiz, name="shared-quiz"),
    path("drafts/<str:token>/<slug:lesson>/", publishing.shared_lesson, name="shared-lesson"),
]
