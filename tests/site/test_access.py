"""Every route for every role: who gets in, and what the others are told.

What the door alone says, to every role, of every route, whatever is done, is in `test_door`.
"""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from courses.catalogue.models import LearningPath
from courses.learning import badge_keys, codes
from partnership.accounts.models import Role
from partnership.audit.models import AuditEntry
from tests.factories.accounts import UserFactory
from tests.factories.agreements import AgreementFactory, AgreementStageFactory
from tests.factories.casestudies import CaseStudyFactory
from tests.factories.certificates import CertificateFactory
from tests.factories.courses import (
    EditionFactory,
    EnrolmentFactory,
    LessonFactory,
    ModuleFactory,
    QuizFactory,
)
from tests.factories.jobs import JobFactory
from tests.factories.members import CountryFactory, InstitutionFactory
from tests.factories.sources import DatedFactFactory
from tests.information.feeds import routes as feeds
from tests.mail import routes as mails
from tests.members import routes as delegations
from tests.site import accounts, checking, desks, editing
from tests.site.mydata import routes as mydata
from tests.site.people import EVERY_ROLE, STRANGER, VISITOR, client_of, somebody
from tests.site.test_policy import ROUTES

STAFF = {Role.FOCAL_POINT, Role.TRAINER, Role.DATA_EDITOR, Role.ADMINISTRATOR}
ADMINISTRATORS = {Role.ADMINISTRATOR}
TRAINERS = {Role.ADMINISTRATOR, Role.TRAINER}
PEOPLE = set(EVERY_ROLE) - {VISITOR}
# All that is not open to everybody, written out: opening one of these by accident fails here.
CLOSED = {
    "site:desk": STAFF,
    "site:jobs": ADMINISTRATORS,
    "site:try-workers": ADMINISTRATORS,
    "site:rebuild-search": ADMINISTRATORS,
    **dict.fromkeys(["site:cancel-job", "site:retry-job"], ADMINISTRATORS),
    **dict.fromkeys(editing.OF_EDITORS, editing.EDITORS),
    "api:enrolments-list": PEOPLE,
    "api:enrolments-detail": PEOPLE,
    "api:enrolments-leave": PEOPLE,
    "api:enrolments-move": PEOPLE,
    "api:attempts-list": PEOPLE,
    "api:attempts-detail": PEOPLE,
    "api:attempts-answers": PEOPLE,
    "api:attempts-submit": PEOPLE,
    "api:attempts-result": PEOPLE,
    "api:certificates-list": PEOPLE,
    "api:jobs-list": PEOPLE,
    "api:jobs-detail": PEOPLE,
    "courses:mine": PEOPLE,
    "courses:join": PEOPLE,
    "courses:leave": PEOPLE,
    "courses:move": PEOPLE,
    "courses:done": PEOPLE,
    "courses:place": PEOPLE,
    "courses:start": PEOPLE,
    "courses:ask-attempt": PEOPLE,
    "courses:attempt": PEOPLE,
    "courses:save-answer": PEOPLE,
    "courses:answers-file": PEOPLE,
    "courses:flag": PEOPLE,
    "courses:choose": PEOPLE,
    "courses:review": PEOPLE,
    "courses:submit": PEOPLE,
    "courses:result": PEOPLE,
    "courses:record": PEOPLE,
    "courses:record-pdf": PEOPLE,
    "courses:confirm-name": PEOPLE,
    "courses:certificate-pdf": PEOPLE,
    "courses:hide-name": PEOPLE,
    "courses:badge": PEOPLE,
    **dict.fromkeys(accounts.OF_PEOPLE, PEOPLE),
    **dict.fromkeys(mydata.OF_PEOPLE, PEOPLE),
    **dict.fromkeys(mydata.OF_ADMINISTRATORS, ADMINISTRATORS),
    **dict.fromkeys([*desks.OF_A_COURSE, *desks.OF_TRAINERS], TRAINERS),
    **(checking.CLOSED | feeds.CLOSED),
    **delegations.closed(PEOPLE),
    **mails.closed(PEOPLE),
    "courses:desk-completion": {Role.FOCAL_POINT},
    "courses:desk-completion-sheet": {Role.FOCAL_POINT},
}
POST_ONLY = {
    *("site:try-workers", "site:rebuild-search", "site:cancel-job", "site:retry-job"),
    *("courses:join", "courses:leave", "courses:move", "courses:done", "courses:place"),
    *("courses:start", "courses:ask-attempt", "courses:flag", "courses:choose"),
    *("courses:pictures", "site:language"),
    *accounts.POST_ONLY,
    *mydata.POST_ONLY,
    *("account_new_code", "courses:submit", "courses:hide-name", "courses:save-answer"),
    *("api:enrolments-leave", "api:enrolments-move", "api:attempts-submit"),
    *(desks.POST_ONLY | checking.POST_ONLY),
    *delegations.POST_ONLY,
    *mails.POST_ONLY,
}
# Somebody else's does not exist, not even for who runs the site.
OF_ONE_PERSON = {
    *mydata.OF_ONE_PERSON,
    *("courses:attempt", "courses:answers-file", "courses:review"),
    *("courses:result", "courses:certificate-pdf", "courses:badge"),
    *("api:enrolments-detail", "api:attempts-detail", "api:attempts-answers"),
    "api:attempts-result",
}
# Whoever is in already is led on.
COMING_IN = {"account_signup", "account_mail_code", "account_enter_code", "account_give_name"}
COMING_IN |= accounts.COMING_IN
# Read and sent to under one address.
BOTH_WAYS = {
    *COMING_IN,
    *accounts.BOTH_WAYS,
    *mydata.BOTH_WAYS,
    *("account_login", "account_logout", "courses:confirm-name", "courses:self-check"),
    *("api:enrolments-list", "api:attempts-list", "api:attempts-answers"),
    *(desks.BOTH_WAYS | editing.BOTH_WAYS | feeds.BOTH_WAYS),
    *delegations.BOTH_WAYS,
    *mails.BOTH_WAYS,
}
JOB = desks.JOB
CERTIFICATE = codes.shown(codes.draw())
OF_COURSES = [f"courses:{name}" for name in ("course", "join", "leave", "move")]
OF_LESSONS = [f"courses:{name}" for name in ("lesson", "self-check", "done", "place")]
OF_QUIZZES = [f"courses:{name}" for name in ("quiz", "start", "ask-attempt")]
ATTEMPT = ("attempt", "save-answer", "answers-file", "flag", "choose", "review", "submit", "result")
OF_ATTEMPTS = [f"courses:{name}" for name in ATTEMPT]
OF_ATTEMPTS += [f"api:attempts-{name}" for name in ("detail", "answers", "submit", "result")]
OF_COURSES += [f"api:enrolments-{name}" for name in ("detail", "leave", "move")]
OF_CERTIFICATES = ["courses:certificate-pdf", "courses:hide-name", "courses:badge"]
# Its two routes without a name are a redirect and the answer to every other address below.
ADMIN = [route for route in ROUTES if route.startswith("admin:") and "django" not in route]
PAGES = [route for route in ROUTES if not route.startswith("admin:")]


