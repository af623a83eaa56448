"""A person with a row in every table that holds people. Whatever is theirs holds their mark."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import Model
from django.test import Client

from courses.authoring.models import LessonSave, Removed, Writing
from courses.authoring.review.models import (
    Approval,
    Comment,
    PlannedPublishing,
    PublishingRule,
    Review,
)
from courses.authoring.shelf.models import Picture
from courses.catalogue.models import CourseTrainer, Edition, Lesson, LessonRevision
from courses.learning.models import (
    Allowance,
    Answer,
    Attempt,
    AttemptRequest,
    ChosenOption,
    Grading,
    OtherAnswer,
    PaperQuestion,
    PartnerLogo,
    SubjectCheck,
)
from courses.quizzes.models import Option
from partnership.accounts.models import (
    AddressChange,
    ApiToken,
    Consent,
    DataExport,
    Erasure,
    FactorTries,
    PolicyVersion,
    Recovery,
    RoleGrant,
    SignIn,
    User,
)
from partnership.audit import services as audit
from partnership.casestudies.models import CaseVersion
from partnership.jobs.models import Job
from partnership.mail.models import MailStop
from partnership.members.models import (
    DeskAct,
    ImportChange,
    ImportRow,
    KnownColumns,
    Leaving,
    OfficialLetter,
    SheetImport,
)
from partnership.search.services import Entry, replace
from tests.factories.accounts import MailedCodeFactory, UserFactory
from tests.factories.alerts import AlertFactory, DigestFactory, DigestHitFactory
from tests.factories.case_drafts import CaseDraftFactory
from tests.factories.casestudies import CaseStudyFactory
from tests.factories.certificates import CertificateFactory, done, sat
from tests.factories.courses import (
    EnrolmentFactory,
    LessonFactory,
    QuestionVersionFactory,
    QuizFactory,
)
from tests.factories.feeds import FeedFactory, ItemFactory
from tests.factories.groups import GroupDocumentFactory, GroupSeatFactory
from tests.factories.jobs import JobFactory
from tests.factories.letters import LetterFactory, LetterRecipientFactory, LetterTextFactory
from tests.factories.mail import OutboxMessageFactory
from tests.factories.members import (
    AffiliationFactory,
    FocalTermFactory,
    HandoverFactory,
    InvitationFactory,
    JoinRequestFactory,
    MailDomainFactory,
    OfficialLetterFactory,
    ProfileRevisionFactory,
)
from tests.factories.remarks import RemarkFactory

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
DAY = date(2026, 3, 2)
FILES = ("letters/of-{}", "imports/of-{}.csv", "imports/untried-{}.csv")


def somebody(mark: str) -> User:
    """Their name and addresses hold the mark, and so does every text about them."""
    person = UserFactory(
        name=f"Ana {mark}", latin_name=f"Anna {mark}", email=f"{mark}@m.example", language="en"
    )
    _account(person, mark)
    _delegation(person, mark)
    _sheets(person, mark)
    _learning(person, mark)
    _told_to_others(person, mark)
    return person


def _account(person: User, mark: str) -> None:
    address = EmailAddress.objects.create(user=person, email=person.email, verified=True)
    EmailConfirmation.objects.create(email_address=address, key=mark)
    EmailAddress.objects.create(user=person, email=f"home.{mark}@m.example", verified=True)
    AddressChange.objects.create(
        person=person,
        kind="removed",
        email=f"old.{mark}@m.example",
        primary_before=person.email,
        made_at=NOON,
    )
    Recovery.objects.create(
        person=person,
        lost=f"old.{mark}@m.example".lower(),
        email=f"new.{mark}@m.example".lower(),
        asked_at=NOON,
        expires_at=NOON + Recovery.LIFE,
    )
    Authenticator.objects.create(user=person, type="totp", data={"secret": mark})
    MailedCodeFactory(email=f"old.{mark}@m.example", name=mark)
    SignIn.objects.create(person=person, epoch=0, device=f"Firefox {mark}", at=NOON)
    AlertFactory(person=person, kind="search", key=mark)
    DigestFactory(person=person, since=NOON, next_at=NOON)
    DigestHitFactory(person=person, at=NOON)
    FactorTries.objects.create(person=person, tries=1, since=NOON)
    RoleGrant.objects.create(person=person, role="trainer", begins_on=DAY)
    version, _ = PolicyVersion.objects.get_or_create(
        kind="privacy", number=1, defaults={"published_at": NOON}
    )
    PolicyVersion.objects.update(published_by=person)
    Consent.objects.create(person=person, version=version, at=NOON)
    made = DataExport.objects.create(person=person, asked_at=NOON, ready_at=NOON, size=1)
    default_storage.save(made.key, ContentFile(mark.encode()))
    Erasure.objects.create(person=person, asked_at=NOON, due_at=NOON, cancelled_at=NOON)
    ApiToken.objects.create(
        person=person,
        name=f"Sync {mark}",
        hashed=mark,
        scopes="people:read",
        epoch=0,
        made_at=NOON,
        days=30,
        counted_from=NOON,
    )
    Client().force_login(person)


def _delegation(person: User, mark: str) -> None:
    key = default_storage.save(FILES[0].format(mark), ContentFile(mark.encode()))
    post = AffiliationFactory(person=person, title=f"Chief {mark}")
    letter = OfficialLetterFactory(key=key, name=f"{person.name}.pdf", stored_by=person)
    FocalTermFactory(person=person, letter=letter)
    Leaving.objects.create(affiliation=post, last_day=DAY, at=NOON, by=person)
    InvitationFactory(email=person.email, name=mark, title=mark, used_by=person, by=person)
    InvitationFactory(by=person)
    JoinRequestFactory(person=person, email=person.email, title=mark, reply=f"Welcome {mark}")
    JoinRequestFactory(answered_by=person, answered_at=NOON, is_approved=True)
    seat = GroupSeatFactory(person=person)
    GroupDocumentFactory(group=seat.group, added_by=person, title=f"Notes of {person.name}")
    act = DeskAct.objects.create(kind="disable", at=NOON, by=person, number=1)
    names = {"name": person.name, "email": person.email}
    act.changes.create(table="person", key="1", before=names, after={})
    _letters(person, mark)
    _case_study(person)
    HandoverFactory(giver=person)
    HandoverFactory(taker=person)
    HandoverFactory(decided_by=person, decided_at=NOON, is_done=True)
    MailDomainFactory(proposed_by=person, approved_by=person)
    ProfileRevisionFactory(
        country=post.country,
        text=f"Ask {person.name}.",
        contact=person.email,
        edited_by=person,
        published_by=person,
    )


def _case_study(person: User) -> None:
    """One that they proposed and one that they decided on; what was published names an address."""
    words = {"title": f"By {person.name}", "place": person.email}
    draft = CaseDraftFactory(by=person, words=words)
    draft.comments.create(text=f"Ask {person.name}.", by=person, at=NOON)
    CaseDraftFactory(decided_by=person)
    told = {"place": f"Write to {person.email}"}
    CaseVersion.objects.create(case=CaseStudyFactory(), number=1, on=DAY, told=told)


def _letters(person: User, mark: str) -> None:
    """One to them among others, and one that they wrote."""
    LetterRecipientFactory(person=person)
    letter = LetterFactory(by=person, is_service=True, reason=f"{person.name} asked for it")
    LetterTextFactory(letter=letter, subject=f"Ask {person.email}", body=f"Write to {person.email}")


def _sheets(person: User, mark: str) -> None:
    content = f"email,name\r\n{person.email},{mark}\r\n".encode()
    keys = [default_storage.save(one.format(mark), ContentFile(content)) for one in FILES[1:]]
    sheet = SheetImport.objects.create(
        kind="people",
        state="tried",
        key=keys[0],
        name=f"{person.name}.csv",
        by=person,
        made_at=NOON,
    )
    SheetImport.objects.create(kind="people", key=keys[1], name="b.csv", made_at=NOON)
    row = ImportRow.objects.create(
        sheet_import=sheet,
        number=2,
        cells=[person.email, person.name],
        about=f"person {person.email}",
        changes={"name": ["", person.name]},
        problems=[["email", f"{person.email} is wrong"]],
        verdict="wrong",
    )
    after = {"email": person.email, "name": person.name}
    ImportChange.objects.create(
        sheet_import=sheet, row=row, table="invitation", key="1", before=after, after=after
    )
    KnownColumns.objects.create(person=person, kind="people", head=mark, mapping={})


def _learning(person: User, mark: str) -> None:
    lesson = LessonFactory()
    quiz = QuizFactory(edition=lesson.edition)
    enrolment = EnrolmentFactory(learner=person, edition=lesson.edition)
    done(enrolment, lesson)
    attempt = sat(enrolment, quiz)
    Attempt.objects.filter(pk=attempt.pk).update(submit_key=mark)
    Attempt.objects.create(
        enrolment=enrolment, quiz=QuizFactory(edition=lesson.edition), number=1, started_at=NOON
    )
    version = QuestionVersionFactory()
    question = PaperQuestion.objects.create(
        attempt=attempt, position=1, version=version, token="one"
    )
    typed = {"text": f"I am {mark}", "unit": ""}
    answer = Answer.objects.create(
        question=question, response=typed, saves={mark: 1}, device=mark, saved_at=NOON
    )
    option = Option.objects.create(version=version, position=9, text=f"Option of {mark[::-1]}")
    ChosenOption.objects.create(answer=answer, option=option)
    OtherAnswer.objects.create(
        question=question,
        reason="device",
        response=typed,
        device=mark,
        save_key="k",
        received_at=NOON,
    )
    Grading.objects.create(attempt=attempt, number=1, at=NOON, reason=f"For {person.name}")
    more = {"enrolment": enrolment, "quiz": quiz}
    Allowance.objects.create(**more, extra_minutes=5, granted_at=NOON, reason=f"{mark} asked")
    AttemptRequest.objects.create(**more, asked_at=NOON)
    CertificateFactory(learner=person, edition=lesson.edition, latin_name=person.latin_name)
    CourseTrainer.objects.create(course=lesson.edition.course, person=person, since=DAY)
    LessonRevision.objects.create(lesson=lesson, at=NOON, by=person, reason="A word", before="x")
    looked_up = {"on": DAY, "source": "A text", "result": "confirmed", "recorded_at": NOON}
    SubjectCheck.objects.create(doubt="x", by=person, **looked_up)
    _writes(person, lesson)


def _writes(person: User, lesson: Lesson) -> None:
    told = {"title": "A word", "by": person, "at": NOON}
    LessonSave.objects.create(lesson=lesson, number=1, began_at=NOON, **told)
    Removed.objects.create(edition=lesson.edition, kind="lesson", key="x", rows=[{}], **told)
    sent = {"name": "map.png", "width": 1, "height": 1, "files": [{}], "digest": "x"}
    Picture.objects.create(course=lesson.edition.course, added_by=person, added_at=NOON, **sent)
    Writing.objects.create(lesson=lesson, person=person, seen_at=NOON)
    _reviews(person, lesson.edition)


def _reviews(person: User, edition: Edition) -> None:
    """What somebody says of drafts, as a reader and as an author, and approves and plans."""
    of = {"edition": edition}
    Review.objects.create(**of, reviewer=person, asked_at=NOON, note=f"For {person.name}")
    Review.objects.create(**of, reviewer=UserFactory(), asked_by=person, asked_at=NOON)
    Comment.objects.create(**of, body=f"{person.email} says so", by=person, at=NOON)
    Comment.objects.create(**of, body="Yes", at=NOON, resolved_at=NOON, resolved_by=person)
    Approval.objects.create(**of, fingerprint="a" * 64, by=person, at=NOON)
    PublishingRule.objects.create(course=edition.course, by=person, at=NOON)
    plan = {"due_at": NOON + timedelta(days=1), "zone": "UTC", "made_at": NOON}
    PlannedPublishing.objects.create(**of, **plan, by=person)
    told = {"picture": b"x", "width": 1, "height": 1, "since": NOON}
    PartnerLogo.objects.create(course=edition.course, partner="A partner", by=person, **told)


def _told_to_others(person: User, mark: str) -> None:
    ItemFactory(feed=FeedFactory(keeper=person), decided=True, decided_by=person)
    said = {"text": f"I am {person.name}", "answer": f"Dear {person.name}", "answered": True}
    RemarkFactory(by=person, email=person.email, ended_by=person, **said)
    RemarkFactory(sentence=f"{person.name}: signed", email="other@m.example")
    OutboxMessageFactory(to=person.email, subject=f"For {mark}", body=mark)
    OutboxMessageFactory(reader=person, to=f"other.{mark}@m.example", kind="learning")
    MailStop.objects.create(person=person, kind="learning", stopped_at=NOON)
    OutboxMessageFactory(subject=f"{person.name} asks", body=f"{person.email}, {person.name}")
    JobFactory(requested_by=person, payload={"who": person.name}, error=f"{person.email} failed")
    JobFactory(state=Job.State.QUEUED, sentence=f"Looked at {person.email}")
    replace("trial", [Entry(key="1", title=f"By {person.name}", address="/", body=person.name)])
    kind = ContentType.objects.get_for_model(User)
    common: dict[str, Any] = {"content_type": kind, "object_id": "1", "action_flag": 2}
    LogEntry.objects.create(user=person, object_repr=mark, **common)
    LogEntry.objects.create(user=UserFactory(), object_repr=person.name, **common)
    audit.record("trial", at=NOON, by=person, of=("person", str(person.uuid)))


def files_of(person: User) -> list[str]:
    """A letter, two sheets and an export."""
    rows = [
        *OfficialLetter.objects.filter(stored_by=person),
        *SheetImport.objects.filter(key__contains=person.email.partition("@")[0]),
        *person.exports.all(),
    ]
    return [row.key for row in rows]


def tables() -> list[type[Model]]:
    """Every table there is, those of the libraries too."""
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]


def found(mark: str) -> set[str]:
    """Every column of every table in which the mark stands, whatever its letters' case."""
    marks = set()
    for model in tables():
        for row in model._base_manager.values():
            marks |= {
                f"{model._meta.label}.{name}"
                for name, value in row.items()
                if mark.lower() in str(value).lower()
            }
    return marks


def ago(**time: int) -> datetime:
    return datetime.now(UTC) - timedelta(**time)
