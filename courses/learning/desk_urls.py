"""The desk of trainers and focal points. Rows are named by what a form sends, never by a number."""

from __future__ import annotations

from django.urls import path

from courses.learning.views.desk import (
    allowances,
    certificates,
    checks,
    completion,
    courses,
    filed,
    logos,
    queues,
    quizzes,
)

COURSE = "desk/courses/<slug:slug>/"
QUIZ = f"{COURSE}quizzes/<slug:quiz>/"
CERTIFICATE = f"{COURSE}certificates/<str:code>/"

urlpatterns = [
    path("desk/courses/", courses.course_list, name="desk-courses"),
    path(COURSE, courses.course, name="desk-course"),
    path(f"{COURSE}learners/", courses.learners, name="desk-learners"),
    path(f"{COURSE}learners/sheet/", courses.learners_sheet, name="desk-learners-sheet"),
    path(f"{COURSE}learners/<uuid:uuid>/", courses.learner, name="desk-learner"),
    path(f"{COURSE}logo/", logos.logo, name="course-logo"),
    path("verify/signs/<slug:sha>.png", logos.picture, name="certificate-logo"),
    path(QUIZ, quizzes.quiz, name="desk-quiz"),
    path(f"{QUIZ}sheet/", quizzes.quiz_sheet, name="desk-quiz-sheet"),
    path(f"{QUIZ}regrade/", quizzes.regrade, name="desk-regrade"),
    path(f"{COURSE}requests/", queues.request_list, name="desk-requests"),
    path(f"{COURSE}requests/answer/", queues.answer_request, name="desk-answer-request"),
    path(f"{COURSE}late/", queues.late_list, name="desk-late"),
    path(f"{COURSE}late/decide/", queues.decide_late, name="desk-decide-late"),
    path(f"{COURSE}answers-file/", filed.answers_file, name="desk-answers-file"),
    path(f"{COURSE}answers-file/keep/", filed.keep_answers, name="desk-keep-answers"),
    path(f"{COURSE}allowances/", allowances.allowances, name="desk-allowances"),
    path(CERTIFICATE, certificates.certificate, name="desk-certificate"),
    path(f"{CERTIFICATE}reissue/", certificates.reissue, name="desk-reissue"),
    path("desk/subject-check/", checks.report, name="desk-checks"),
    path("desk/subject-check/<slug:key>/", checks.doubt, name="desk-check"),
    path("desk/subject-check/<slug:key>/note/", checks.note, name="desk-note-check"),
    path("desk/completion/", completion.completion, name="desk-completion"),
    path("desk/completion/sheet/", completion.completion_sheet, name="desk-completion-sheet"),
]
