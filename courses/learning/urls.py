"""Addresses of learners: catalogue, reading, quizzes, certificates, what trainers see of it.

Fixed words come before slugs: a course may not be called `mine`, a lesson not `join`.
"""

from __future__ import annotations

from django.urls import path

from courses.learning.views import (
    attempts,
    badges,
    catalogue,
    certificates,
    enrolments,
    keeping,
    pictures,
    quizzes,
    reading,
    saving,
    self_checks,
    worker,
)

urlpatterns = [
    path("courses/", catalogue.catalogue, name="catalogue"),
    path("courses/mine/", catalogue.mine, name="mine"),
    path("courses/paths/<slug:slug>/", catalogue.path, name="path"),
    path("sw.js", worker.service_worker, name="service-worker"),
    path("pictures/", pictures.show_pictures, name="pictures"),
    path("offline/", keeping.offline, name="offline"),
    path("courses/attempts/<uuid:uuid>/", attempts.attempt, name="attempt"),
    path("courses/attempts/<uuid:uuid>/answers/", saving.save_answer, name="save-answer"),
    path("courses/attempts/<uuid:uuid>/answers.json", attempts.answers_file, name="answers-file"),
    path("courses/attempts/<uuid:uuid>/flag/", saving.flag, name="flag"),
    path("courses/attempts/<uuid:uuid>/choose/", saving.choose, name="choose"),
    path("courses/attempts/<uuid:uuid>/review/", attempts.review, name="review"),
    path("courses/attempts/<uuid:uuid>/submit/", attempts.submit, name="submit"),
    path("courses/attempts/<uuid:uuid>/result/", attempts.result, name="result"),
    path("courses/<slug:slug>/quizzes/<slug:quiz>/", quizzes.quiz, name="quiz"),
    path("courses/<slug:slug>/quizzes/<slug:quiz>/start/", quizzes.start, name="start"),
    path("courses/<slug:slug>/quizzes/<slug:quiz>/ask/", quizzes.ask_attempt, name="ask-attempt"),
    path("courses/<slug:slug>/", reading.course, name="course"),
    path("courses/<slug:slug>/join/", enrolments.join_course, name="join"),
    path("courses/<slug:slug>/leave/", enrolments.leave_course, name="leave"),
    path("courses/<slug:slug>/move/", enrolments.move_course, name="move"),
    path("courses/<slug:slug>/modules/<slug:key>/", reading.module, name="module"),
    path("courses/<slug:slug>/modules/<slug:key>/file/", keeping.module_file, name="module-file"),
    path("courses/<slug:slug>/<slug:lesson>/", reading.lesson, name="lesson"),
    path(
        "courses/<slug:slug>/<slug:lesson>/self-check/",
        self_checks.self_check,
        name="self-check",
    ),
    path("courses/<slug:slug>/<slug:lesson>/done/", enrolments.done, name="done"),
    path("courses/<slug:slug>/<slug:lesson>/place/", enrolments.place, name="place"),
    path("verify/", certificates.verify_form, name="verify-form"),
    path("verify/<str:code>/", certificates.verify, name="verify"),
    path("badges/issuer.json", badges.issuer, name="badge-issuer"),
    path("badges/keys.json", badges.key_set, name="badge-keys"),
    path("badges/keys/<str:fingerprint>.json", badges.key, name="badge-key"),
    path("badges/status/<int:number>.jwt", badges.status, name="badge-status"),
    path("account/training/", certificates.record, name="record"),
    path("account/training/record.pdf", certificates.record_pdf, name="record-pdf"),
    path("account/training/name/", certificates.confirm_name, name="confirm-name"),
    path(
        "account/training/<str:code>/certificate.pdf",
        certificates.certificate_pdf,
        name="certificate-pdf",
    ),
    path("account/training/<str:code>/badge.jwt", badges.badge, name="badge"),
    path("account/training/<str:code>/hide/", certificates.hide_name, name="hide-name"),
]
