"""Whatever is asked: a plain answer, never a fault."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, example, given
from hypothesis import strategies as st

from partnership.accounts.models import Role
from tests.properties import examples
from tests.site.people import VISITOR, client_of

pytestmark = pytest.mark.both_engines("PostgreSQL refuses values that SQLite takes")

LISTS = [
    "/members/",
    "/agreements/",
    "/agreements/network/",
    "/case-studies/",
    "/glossary/",
    "/search/",
    "/api/v1/countries/",
    "/api/v1/institutions/",
    "/api/v1/agreements/",
    "/api/v1/case-studies/",
    "/api/v1/facts/",
    "/api/v1/glossary/",
    "/api/v1/courses/",
    "/api/v1/search/",
]
API = [address for address in LISTS if address.startswith("/api/")]
PAGED = ["/agreements/", "/search/", "/desk/jobs/"]


def sentence(response) -> str:
    """What a person or a program is told of an error."""
    if response["Content-Type"].startswith("application/json"):
        assert set(response.json()) == {"code", "detail", "fields"}
        return response.json()["detail"]
    assert '<p class="lead">' in response.content.decode()
    return response.content.decode().partition('<p class="lead">')[2].partition("</p>")[0]


def raw(path: bytes, query: bytes = b"", host: str = "localhost") -> tuple[int, bytes]:
    """The answer to bytes that no browser would send, as a web server hands them over."""
    response = client_of(VISITOR).request(
        PATH_INFO=path.decode("latin-1"), QUERY_STRING=query.decode("latin-1"), HTTP_HOST=host
    )
    return response.status_code, response.content


# --- Addresses --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "/members/countries/xyz/",
        "/members/countries/japan/",
        "/members/countries/🦆/",
        "/members/countries/%2e%2e/",
        "/members/institutions/nobody/",
        "/agreements/xxx-yyy/",
        "/case-studies/no-such-case/",
        "/api/v1/countries/ja/",
        "/api/v1/countries/xyz/",
        "/api/v1/agreements/xxx-yyy/",
        "/desk/jobs/not-a-uuid/cancel/",
        f"/{'a' * 16_000}/",
        f"/members/countries/{'a' * 16_000}/",
        f"/agreements/{'a' * 16_000}/",
    ],
)
@pytest.mark.usefixtures("db")
def test_what_is_not_there_is_not_found(address):
    response = client_of(VISITOR).get(address)

    assert response.status_code == 404
    assert sentence(response)


@pytest.mark.parametrize(
    "path", [b"/\xff/", b"/\xed\xa0\x80/", b"/members/countries/\xff/", b"/agreements/\xc3/"]
)
@pytest.mark.usefixtures("db")
def test_bytes_that_are_no_text_are_not_found(path):
    assert raw(path)[0] == 404


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize("value", [b"%ff", b"%ed%a0%80", b"\xff\xfe", b"%", b"%zz"])
@pytest.mark.usefixtures("db")
def test_bytes_that_are_no_text_are_not_a_fault_in_a_filter(address, value):
    for name in (b"q", b"as_of", b"cursor", value):
        assert raw(address.encode(), name + b"=" + value)[0] in (200, 400)


@pytest.mark.parametrize("address", ["/%00/", "/agreements/%00/", "/api/v1/countries/%00/"])
@pytest.mark.usefixtures("db")
def test_a_nul_in_an_address_is_not_understood(address):
    response = client_of(VISITOR).get(address)

    assert (response.status_code, bool(sentence(response))) == (400, True)


@pytest.mark.parametrize("host", ["evil.example", "localhost:80:80", "a b", "", "localhost.evil"])
def test_a_host_that_is_not_ours_is_not_served(host):
    status, page = raw(b"/health/live", host=host)

    assert status == 400
    assert b"The address or form holds something that cannot be used." in page


# --- Filters ----------------------------------------------------------------------------


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.usefixtures("db")
def test_a_nul_in_a_filter_is_not_understood(address):
    response = client_of(VISITOR).get(f"{address}?q=a%00b")

    assert (response.status_code, bool(sentence(response))) == (400, True)


@pytest.mark.parametrize(
    "query",
    [
        "as_of=2022-13-40",
        "as_of=yesterday",
        "as_of=0000-00-00",
        "as_of=99999-01-01",
        "ordering=password",
        "ordering=-pk",
        "ordering=acquiring__party_source",
        "acquiring=xyz",
        "host=🦆",
        "source=nobody",
        "sector=nothing",
        "kind=pact",
        "stage=done",
    ],
)
@pytest.mark.parametrize("address", ["/agreements/", "/api/v1/agreements/"])
def test_a_filter_of_the_register_that_cannot_be_is_named(content, address, query):
    response = client_of(VISITOR).get(f"{address}?{query}")

    assert response.status_code == 400
    assert len(sentence(response)) > 10
    if address.startswith("/api/"):
        assert list(response.json()["fields"]) == [query.partition("=")[0]]


def test_a_day_that_cannot_be_is_told_how_to_write_one(db):
    response = client_of(VISITOR).get("/agreements/?as_of=2022-13-40")

    assert sentence(response) == "Write the day as year-month-day, such as 2022-12-16."


@pytest.mark.parametrize(
    "address",
    [
        "/members/?region=Atlantis",
        "/members/?group=rich",
        "/members/?part=other",
        f"/members/?q={'a' * 101}",
        "/agreements/network/?as_of=tomorrow",
        "/case-studies/?country=xyz",
        "/case-studies/?mechanism=magic",
        "/glossary/?category=other",
        "/search/?kind=animal",
        f"/search/?q={'a' * 201}",
    ],
)
def test_a_filter_of_a_page_that_cannot_be_is_refused_in_a_sentence(db, address):
    response = client_of(VISITOR).get(address)

    assert (response.status_code, len(sentence(response)) > 10) == (400, True)


@pytest.mark.parametrize("number", ["0", "999999", "abc", "-1", "1" * 400, "0000000010", "1.0"])
@pytest.mark.parametrize("address", PAGED)
def test_a_page_that_is_not_there_is_refused_by_its_number(db, address, number):
    response = client_of(Role.ADMINISTRATOR).get(address, {"page": number})

    assert response.status_code == 400
    assert sentence(response) == f"There is no page {number[:20]} in this list."


@pytest.mark.parametrize("address", API)
def test_a_filter_that_a_list_does_not_have_is_refused_and_not_ignored(db, address):
    response = client_of(VISITOR).get(f"{address}?password=x")

    assert response.status_code == 400
    assert response.json()["fields"] == {"password": ["There is no such filter here."]}


@pytest.mark.parametrize("address", ["/agreements/", "/search/", "/glossary/", "/"])
def test_a_page_does_not_mind_what_others_hang_on_its_address(db, address):
    assert client_of(VISITOR).get(f"{address}?utm_source=mail&fbclid=1").status_code == 200


@pytest.mark.parametrize("address", LISTS)
def test_three_thousand_filters_are_not_understood(db, address):
    query = urlencode({f"name{number}": number for number in range(3_000)})

    response = client_of(VISITOR).get(f"{address}?{query}")

    assert (response.status_code, bool(sentence(response))) == (400, True)


# --- Whatever comes ---------------------------------------------------------------------

NAMES = st.one_of(
    st.sampled_from(["q", "as_of", "acquiring", "host", "kind", "stage", "sector", "source"]),
    st.sampled_from(["ordering", "page", "cursor", "page_size", "format", "region", "group"]),
    st.sampled_from(["part", "country", "mechanism", "category", "topic"]),
)
KNOWN = st.one_of(
    st.sampled_from(["jpn", "VNM", "treaty", "signed", "host", "Asia", "ldc", "jcm", "not_known"]),
    st.sampled_from(["-known_from", "2022-12-16", "9999-12-31", "0001-01-01", "not_stated"]),
    st.sampled_from(["csv", "json", "xlsx", "exe", '"itmo', "AND", "NEAR(", "*", ":*", "'"]),
)
VALUES = st.one_of(KNOWN, st.text(max_size=30), st.integers().map(str))
SMALL = examples(30, suppress_health_check=list(HealthCheck))


def status_of(client: Client, address: str, query: list[tuple[str, str]]) -> int:
    encoded = urlencode([(name, value.encode("utf-8", "surrogatepass")) for name, value in query])
    response = client.get(address, QUERY_STRING=encoded)
    if response.streaming:
        b"".join(response.streaming_content)
    return response.status_code


@SMALL
@given(st.sampled_from(LISTS), st.lists(st.tuples(NAMES, VALUES), max_size=4))
def test_no_question_makes_a_fault(content, address, query):
    assert status_of(Client(raise_request_exception=False), address, query) in (200, 400, 404, 406)


@pytest.mark.audit
@SMALL
@given(st.text(max_size=60))
def test_no_search_makes_a_fault(content, asked):
    client = Client(raise_request_exception=False)

    for address in ("/search/", "/members/", "/glossary/", "/api/v1/search/"):
        assert status_of(client, address, [("q", asked)]) in (200, 400)


@SMALL
@example("/[")  # what is not an address for Python's own reader of them
@given(st.text(max_size=40))
def test_no_address_makes_a_fault(db, path):
    client = Client(raise_request_exception=False)

    for start in ("/", "/members/countries/", "/agreements/", "/api/v1/countries/"):
        # As a server hands it on: the client would take the address apart and refuse some itself.
        sent = f"{start}{path}".encode("utf-8", "surrogatepass").decode("latin-1")
        answer = client.get("/", PATH_INFO=sent)
        assert answer.status_code in (200, 301, 302, 400, 404)


@pytest.mark.parametrize("body", ["{broken", "[" * 10_000 + "]" * 10_000, "\0", '"\\ud800"', "NaN"])
def test_what_is_sent_to_sign_in_as_something_else_is_not_a_fault(db, body):
    response = client_of(VISITOR).post("/account/sign-in/", body, content_type="application/json")

    assert response.status_code in (200, 400, 403)
    assert json.dumps(body) not in response.content.decode()