def address(route: str) -> str:
    """Where a route leads, with the rows of `rows`."""
    arguments = {
        "site:country": ["qaa"],
        "site:institution": ["institute"],
        **{f"site:{act}": [JOB] for act in ("cancel-job", "retry-job", "cancel-my-work")},
        "agreements:agreement": ["qaa-qab"],
        "casestudies:case": ["case"],
        "api:countries-detail": ["QAA"],
        "api:institutions-detail": ["institute"],
        "api:agreements-detail": ["qaa-qab"],
        "api:case-studies-detail": ["case"],
        "api:facts-detail": ["fact"],
        "api:glossary-detail": ["itmo"],
        "api:courses-detail": ["course"],
        "api:certificates-detail": [CERTIFICATE],
        "api:jobs-detail": [JOB],
        "courses:path": ["path"],
        "courses:module": ["course", "module"],
        "courses:module-file": ["course", "module"],
        **(desks.arguments(CERTIFICATE) | editing.ARGUMENTS | checking.ARGUMENTS),
        **delegations.arguments(),
        **accounts.ARGUMENTS,
        **(mails.ARGUMENTS | feeds.ARGUMENTS),
        **mydata.ARGUMENTS,
        "courses:verify": [CERTIFICATE],
        "courses:badge-key": [next(iter(badge_keys.keys().public))],
        "courses:badge-status": [0],
        **{route: ["course"] for route in OF_COURSES},
        **{route: ["course", "lesson"] for route in OF_LESSONS},
        **{route: ["course", "quiz"] for route in OF_QUIZZES},
        **{route: [JOB] for route in OF_ATTEMPTS},
        **{route: [CERTIFICATE] for route in OF_CERTIFICATES},
    }
    return reverse(route, args=arguments.get(route, []))


