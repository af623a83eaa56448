"""What holds for every page."""

from __future__ import annotations

import html
import re
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partnership.accounts.models import Role
from tests.factories.members import (
    CountryFactory,
    InstitutionFactory,
)
from tests.site.people import STRANGER, client_of, somebody

PAGES = [
    "/",
    "/members/",
    "/members/countries/vnm/",
    "/members/institutions/iges/",
    "/search/?q=itmo",
    "/about/",
    "/agreements/",
    "/agreements/network/",
    "/agreements/jpn-vnm/",
    "/case-studies/",
    "/case-studies/transformers-viet-nam-lao-pdr/",
    "/glossary/",
    "/news/",
    "/figures/",
    "/figures/agreements/",
    "/figures/facts/talk-pairs/",
    "/courses/",
    "/courses/paths/new-official/",
    "/courses/a6-202/",
    "/courses/a6-202/modules/adjusting/",
    "/courses/a6-202/single-year-targets/",
    "/courses/mine/",
    "/account/",
    "/account/profile/",
    "/account/addresses/",
    "/account/password/",
    "/account/sessions/",
    "/account/second-factor/",
    "/account/second-factor/app/",
    "/account/second-factor/passkey/",
    "/account/prove/",
    "/account/mail/",
    "/account/data/",
    "/account/work/",
    "/account/data/erase/",
    "/account/policies/",
    "/policies/privacy/",
    "/policies/terms/",
    "/desk/policies/",
    "/api/docs/",
    "/desk/",
    "/desk/jobs/",
    "/desk/mail/",
    "/desk/log/",
    "/desk/to-confirm/",
    "/desk/register/",
    "/desk/register/add/",
    "/desk/register/jpn-vnm/",
    "/agreements/growth/",
    "/agreements/approaches/",
    "/agreements/authorizations/",
    "/desk/cooperation/approaches/",
    "/desk/cooperation/authorizations/add/",
    "/desk/facts/",
    "/desk/facts/talk-pairs/",
    "/desk/sources/",
    "/desk/sources/add/",
    "/desk/case-studies/",
    "/desk/case-studies/new/",
    "/desk/case-studies/published/transformers-viet-nam-lao-pdr/",
    "/desk/feeds/",
    "/desk/feeds/add/",
    "/desk/feeds/queue/",
    "/desk/links/",
    "/desk/courses/",
    "/desk/subject-check/",
    "/desk/subject-check/review-steps/",
    "/desk/courses/a6-202/",
    "/desk/courses/a6-202/learners/",
    "/desk/courses/a6-202/quizzes/check/",
    "/desk/courses/a6-202/questions/",
    "/desk/courses/a6-202/questions/new/matching/",
    "/desk/courses/a6-202/questions/q/a6-202-q01/",
    "/desk/courses/a6-202/questions/paste/",
    "/desk/courses/a6-202/questions/imports/",
    "/desk/courses/a6-202/questions/export/",
    "/desk/courses/a6-202/requests/",
    "/desk/courses/a6-202/late/",
    "/desk/courses/a6-202/allowances/",
    "/desk/courses/a6-202/draft/",
    "/desk/new-course/",
    "/account/delegation/",
    "/account/colleagues/",
    "/invitation/",
    "/desk/delegation/",
    "/desk/delegation/country/mng/",
    "/desk/delegation/country/mng/invitations/",
    "/desk/delegation/country/mng/requests/",
    "/desk/delegation/country/mng/functions/",
    "/desk/delegation/country/mng/profile/",
    "/desk/members/appointments/",
    "/desk/members/invitations/",
    "/desk/members/requests/",
    "/desk/members/recoveries/",
    "/desk/delegation/country/mng/recoveries/",
    "/desk/members/domains/",
    "/desk/members/profiles/",
    "/desk/members/handovers/",
    "/desk/people/",
    "/desk/people/acts/",
    "/desk/letters/",
    "/desk/letters/new/",
    "/desk/members/countries/",
    "/desk/members/institutions/",
    "/desk/members/institutions/new/",
    "/desk/members/roll/institution/iges/",
    "/nowhere/",
]


# The tests that read them all share what was answered: one worker has them.
together = pytest.mark.xdist_group("every page")


class Page(NamedTuple):
    text: str
    queries: int


@pytest.fixture(scope="module")
def answered() -> dict[str, Page]:
    return {}


