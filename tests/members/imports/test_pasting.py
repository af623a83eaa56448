from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership.accounts.models import Role
from partnership.lib import clock
from partnership.members.delegations import Delegation
from partnership.members.imports import services
from partnership.members.imports.pasting import addresses_in
from partnership.members.imports.refusals import NoAddresses
from partnership.members.models import Invitation
from tests.factories.accounts import person_with
from tests.factories.members import CountryFactory
from tests.members.imports.helpers import verdicts, work


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a@x.example", [("a@x.example", "")]),
        ("a@x.example; b@x.example,c@x.example", [(f"{n}@x.example", "") for n in "abc"]),
        (
            "An Do <a@x.example>\r\n\r\nb@x.example\r\n",
            [("a@x.example", "An Do"), ("b@x.example", "")],
        ),
        ('"Do, An" <a@x.example>; b@x.example', [("a@x.example", "Do, An"), ("b@x.example", "")]),
        ("Do, An <a@x.example>, b@x.example", [("a@x.example", "Do, An"), ("b@x.example", "")]),
        ("<a@x.example>", [("a@x.example", "")]),
        ("ليلى <l@x.example>", [("l@x.example", "ليلى")]),
        ("nothing here", [("nothing here", "")]),
        (" \n ; , \n", []),
    ],
)
def test_addresses_are_found_however_they_are_divided(text: str, found: list) -> None:
    assert addresses_in(text) == found


@given(st.text(alphabet='a@<>",; \n'))
def test_any_text_can_be_pasted(text: str) -> None:
    assert all(email or name for email, name in addresses_in(text) if "@" in text)


@given(st.lists(st.from_regex(r"[a-z]{1,8}@[a-z]{1,8}\.example", fullmatch=True), max_size=20))
def test_no_address_is_lost(emails: list[str]) -> None:
    for between in ("\n", ", ", ";"):
        assert addresses_in(between.join(emails)) == [(email, "") for email in emails]


@pytest.mark.django_db
def test_two_hundred_addresses_are_tried_and_then_invited() -> None:
    country = CountryFactory(iso3="QAA")
    text = "\n".join(f"Person {n} <p{n}@x.example>" for n in range(200)) + "\nbroken@\n"
    imported = services.paste(
        text,
        by=person_with(Role.ADMINISTRATOR),
        at=clock.now(),
        role="official",
        delegation=Delegation("country", "qaa", country),
    )
    work(imported)
    assert list(verdicts(imported).values()).count("new") == 200
    assert verdicts(imported)[202] == "wrong"
    assert not Invitation.objects.exists()
    services.take_in(imported, at=clock.now())
    work(imported)
    assert Invitation.objects.filter(country=country, role="official").count() == 200
    assert Invitation.objects.get(email="p7@x.example").name == "Person 7"


@pytest.mark.django_db
def test_trainers_are_invited_without_a_country_once() -> None:
    by = person_with(Role.ADMINISTRATOR)
    held = person_with(Role.TRAINER)
    text = f"new@x.example, {held.email}"
    for verdict in ("new", "same"):
        imported = services.paste(text, by=by, at=clock.now(), role="trainer", delegation=None)
        assert verdicts(work(imported)) == {2: verdict, 3: "same"}
        if verdict == "new":
            services.take_in(imported, at=clock.now())
            work(imported)
    assert Invitation.objects.get().role == "trainer"


@pytest.mark.django_db
def test_nothing_pasted_is_refused() -> None:
    with pytest.raises(NoAddresses):
        services.paste(
            " ", by=person_with(Role.ADMINISTRATOR), at=clock.now(), role="trainer", delegation=None
        )
