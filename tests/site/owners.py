"""Rows of others, each text of them a canary, for whoever may not see them.

`stamp` writes into every text that is somebody's what names its table, column and row. A text that
is nobody's stands in `TOLD`: a new column stands in one of both.
"""

from __future__ import annotations

from datetime import timedelta

from django.apps import apps
from django.db.models import CharField, JSONField, Model, TextField

from courses.learning.models import Answer, Attempt, Enrolment, OtherAnswer
from courses.learning.services.attempts import start_attempt
from courses.quizzes.models import Quiz
from partnership.accounts.models import AddressChange, Recovery, SignIn, User
from partnership.audit import services as audit
from partnership.casestudies.models import CaseDraft
from partnership.information.models import Alert
from partnership.jobs.models import Job
from partnership.lib import clock
from partnership.mail import services as mail
from partnership.members.models import (
    Country,
    FocalTerm,
    ImportRow,
    Institution,
    KnownColumns,
    WorkingGroup,
)
from tests.factories.accounts import MailedCodeFactory, token_of
from tests.factories.certificates import confirmed
from tests.factories.courses import CourseTrainerFactory, asked
from tests.factories.groups import GroupSeatFactory
from tests.factories.letters import LetterFactory, LetterRecipientFactory, LetterTextFactory
from tests.members.test_desk_scope import canaries as delegation_rows
from tests.site.desks import JOB

WORD = "canary-"
# What content files say, and what is made of it, is nobody's.
EDITORIAL = ("agreements", "casestudies.models.cases", "sources", "search")
EDITORIAL += tuple(
    f"information.models.{of}" for of in ("documents", "feeds", "figures", "glossary", "links")
)
EDITORIAL += ("courses.catalogue", "courses.quizzes", "courses.authoring")
# Models of countries and institutions themselves, and texts that the secretariat writes for all.
PUBLIC = {
    *("Country", "CountryName", "CountryAlias", "CountryGroup", "Institution", "AreaOfWork"),
    "CaseVersion",
    *("Participation", "MembershipCount", "ReplyText", "ReplyDesk", "PolicyVersion", "PolicyText"),
}
# Texts of people: of each the columns that are stamped.
OWNED: dict[str, tuple[str, ...]] = {
    "User": ("email", "name", "latin_name"),
    "MailedCode": ("email", "name"),
    "AddressChange": ("email", "primary_before"),
    "Recovery": ("lost", "email"),
    "SignIn": ("device",),
    "ApiToken": ("name",),
    "Job": ("result", "sentence", "error"),
    "OutboxMessage": ("to", "subject", "body", "html", "headers", "error"),
    "OfficialLetter": ("name",),
    "LetterText": ("subject", "body"),
    "Affiliation": ("title",),
    "SheetImport": ("name", "reason"),
    "ImportRow": ("cells",),
    "KnownColumns": ("head",),
    "Invitation": ("email", "name", "title"),
    "MailDomain": ("domain",),
    "JoinRequest": ("email", "title", "reply"),
    "ProfileRevision": ("text", "contact", "note"),
    "Answer": ("response", "device"),
    "OtherAnswer": ("response", "device"),
    "Certificate": ("name", "latin_name"),
    "WorkingGroup": ("name", "purpose"),
    "GroupDocument": ("title", "what_changed"),
    "CaseDraft": ("title", "what_changed"),
    "CaseSave": ("words",),
    "CaseComment": ("text",),
    "Remark": ("email", "text", "answer"),
    "Alert": ("key",),
}
# Marks, kinds, hashes and keys in them; and the log, which nothing changes.
TOLD: dict[str, tuple[str, ...]] = {
    "User": ("password", "folded", "language", "time_zone"),
    "WorkingGroup": ("slug",),
    "Alert": ("narrowed", "texts"),
    "Digest": ("zone",),
    "DigestHit": ("kind", "key"),
    "GroupDocument": ("language", "key", "sha256"),
    "Erasure": ("files",),
    "DeskChange": ("table", "key", "before", "after"),
    "SignIn": ("network",),
    "ApiToken": ("hashed", "scopes"),
    "Job": ("kind", "key", "payload"),
    "Pulse": ("name", "queues"),
    "Remark": ("kind", "key", "sentence", "page", "language"),
    "OutboxMessage": ("key",),
    "OfficialLetter": ("key", "sha256"),
    "Letter": ("circle", "wanted", "language", "reason"),
    "LetterText": ("language",),
    "SheetImport": ("key", "encoding", "columns", "mapping", "role", "counts"),
    "ImportRow": ("about", "problems", "changes"),
    "ImportChange": ("table", "key", "before", "after", "kept_because"),
    "KnownColumns": ("mapping",),
    "Invitation": ("language", "role", "mailed_hash", "shown_hash"),
    "ProfileRevision": ("website",),
    "AuditEntry": ("actor", "acting_as", "verb", "kind", "key", "changes", "request_id", "network"),
    "Enrolment": ("block",),
    "Allowance": ("reason", "stamp"),
    "Attempt": ("start_key", "submit_key"),
    "PaperQuestion": ("token",),
    "PaperOption": ("token",),
    "Answer": ("saves",),
    "OtherAnswer": ("save_key",),
    "Grading": ("reason",),
    "PartnerLogo": ("partner", "sha256"),
    "SubjectCheck": ("doubt", "source", "finding"),
    "Certificate": ("code", "course_code", "course_title", "language", "issuer"),
}


