"""Links: what an answer says of one, when it is said to be broken, and who hears of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from partnership.accounts.models import Role
from partnership.information.links import looking, services, tasks
from partnership.information.links.looking import Seen, look, of_answer
from partnership.information.links.services import Use
from partnership.jobs import runner
from partnership.jobs.models import Job
from partnership.lib import clock
from partnership.lib.outbound import Answer, Limits
from partnership.mail.models import OutboxMessage
from partnership.site import linking
from partnership.site.tasks import gather_links
from partnership.sources.models import Link, LinkUse, Source
from tests.constraints import refused_by
from tests.factories.accounts import person_with
from tests.factories.courses import CourseTrainerFactory, EditionFactory, LessonFactory
from tests.factories.feeds import NOON
from tests.factories.information import VersionFactory
from tests.factories.links import LinkFactory, LinkUseFactory
from tests.factories.sources import SourceFactory
from tests.hosts import answer, host
from tests.site.people import client_of

DAY = timedelta(days=1)
ASKED = "https://a.example/deep/page"
PAGE = {"Content_Type": "text/html"}


def given(status: int = 200, *hops: int, at: str = ASKED, title: str = "A page") -> Answer:
    body = f"<html><title>{title}</title>".encode()
    return Answer(status, at, {}, body, tuple((hop, ASKED) for hop in hops))


@pytest.mark.parametrize(
    ("said", "seen"),
    [
        (given(), Seen("good")),
        (given(404), Seen("gone", "status_404")),
        (given(410), Seen("gone", "status_410")),
        (given(403), Seen("closed", "status_403")),
        (given(429), Seen("closed", "status_429")),
        (given(503), Seen("silent", "status_503")),
        (given(title="404 Not Found"), Seen("soft", "soft_404")),
        (given(title="Erreur : page introuvable"), Seen("soft", "soft_404")),
        (given(title="Room 4041 found"), Seen("good")),
        (given(200, 302, at="https://a.example/"), Seen("soft", "soft_404")),
        (given(200, 302, at="https://a.example/other"), Seen("good")),
        (given(200, 301, at="https://b.example/x"), Seen("moved", "", "https://b.example/x")),
        (given(200, 301, 302, at="https://b.example/x"), Seen("good")),
        (given(200, 301, at="https://www.a.example/deep/page/"), Seen("good")),
    ],
)
def test_what_an_answer_says_of_a_link(said, seen):
    assert of_answer(ASKED, said) == seen


def test_the_head_is_asked_for_and_the_page_where_the_head_says_too_little(settings, monkeypatch):
    monkeypatch.setattr(looking, "LIMITS", Limits(seconds=0.5, size=1_000))
    settings.OUTBOUND_LOOPBACK = ["a.example"]

    def seen(speaks) -> tuple[str, str]:
        """The state, and the first letters of the methods that it took."""
        with host(speaks) as there:
            found = look(Link(address=f"http://a.example:{there.port}/deep/page"))
        return found.state, "".join(asked[0] for asked in there.asked)

    def only_pages(send, asked):
        said = answer(b"ok") if asked.startswith("GET") else answer(b"", "405 No")
        said(send, asked)

    assert seen(answer(b"", Content_Type="application/pdf")) == ("good", "H")
    assert seen(answer(b"<title>Not found</title>", **PAGE)) == ("soft", "HG")
    assert seen(only_pages) == ("good", "HG")
    assert seen(answer(bytes(2_000), **PAGE)) == ("good", "HG")
    assert seen(answer(b"", "404 Not Found")) == ("gone", "HG")
    assert seen(lambda send, asked: None) == ("silent", "HG")
    assert look(Link(address="http://127.0.0.1/")) == Seen("wrong", "private_address")


@pytest.mark.django_db
def test_a_fault_is_believed_at_its_third_time_after_two_days_and_forgotten_at_once():
    link, fault = LinkFactory(state="good"), Seen("gone", "status_404")
    found = []
    for days in (0, 1, 2):
        services.keep(link, fault, at=NOON + days * DAY)
        link.refresh_from_db()
        found.append((link.state, link.tries, link.next_try_at - NOON))

    assert found[:2] == [("good", 1, DAY), ("good", 2, 2 * DAY)]
    assert (link.state, link.since) == ("gone", NOON)
    assert 8 * DAY < link.next_try_at - NOON < 10 * DAY

    services.keep(link, Seen("moved", "", "https://b.example/"), at=NOON + 9 * DAY)
    link.refresh_from_db()
    assert (link.state, link.moved_to, link.tries, link.since) == (
        *("moved", "https://b.example/", 0),
        None,
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("constraint", "wrong"),
    [
        ("link_fault_is_named", {"tries": 1, "since": NOON}),
        ("link_fault_is_named", {"error": "too_slow"}),
        ("link_broken_after_three_tries", {"state": "gone"}),
        ("link_moved_says_where", {"state": "good", "moved_to": "https://b.example/"}),
    ],
)
def test_a_link_is_broken_after_three_named_faults(constraint, wrong):
    with refused_by(constraint):
        LinkFactory(**wrong)


@pytest.mark.django_db
def test_a_link_stands_on_a_page_once():
    use = LinkUseFactory()

    with refused_by("link_use_once"):
        LinkUseFactory(link=use.link, page=use.page)


@pytest.mark.django_db
def test_links_of_what_is_published_are_noted_and_those_that_went_are_forgotten(count_queries):
    SourceFactory(slug="paper", address="https://a.example/paper")
    SourceFactory(slug="bare", address="")
    text = "[One](https://a.example/1?a=1&b=2), [own](/about/), [two](https://a.example/paper)."
    LessonFactory(text=text, module__edition__course__slug="course")
    draft = EditionFactory(course__slug="drafted", published_at=None)
    LessonFactory(text="[Draft](https://draft.example/)", module__edition=draft)
    Source.objects.exclude(slug__in=["paper", "bare"]).update(address="")
    LinkFactory(address="https://gone.example/", broken=True)
    for number, address in enumerate(["https://unfccc.example/1", "https://unfccc.example/1", ""]):
        VersionFactory(document__slug="read", number=number + 1, address=address)
    VersionFactory(published_at=None, address="https://unfccc.example/draft")
    VersionFactory(document__withdrawn_at=NOON, document__withdrawn_because="Wrong.")

    assert linking.gather(at=NOON) == 4
    gather_links()

    uses = LinkUse.objects.order_by("link__address", "owner").values_list("link__address", "owner")
    assert list(uses) == [
        ("https://a.example/1?a=1&b=2", "course:course"),
        ("https://a.example/paper", "course:course"),
        ("https://a.example/paper", "editors"),
        ("https://draft.example/", "course:drafted"),
        ("https://unfccc.example/1", "editors"),
    ]
    assert LinkUse.objects.get(link__address="https://unfccc.example/1").page == (
        "/desk/library/read/"
    )
    assert set(Link.objects.values_list("state", "next_try_at")) == {("untried", NOON)}
    many = [Use(f"https://b.example/{n}", "/a/", "A", "editors") for n in range(30)]
    with count_queries(11):
        services.note(many, at=NOON)
    with count_queries(3):
        services.note(many, at=NOON)


@pytest.mark.django_db
def test_a_round_looks_at_what_is_due_of_each_host_one(settings):
    settings.OUTBOUND_LOOPBACK = ["a.example"]
    with host(answer(b"", "404 Not Found")) as there:
        for name in ("one", "two"):
            LinkFactory(address=f"http://a.example:{there.port}/{name}")
        assert tasks.ring_links()
        runner.run(Job.objects.get(kind="links.round").pk)

    assert Job.objects.get().result == {"looked_at": 1, "good": 0}
    assert sorted(Link.objects.values_list("tries", "error")) == [(0, ""), (1, "status_404")]


@pytest.mark.django_db
def test_whoever_can_mend_a_link_gets_one_list_a_month():
    editor = person_with(Role.DATA_EDITOR)
    trainer = CourseTrainerFactory(course=EditionFactory(course__slug="course").course).person
    for owner, state in (("editors", {}), ("course:course", {}), ("course:course", {"tries": 4})):
        LinkUseFactory(link=LinkFactory(broken=True, **state), owner=owner)
    shut = LinkFactory(state="closed", tries=3, since=NOON, error="status_403")
    LinkUseFactory(link=shut, title="Shut")

    assert [linking.tell_owners(at=NOON + days * DAY) for days in (0, 1, 40)] == [2, 0, 2]

    mails = OutboxMessage.objects.order_by("to", "key").values_list("to", "subject")
    told = [(editor.email, "1 link leads nowhere"), (trainer.email, "2 links lead nowhere")]
    assert list(mails) == sorted(told * 2)
    body = OutboxMessage.objects.filter(to=editor.email).first().body
    assert "/paper: not there (Paper" in body
    assert "Shut" not in body


@pytest.mark.django_db
def test_the_desk_shows_what_is_broken_and_where_and_looks_again(count_queries):
    desk, link = client_of(Role.TRAINER), LinkFactory(broken=True)
    LinkUseFactory(link=link, title="<b>Paper</b>", page="/about/")
    LinkUseFactory(link=LinkFactory(state="good"))
    LinkUseFactory(link=LinkFactory(state="moved", moved_to="https://b.example/"), title="Desk")
    with count_queries(6):
        page = desk.get("/desk/links/").content.decode()
    assert '<a href="/about/" dir="auto">&lt;b&gt;Paper&lt;/b&gt;</a>' in page
    assert "<bdi>Desk</bdi>" in page
    assert [row.state for row in desk.get("/desk/links/").context["page"]] == ["gone", "moved"]
    assert "There is nothing at this address (404)." in page
    assert f"https://web.archive.org/web/*/{link.address}" in page

    sent = desk.post("/desk/links/?q=paper", {"again": str(link.uuid)})
    desk.post("/desk/links/", {"again": "nonsense"})

    assert sent["Location"] == "/desk/links/?q=paper"
    link.refresh_from_db()
    assert NOON < link.next_try_at <= clock.now()
    assert Job.objects.get().kind == "links.round"
    for _ in range(3):
        LinkUseFactory(link=LinkFactory(broken=True))
    with count_queries(6):
        desk.get("/desk/links/")
    assert [row.state for row in desk.get("/desk/links/?state=good").context["page"]] == ["good"]