def admin_address(route: str) -> str:
    special = {
        "admin:app_list": ["partnership"],
        "admin:view_on_site": [1, 1],
        "admin:password_change": [],
    }
    of_a_row = route.endswith(("_change", "_delete", "_history"))
    return reverse(route, args=special.get(route, [1] if of_a_row else []))


@pytest.fixture
def rows(db) -> None:
    """A row for each kind of page."""
    from partnership.information.models import GlossaryTerm

    qaa, qab = CountryFactory(iso3="QAA"), CountryFactory(iso3="QAB")
    AgreementStageFactory(agreement=AgreementFactory(acquiring=qaa, host=qab))
    InstitutionFactory(slug="institute")
    CaseStudyFactory(slug="case")
    DatedFactFactory(key="fact")
    editing.make_rows()
    feeds.make_rows()
    GlossaryTerm.objects.create(slug="itmo", term="Outcome", definition="A tonne.")
    JobFactory(uuid=JOB)
    delegations.make_rows()
    mails.make_rows()
    mydata.make_rows()
    LearningPath.objects.create(slug="path", title="Path", summary="For all.", position=1)
    edition = EditionFactory(course__slug="course")
    LessonFactory(module=ModuleFactory(edition=edition, key="module"), slug="lesson")
    QuizFactory(edition=edition, slug="quiz")
    desks.make_rows(edition)
    learner = UserFactory(uuid=JOB)
    EnrolmentFactory(learner=learner, edition=edition)
    CertificateFactory(code=codes.parse_code(CERTIFICATE), learner=learner, edition=edition)


def expected(route: str, role: str) -> int:
    if route == "courses:self-check":
        return 302  # opened, it leads back to its lesson
    if answer := delegations.ELSEWHERE.get((route, role)):
        return answer
    if role in CLOSED.get(route, EVERY_ROLE):
        # Somebody else's job does not exist; a page that only takes a form cannot be opened.
        is_strange = route in OF_ONE_PERSON or (
            role != Role.ADMINISTRATOR
            and route
            in {"api:jobs-detail", *desks.OF_A_COURSE, *delegations.OF_A_DELEGATION} - POST_ONLY
        )
        return 404 if is_strange else 405 if route in POST_ONLY else 200
    if role != VISITOR:
        return 403
    return 401 if route.startswith("api:") else 302


def open_to(role: str) -> list[str]:
    return [route for route in PAGES if role in CLOSED.get(route, EVERY_ROLE)]


def routes_of(role: str) -> list[str]:
    """What this role may open and has a page at."""
    left_out = {"account_login", "account_logout", *COMING_IN, *accounts.SPECIAL}
    return [route for route in open_to(role) if route not in left_out]


# What all see, a visitor and a stranger stand for; who runs the site is in `test_every_page`.
LIKE_OTHERS = dict.fromkeys(Role.values, routes_of(STRANGER))
LIKE_OTHERS[STRANGER] = routes_of(VISITOR)


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_each_role_opens_its_routes(rows, role):
    """That it opens no other is said at the door: `test_door`."""
    client = client_of(role)
    routes = [route for route in routes_of(role) if route not in LIKE_OTHERS.get(role, ())]

    found = {route: client.get(address(route)).status_code for route in routes}

    assert found == {route: expected(route, role) for route in routes}