def texts_of(model: type[Model]) -> set[str]:
    """The columns in which something can be written that is no choice."""
    fields = [f for f in model._meta.fields if isinstance(f, CharField | TextField | JSONField)]
    return {field.name for field in fields if not field.choices}


def models_of_people() -> list[type[Model]]:
    own = ("partnership", "courses")
    found = [model for model in apps.get_models() if model._meta.app_label in own]
    return [
        model
        for model in found
        if model.__name__ not in PUBLIC
        and not any(name in model.__module__ for name in EDITORIAL)
        and model.__name__ != "LoadedRow"
    ]


def make_rows() -> None:
    """More of the same beside the rows of `test_access`: two delegations full, and a learner."""
    country, institution = Country.objects.get(iso3="QAA"), Institution.objects.get()
    delegation_rows(country, "first")
    delegation_rows(institution, "second")
    learner, at = User.objects.get(uuid=JOB), clock.now()
    confirmed(learner)
    MailedCodeFactory(email=learner.email)
    AddressChange.objects.create(person=learner, kind="added", email="x@x.example", made_at=at)
    SignIn.objects.create(person=learner, epoch=0, device="x", at=at)
    asker = country.affiliations.first().person
    span = {"asked_at": at, "expires_at": at + Recovery.LIFE}
    Recovery.objects.create(person=asker, lost="x@x.example", email="y@x.example", **span)
    token_of(head())
    GroupSeatFactory(group=WorkingGroup.objects.get(), person=head())
    KnownColumns.objects.create(person=learner, kind="people", head="x", mapping={})
    _letter("country/qaa", learner)
    CaseDraft.objects.get().comments.create(text="x", by=learner, at=at)
    mail.queue("owners:1", to="x@x.example", subject="x", body="x", at=at)
    changes = {"name": [None, f"{WORD}auditentry-changes"]}
    audit.record("person.change", at=at, by=learner, changes=changes)
    _sit(Enrolment.objects.get(learner=learner), Quiz.objects.get(slug="quiz"))
    CourseTrainerFactory(course=Quiz.objects.get(slug="quiz").edition.course)
    Job.objects.update(requested_by=learner)
    Alert.objects.update(person=learner)
    ImportRow.objects.update(cells=["x"])


def _letter(circle: str, reader: User) -> None:
    """One that went to people of the first of them."""
    text = LetterTextFactory(letter=LetterFactory(sent=True, circle=circle))
    LetterRecipientFactory(letter=text.letter, person=reader)


def head() -> User:
    """Who runs the second of them."""
    return FocalTerm.objects.get(institution__isnull=False, function="recording").person


def _sit(enrolment: Enrolment, quiz: Quiz) -> None:
    at = clock.now()
    asked(quiz, "short_text")
    attempt = start_attempt(enrolment, quiz, at=at)
    Attempt.objects.filter(pk=attempt.pk).update(uuid=JOB)
    question = attempt.paper.get()
    Answer.objects.create(question=question, response={"text": "x"}, saved_at=at)
    late = at + timedelta(seconds=1)
    OtherAnswer.objects.create(
        question=question, reason="late", response={"text": "x"}, save_key="k", received_at=late
    )


def stamp() -> set[str]:
    """Every text of every row as its canary. Which there are: table and column."""
    stamped = {"auditentry-changes", "emailaddress-email"}
    for name, columns in OWNED.items():
        model = next(found for found in models_of_people() if found.__name__ == name)
        for row in model._base_manager.all():
            values = {column: _word(row, column) for column in columns}
            model._base_manager.filter(pk=row.pk).update(**values)
        stamped |= {f"{name}-{column}".lower() for column in columns}
    for address in apps.get_model("account", "EmailAddress").objects.all():
        type(address).objects.filter(pk=address.pk).update(email=_word(address, "email"))
    return stamped


def _word(row: Model, column: str) -> object:
    field = row._meta.get_field(column)
    word = f"{WORD}{row._meta.model_name}-{column}-{row.pk}"
    if isinstance(field, JSONField):
        told = {"cells": [word], "response": {"text": word}, "words": {"title": word}}
        return told.get(column, {"said": word})
    if column == "domain":
        return f"{word}.example"
    return f"{word}@x.example" if column in ("email", "lost", "to", "primary_before") else word
