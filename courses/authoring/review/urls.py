"""Addresses of the review of a draft, of its planned publishing, and of what is published."""

from __future__ import annotations

from django.urls import path

from courses.authoring.review.views import comments, editions, planning, review

DRAFT = "desk/courses/<slug:slug>/draft/"
EDITIONS = "desk/courses/<slug:slug>/editions/"

urlpatterns = [
    path("desk/reviews/", review.asked, name="reviews"),
    path(f"{DRAFT}review/", review.review, name="draft-review"),
    path(f"{DRAFT}review/lessons/<slug:lesson>/", comments.lesson, name="draft-read"),
    path(f"{DRAFT}review/quizzes/<slug:quiz>/", comments.quiz, name="draft-read-quiz"),
    path(f"{DRAFT}plan/", planning.plan, name="draft-plan"),
    path(EDITIONS, editions.edition_list, name="editions"),
    path(f"{EDITIONS}<int:number>/", editions.edition, name="edition"),
    path(f"{EDITIONS}<int:number>/<slug:lesson>/", editions.correct_lesson, name="correct-lesson"),
]