@pytest.mark.audit
def test_asking_for_the_head_of_a_page_is_asking_for_the_page(rows):
    client = client_of(Role.ADMINISTRATOR)
    pages = [route for route in PAGES if not route.startswith(("account_", "mfa_"))]

    found = {route: client.head(address(route)).status_code for route in pages}

    assert found == {route: expected(route, Role.ADMINISTRATOR) for route in pages}


@pytest.mark.parametrize("role", [VISITOR, Role.ADMINISTRATOR])
def test_nothing_can_be_sent_to_a_page_that_is_only_to_be_read(rows, role):
    client = client_of(role)
    seen = POST_ONLY | BOTH_WAYS | set(open_to(VISITOR) if role != VISITOR else ())
    to_read = [route for route in open_to(role) if route not in seen]

    for method in (client.post, client.delete):
        found = {route: method(address(route)).status_code for route in to_read}
        assert found == dict.fromkeys(to_read, 405)


def test_every_route_of_the_admin_is_closed_to_others(rows):
    client = client_of(VISITOR)

    found = {route: client.get(admin_address(route)).status_code for route in ADMIN}

    assert found == dict.fromkeys(ADMIN, 302)


@pytest.mark.parametrize(("role", "status"), [(VISITOR, 302), (Role.TRAINER, 403)])
def test_nobody_else_learns_what_there_is_in_the_admin(rows, role, status):
    client = client_of(role)

    for page in (admin_address(ADMIN[0]), admin_address(ADMIN[-1]), "/admin/no/such/page/"):
        assert client.get(page).status_code == status


def test_a_visitor_is_sent_to_sign_in_and_comes_back_to_the_page(rows, client):
    response = client.get("/desk/jobs/?page=1&x=%C3%A9")

    wanted = urlencode({"next": "/desk/jobs/?page=1&x=%C3%A9"})
    assert response.headers["Location"] == f"/account/sign-in/?{wanted}"


def test_a_form_that_a_visitor_sends_is_not_sent_again_after_signing_in(rows, client):
    response = client.post(address("site:try-workers"))

    assert response.headers["Location"] == "/account/sign-in/?next=%2F"


def test_an_anonymous_call_is_told_how_to_sign_in(db, client):
    response = client.get("/api/v1/jobs/")

    assert (response.status_code, response["WWW-Authenticate"]) == (401, "Session")
    wanted = {"code": "not_authenticated", "detail": "Sign in first.", "fields": {}}
    assert response.json() == wanted


def test_a_denied_person_is_written_down_once(rows):
    trainer = somebody(Role.TRAINER)
    client = Client()
    client.force_login(trainer)

    client.get("/desk/to-confirm/", headers={"X-Request-ID": "request-1234"})

    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.kind, entry.key) == ("denied", "route", "site:to-confirm")
    assert (entry.actor, entry.acting_as) == (str(trainer.uuid), "trainer")
    assert (entry.request_id, entry.network) == ("request-1234", "loopback IPv4")


def test_an_allowed_person_and_a_visitor_are_not_written_down(rows):
    client_of(Role.ADMINISTRATOR).get("/desk/")
    client_of(VISITOR).get("/desk/")

    assert not AuditEntry.objects.exists()


def test_a_person_with_another_role_is_told_whom_to_ask(db):
    page = client_of(STRANGER).get("/desk/").content.decode()
    assert "You are signed in, and this page is for another role." in page


@pytest.mark.parametrize("address", ["/nowhere/", "/api/v1/nowhere/", "/agreements/a/b/"])
@pytest.mark.parametrize("role", [VISITOR, Role.ADMINISTRATOR])
def test_an_address_that_leads_nowhere_is_not_found_for_anybody(db, role, address):
    assert client_of(role).get(address).status_code == 404
