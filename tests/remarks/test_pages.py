"""The link beside a fact, the form behind it, and the list of those who answer."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from partnership.accounts.models import Role
from partnership.mail.models import OutboxMessage
from partnership.remarks.models import Remark
from tests.factories.accounts import person_with
from tests.factories.agreements import AgreementFactory, AgreementStageFactory
from tests.factories.members import CountryFactory, FocalTermFactory
from tests.factories.remarks import RemarkFactory
from tests.site.people import client_of

pytestmark = pytest.mark.django_db
FORM = "/something-wrong/agreement/qaa-qab/"
DESK = "/desk/remarks/"


@pytest.fixture
def agreement():
    pair = {"acquiring": CountryFactory(iso3="QAA"), "host": CountryFactory(iso3="QAB")}
    return AgreementStageFactory(
        agreement=AgreementFactory(**pair), source=None, is_confirmed=False
    ).agreement


def test_every_line_of_an_agreement_leads_to_the_form_and_this_knows_the_line(agreement, client):
    page = client.get("/agreements/qaa-qab/").content.decode()

    links = re.findall(r'class="ask-wrong" href="([^"]+)"', page)
    assert links == [FORM, "/something-wrong/line/qaa-qab/signed.2022-03-01/"]
    shown = client.get(links[1]).content.decode()
    assert "signed, 1 March 2022" in shown
    assert 'name="email"' in shown


def test_a_visitor_writes_uses_the_link_and_reads_the_answer_on_the_same_page(agreement, client):
    person_with(Role.ADMINISTRATOR)
    wrong = client.post(FORM, {"text": "", "email": "nobody"}).content.decode()
    assert ('href="#id_text"' in wrong, 'href="#id_email"' in wrong) == (True, True)

    answer = client.post(FORM, {"text": "In <April>.", "email": "reader@m.example"})
    assert answer["Location"] == "/something-wrong/sent/"
    page = Remark.objects.get().get_absolute_url()
    assert page in OutboxMessage.objects.get().body
    assert "Send it off" in client.get(page).content.decode()
    assert Remark.objects.filter(proved_at__isnull=False).count() == 0
    assert client.post(page)["Location"] == page
    assert "It waits for an answer" in client.get(page).content.decode()

    desk = client_of(Role.DATA_EDITOR)
    one = f"{DESK}{Remark.objects.get().uuid}/"
    assert one in desk.get(f"{DESK}?state=open").content.decode()
    shown = desk.get(one).content.decode()
    assert ("In &lt;April&gt;." in shown, "reader@m.example" in shown) == (True, True)
    assert desk.post(one, {"do": "answer", "text": "Put right."})["Location"] == one
    assert "Put right." in client.get(page).content.decode()
    assert one not in desk.get(f"{DESK}?state=open").content.decode()
    again = desk.post(one, {"do": "close", "text": "Twice"}).content.decode()
    assert "Somebody else answered or closed" in again


def test_a_focal_point_answers_for_the_own_country_and_never_sees_the_address(client):
    country = CountryFactory(iso3="QAA", name="Alia")
    focal = FocalTermFactory(country=country).person
    row, elsewhere = RemarkFactory(), RemarkFactory()
    row.countries.add(country)
    client.force_login(focal)

    assert [one.pk for one in client.get(DESK).context["page"]] == [row.pk]
    assert row.email not in client.get(row.desk).content.decode()
    assert client.get(elsewhere.desk).status_code == 404
    client.post(row.desk, {"do": "answer", "text": "It was in May."})

    assert "The focal point of Alia answers:" in OutboxMessage.objects.get().body
    assert "What readers say is wrong" in client.get("/desk/").content.decode()


def test_very_many_from_one_network_are_told_to_come_later(agreement, client, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "remark": "1/h/ip"}
    words = {"text": "Wrong.", "email": "reader@m.example"}
    client.post(FORM, words)

    answer = Client().post(FORM, {**words, "email": "other@m.example"})

    assert (answer.status_code, Remark.objects.count()) == (429, 1)


def test_the_list_asks_as_often_for_many_as_for_one(count_queries):
    desk = client_of(Role.DATA_EDITOR)
    RemarkFactory().countries.add(CountryFactory())
    with count_queries(6):
        desk.get(DESK)
    for row in RemarkFactory.create_batch(3):
        row.countries.add(CountryFactory())
    with count_queries(6):
        desk.get(DESK)
