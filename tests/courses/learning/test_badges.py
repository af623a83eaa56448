from __future__ import annotations

import base64
import gzip
import hashlib
import json
from pathlib import Path

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from courses.learning import badge_keys, badges
from courses.learning.models import Certificate
from courses.learning.services.certificates import withdraw
from partnership.accounts.models import User
from tests.factories.accounts import UserFactory
from tests.factories.certificates import DAY, CertificateFactory, confirmed, named

SITE = "https://site.example"
PEM = serialization.Encoding.PEM
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _address(settings):
    settings.SITE_ADDRESS = SITE


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def held(**fields) -> Certificate:
    return CertificateFactory(learner=confirmed(named(email="wang@example.org")), **fields)


def asked(certificate: Certificate, query: str = ""):
    address = f"/account/training/{certificate.shown_code}/badge.jwt{query}"
    return signed_in(certificate.learner).get(address)


def checked(token: str) -> dict:
    """As somebody else checks it: by the key at the address that the file names."""
    header = jwt.get_unverified_header(token)
    assert header["kid"].startswith(f"{SITE}/badges/keys/")
    key = Client().get(header["kid"].removeprefix(SITE)).json()
    assert key["kid"] == header["kid"]
    return jwt.decode(token, jwt.PyJWK(key), algorithms=[key["alg"]])


def names(claims: dict) -> list[str]:
    rows = claims["credentialSubject"]["identifier"]
    return [row["identityHash"] for row in rows if row["identityType"] == "name"]


# --- The file -----------------------------------------------------------------------------


