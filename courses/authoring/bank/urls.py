"""Addresses of the bank of questions. Fixed words come before the keys of questions."""

from __future__ import annotations

from django.urls import path

from courses.authoring.bank.views import bank, editing, everywhere, importing, quizzes

COURSE = "desk/courses/<slug:slug>/"
BANK = f"{COURSE}questions/"
IMPORT = f"{BANK}imports/<uuid:uuid>/"

urlpatterns = [
    path("desk/questions/", everywhere.everywhere, name="all-questions"),
    path(BANK, bank.bank, name="bank"),
    path(f"{BANK}export/", bank.export, name="export-questions"),
    path(f"{BANK}new/<str:kind>/", editing.new, name="new-question"),
    path(f"{BANK}paste/", importing.paste, name="paste-questions"),
    path(f"{BANK}imports/", importing.import_list, name="question-imports"),
    path(f"{BANK}imports/template/", importing.template, name="question-template"),
    path(IMPORT, importing.one_import, name="question-import"),
    path(f"{IMPORT}take/", importing.take_in, name="take-questions"),
    path(f"{IMPORT}back/", importing.take_back, name="untake-questions"),
    path(f"{IMPORT}wrong/", importing.wrong, name="wrong-questions"),
    path(f"{BANK}q/<slug:key>/", editing.question, name="question"),
    path(f"{COURSE}draft/quizzes/<slug:quiz>/", quizzes.draft_quiz, name="draft_quiz"),
]