@pytest.fixture
def pages(content, answered) -> dict[str, Page]:
    """Every page as who runs the site reads it: asked for once, then only looked at."""
    client = client_of(Role.ADMINISTRATOR)
    for address in PAGES if not answered else ():
        with CaptureQueriesContext(connection) as queries:
            text = client.get(address).content.decode()
        answered[address] = Page(text, len(queries))
    return answered


@together
def test_no_page_needs_what_the_content_policy_forbids(pages):
    for address, page in pages.items():
        # A block of data is no script: no browser runs it, and the policy says nothing of it.
        scripts = re.sub(r'<script type="application/ld\+json">', "", page.text)
        assert not re.findall(r"<script(?![^>]*\ssrc=)", scripts), address
        assert not re.findall(r"<style|\sstyle=|\son[a-z]+=|javascript:", page.text), address


@together
def test_no_page_fetches_anything_from_elsewhere(pages):
    for address, page in pages.items():
        fetched = re.findall(r'\ssrc="([^"]*)"', page.text)
        fetched += re.findall(r'<(?:link|use|form)[^>]*(?:href|action)="([^"]*)"', page.text)
        assert [url for url in fetched if urlsplit(url).netloc] == [], address


@pytest.mark.audit
@together
def test_every_link_inside_the_site_leads_somewhere(pages):
    client = client_of(Role.ADMINISTRATOR)
    found = {
        html.unescape(link).partition("#")[0]
        for page in pages.values()
        for link in re.findall(r'href="(/(?!static/)[^"]*)"', page.text)
    }
    # The people of the page went with the rows it was drawn from.
    found = {link for link in found if not re.match(r"/desk/people/[0-9a-f-]{36}/", link)}
    # Of pages of one kind a few: each costs a request.
    kinds: dict[str, list[str]] = {}
    for link in sorted(link for link in found if not link.startswith("/admin/")):
        kinds.setdefault(re.sub(r"(?<=/)[a-z0-9-]+/?(\?.*)?$", "", link), []).append(link)
    sample = [link for links in kinds.values() for link in links[:2]]

    broken = {link: client.get(link).status_code for link in sample if link not in pages}

    assert {link: status for link, status in broken.items() if status != 200} == {}


@together
def test_every_page_has_one_title_and_one_heading(pages):
    titles = set()
    for address, page in pages.items():
        assert len(re.findall(r"<h1[\s>]", page.text)) == 1, address
        titles.add(page.text.partition("<title>")[2].partition("</title>")[0].strip())

    assert len(titles) == len(PAGES)


@together
def test_no_page_costs_more_than_twelve_queries_for_whoever_reads_it(pages):
    # PostgreSQL is asked what time it is.
    most = 13 if connection.vendor == "postgresql" else 12

    assert {address for address, page in pages.items() if page.queries > most} == set()


def test_names_of_people_and_places_are_text(db):
    person = somebody(Role.ADMINISTRATOR)
    person.name = "<b>Alice</b>"
    person.save()
    CountryFactory(iso3="QAA", name="<i>Land</i>", place="<i>")
    InstitutionFactory(name="<script>alert(1)</script>", role="<img src=x>", slug="x")
    client = Client()
    client.force_login(person)

    for address in ("/members/", "/members/countries/qaa/", "/members/institutions/x/", "/desk/"):
        page = client.get(address).content.decode()
        for tag in ("<b>Alice", "<i>", "<script>alert", "<img src=x"):
            assert tag not in page
        assert "&lt;b&gt;Alice" in page


def test_a_visitor_is_offered_to_sign_in_and_to_come_back(client, db):
    page = client.get("/members/?q=viet nam").content.decode()

    assert 'href="/account/sign-in/?next=/members/%3Fq%3Dviet%2520nam"' in page
    assert "/account/sign-out/" not in page
    assert "csrfmiddlewaretoken" not in page


@pytest.mark.parametrize(
    ("role", "has_desk"),
    [
        (STRANGER, False),
        (Role.OFFICIAL, False),
        (Role.FOCAL_POINT, True),
        (Role.TRAINER, True),
        (Role.ADMINISTRATOR, True),
    ],
)
def test_the_desk_is_offered_to_those_who_have_one(db, role, has_desk):
    page = client_of(role).get("/").content.decode()

    assert ('href="/desk/"' in page) is has_desk
    assert 'action="/account/sign-out/"' in page


def test_a_trial_site_says_so(client, db):
    assert "This is a trial site with invented people." in client.get("/").content.decode()