def test_the_file_says_what_the_certificate_says():
    certificate = held(name="王小明", latin_name="Wang Xiaoming", course_title="ข้อตกลงปารีส")

    response = asked(certificate)

    claims = checked(response.content.decode())
    subject = claims["credentialSubject"]
    achievement = subject["achievement"]
    page = f"{SITE}/verify/{certificate.shown_code}/"
    assert (claims["id"], claims["jti"], claims["nbf"]) == (page, page, int(DAY.timestamp()))
    assert claims["validFrom"] == "2026-03-02T10:00:00Z"
    assert claims["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert claims["iss"] == claims["issuer"]["id"] == f"{SITE}/badges/issuer.json"
    assert claims["issuer"]["name"] == "Partnership"
    assert (achievement["name"], achievement["humanCode"]) == ("ข้อตกลงปารีส", "A6-101")
    assert (achievement["version"], achievement["inLanguage"]) == ("1", "en")
    assert (subject["creditsEarned"], achievement["creditsAvailable"]) == (6.5, 6.5)
    assert "6.5 hours of learning, edition 1, rules as of 2024-11-30" in str(achievement)
    assert names(claims) == ["王小明", "Wang Xiaoming"]
    assert response["Content-Type"] == "application/vc+jwt"
    assert f'filename="A6-101-{certificate.shown_code}.jwt"' in response["Content-Disposition"]
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("name", ["Nguyễn Thị Ánh", "محمد الأمين", "ශ්\u200dරී", "Дәулет"])
def test_names_of_every_script_are_as_they_are_stored(name):
    certificate = held(name=name, latin_name="")

    assert names(checked(asked(certificate).content.decode())) == [name]


def test_the_holder_is_named_by_an_address_that_only_who_knows_it_can_tell():
    certificate = held()
    text = asked(certificate).content.decode()

    (row,) = [
        one
        for one in checked(text)["credentialSubject"]["identifier"]
        if one["identityType"] == "emailAddress"
    ]

    digest = hashlib.sha256(f"wang@example.org{row['salt']}".encode()).hexdigest()
    assert (row["hashed"], row["identityHash"]) == (True, f"sha256${digest}")
    payload = base64.urlsafe_b64decode(text.split(".")[1] + "==").decode()
    assert "wang@" not in payload
    again = checked(asked(certificate).content.decode())
    assert row["salt"] not in str(again)


def test_who_has_no_confirmed_address_is_told_so():
    certificate = CertificateFactory(learner=named())

    response = asked(certificate)

    assert response.status_code == 409
    assert "Confirm a mail address first" in response.content.decode()


def test_a_hidden_name_is_in_the_file_only_where_its_holder_asks():
    certificate = held(name="Alice", latin_name="", is_name_hidden=True)

    assert names(checked(asked(certificate).content.decode())) == []
    assert names(checked(asked(certificate, "?name=shown").content.decode())) == ["Alice"]
    page = signed_in(certificate.learner).get("/account/training/").content.decode()
    assert "The same with my name" in page


def test_a_file_that_was_changed_does_not_verify():
    head, body, signature = asked(held()).content.decode().split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    claims["credentialSubject"]["creditsEarned"] = 60
    changed = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()

    with pytest.raises(jwt.InvalidSignatureError):
        checked(f"{head}.{changed}.{signature}")


def test_somebody_elses_badge_does_not_exist():
    certificate = held()
    address = f"/account/training/{certificate.shown_code}/badge.jwt"

    assert signed_in(named()).get(address).status_code == 404
    assert Client().get(address).status_code == 302
    assert signed_in(named()).get("/account/training/x/badge.jwt").status_code == 404


def test_the_link_stands_in_the_record_and_on_the_check_page_for_the_holder_alone():
    certificate = held()
    link = f'href="/account/training/{certificate.shown_code}/badge.jwt"'
    page = certificate.get_absolute_url()

    assert link in signed_in(certificate.learner).get("/account/training/").content.decode()
    assert link in signed_in(certificate.learner).get(page).content.decode()
    assert "badge.jwt" not in signed_in(named()).get(page).content.decode()
    assert "badge.jwt" not in Client().get(page).content.decode()


def test_a_badge_costs_the_same_for_any_number_of_certificates(count_queries):
    certificate = held()
    CertificateFactory.create_batch(3, learner=certificate.learner)
    client = signed_in(certificate.learner)

    # The session and the person; the certificate with its course; the address.
    with count_queries(4):
        client.get(f"/account/training/{certificate.shown_code}/badge.jwt")


# --- What stands no more ------------------------------------------------------------------


def stands(claims: dict) -> bool:
    """As somebody else looks it up: by the place in the list that the file names."""
    entry = claims["credentialStatus"]
    response = Client().get(entry["statusListCredential"].removeprefix(SITE))
    assert response["Access-Control-Allow-Origin"] == "*"
    told = checked(response.content.decode())
    assert told["id"] == entry["statusListCredential"]
    assert told["issuer"] == claims["issuer"]["id"]
    packed = told["credentialSubject"]["encodedList"]
    assert packed[0] == "u"
    bits = gzip.decompress(base64.urlsafe_b64decode(packed[1:] + "=" * (-len(packed[1:]) % 4)))
    assert len(bits) == 16 * 1024
    place = int(entry["statusListIndex"])
    return not bits[place // 8] >> (7 - place % 8) & 1


def test_a_withdrawn_or_replaced_certificate_is_told_to_who_holds_the_file():
    first, second, third = held(), CertificateFactory(), CertificateFactory()
    claims = checked(asked(first).content.decode())
    assert stands(claims)

    Certificate.objects.filter(pk=second.pk).update(
        state="replaced", replaced_by=third, ended_at=DAY
    )
    assert stands(claims)
    withdraw(first, reason="mistake", by=UserFactory(), at=DAY)

    assert not stands(claims)


def test_nothing_is_signed_for_a_certificate_that_ended():
    certificate = held(state="withdrawn", reason="mistake", ended_at=DAY)

    assert asked(certificate).status_code == 409
    page = signed_in(certificate.learner).get("/account/training/").content.decode()
    assert "badge.jwt" not in page


@pytest.mark.parametrize("number", [1, 10**30])
def test_a_list_without_a_certificate_does_not_exist(client, number):
    CertificateFactory()

    assert client.get(f"/badges/status/{number}.jwt").status_code == 404


@pytest.mark.parametrize("ended", [1, 12])
def test_the_list_costs_the_same_for_any_number(client, count_queries, ended):
    CertificateFactory.create_batch(ended, state="withdrawn", reason="mistake", ended_at=DAY)

    with count_queries(2):
        client.get("/badges/status/0.jwt")


# --- Keys ---------------------------------------------------------------------------------


def put(path: Path, key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> str:
    kind, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    path.write_bytes(key.private_bytes(PEM, kind, plain))
    return str(path)


def put_public(path: Path, key: rsa.RSAPrivateKey) -> str:
    kind = serialization.PublicFormat.SubjectPublicKeyInfo
    path.write_bytes(key.public_key().public_bytes(PEM, kind))
    return str(path)


def test_an_old_badge_still_verifies_after_the_key_was_changed(settings, tmp_path):
    old, new = (rsa.generate_private_key(65537, 2048) for _ in range(2))
    settings.BADGE_KEY = put(tmp_path / "old.pem", old)
    before = asked(held()).content.decode()
    assert jwt.get_unverified_header(before)["alg"] == "RS256"

    settings.BADGE_KEY = put(tmp_path / "new.pem", new)
    settings.BADGE_OLD_KEYS = [put_public(tmp_path / "old.pub", old)]

    assert checked(before)["issuer"]["name"] == "Partnership"
    after = asked(CertificateFactory(learner=User.objects.get())).content.decode()
    listed = Client().get("/badges/keys.json").json()["keys"]
    assert [key["kid"] for key in listed] == [
        jwt.get_unverified_header(token)["kid"] for token in (after, before)
    ]


def test_no_private_half_is_ever_published(settings, tmp_path):
    settings.BADGE_KEY = put(tmp_path / "key.pem", rsa.generate_private_key(65537, 2048))

    (key,) = Client().get("/badges/keys.json").json()["keys"]

    assert set(key) == {"e", "kty", "n", "alg", "use", "kid"}


def test_without_a_key_production_offers_no_badge(settings):
    certificate = held()
    settings.PRODUCTION = True

    assert asked(certificate).status_code == 404
    page = signed_in(certificate.learner).get("/account/training/").content.decode()
    assert "badge.jwt" not in page
    assert badge_keys.keys().public == {}


@pytest.mark.parametrize("wrong", ["nothing", "text", "small", "curve"])
def test_a_file_without_a_good_key_is_refused_in_one_sentence(settings, tmp_path, wrong):
    path = tmp_path / "key.pem"
    if wrong == "text":
        path.write_text("hello")
    elif wrong == "small":
        put(path, rsa.generate_private_key(65537, 1024))
    elif wrong == "curve":
        put(path, ec.generate_private_key(ec.SECP256R1()))
    settings.BADGE_KEY = str(path)

    with pytest.raises(ImproperlyConfigured, match="PARTNERSHIP_BADGE_KEY must name a file"):
        badge_keys.keys()


def test_an_older_key_that_is_none_is_refused(settings, tmp_path):
    settings.BADGE_OLD_KEYS = [str(tmp_path / "none.pem")]

    with pytest.raises(ImproperlyConfigured, match="PARTNERSHIP_BADGE_OLD_KEYS"):
        badge_keys.keys()


def test_who_signs_is_told_at_its_address(client):
    told = client.get("/badges/issuer.json").json()

    assert (told["id"], told["type"]) == (f"{SITE}/badges/issuer.json", ["Profile"])
    assert client.get("/badges/keys/nobody.json").status_code == 404
    assert badges.published("nobody") is None
