from __future__ import annotations

import stat
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ImproperlyConfigured

from courses.catalogue.models import CourseTrainer
from partnership.accounts.models import User
from partnership.lib import clock
from partnership.members.models import Affiliation, FocalTerm
from partnership.members.roles import roles_of
from partnership.site.demo import PEOPLE, make_demo_people
from tests.factories.courses import CourseFactory
from tests.factories.members import CountryFactory, InstitutionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path) -> Path:
    """A data folder without a password yet, and the places where the people work."""
    settings.VAR_DIR, settings.DEMO_PASSWORD = tmp_path / "var", ""
    for code in ("VNM", "KEN", "MNG"):
        CountryFactory(iso3=code)
    for slug in ("iges", "oecc"):
        InstitutionFactory(slug=slug)
    return settings.VAR_DIR


def rows() -> list[int]:
    models = (User, EmailAddress, Affiliation, FocalTerm)
    return [model.objects.count() for model in models]


def test_there_is_a_person_for_every_role():
    make_demo_people()

    at = clock.now()
    roles = {person.email: set(roles_of(person, at)) for person in User.objects.all()}
    assert roles == {
        "official.vnm@demo.example": {"official"},
        "official.ken@demo.example": {"official"},
        "official.mng@demo.example": {"official"},
        "newcomer@demo.example": set(),
        "focal.mng@demo.example": {"official", "focal_point"},
        "focal.iges@demo.example": {"official", "focal_point"},
        "trainer@demo.example": {"official", "trainer"},
        "admin@demo.example": {"administrator"},
    }


def test_the_trainer_among_them_trains_in_every_course():
    courses = {CourseFactory(), CourseFactory()}

    make_demo_people()

    rows = CourseTrainer.objects.filter(person__email="trainer@demo.example")
    assert {row.course for row in rows} == courses
    rows[0].delete()
    make_demo_people()
    assert CourseTrainer.objects.count() == 1


def test_every_one_of_them_is_marked_and_can_sign_in(client):
    password = make_demo_people()

    assert len(password) >= 15
    assert set(User.objects.values_list("is_demo", flat=True)) == {True}
    for person in PEOPLE:
        client.logout()
        answer = client.post("/account/sign-in/", {"login": person.email, "password": password})
        assert answer.status_code == 302


def test_making_them_again_changes_nothing():
    first = make_demo_people()
    before = (rows(), list(User.objects.order_by("pk").values_list("pk", "password")))

    assert make_demo_people() == first
    assert (rows(), list(User.objects.order_by("pk").values_list("pk", "password"))) == before


def test_what_somebody_changed_about_them_stays():
    make_demo_people()
    Affiliation.objects.all().delete()
    User.objects.filter(email="admin@demo.example").update(name="Amina")

    make_demo_people()

    assert Affiliation.objects.count() == 0
    assert User.objects.get(email="admin@demo.example").name == "Amina"


def test_the_password_is_kept_beside_the_database_for_its_owner_alone(folder: Path):
    password = make_demo_people()

    kept = folder / "demo-password"
    assert kept.read_text() == password
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert [path.name for path in folder.iterdir()] == ["demo-password"]


def test_a_run_that_was_killed_while_it_wrote_the_password_leaves_none(folder: Path, monkeypatch):
    def killed(*args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            make_demo_people()

    assert not (folder / "demo-password").exists()
    assert len(make_demo_people()) >= 15


def test_an_empty_file_is_no_password(folder: Path):
    folder.mkdir()
    (folder / "demo-password").touch()

    assert len(make_demo_people()) >= 15


def test_a_given_password_is_used_and_kept_nowhere(folder: Path, settings):
    make_demo_people()
    (folder / "demo-password").unlink()
    settings.DEMO_PASSWORD = "a long word for a trial"

    assert make_demo_people() == "a long word for a trial"
    assert all(person.check_password("a long word for a trial") for person in User.objects.all())
    assert list(folder.iterdir()) == []


def test_a_place_that_is_missing_costs_a_person_the_post_and_not_the_start():
    CountryFactory._meta.model.objects.filter(iso3="VNM").delete()

    make_demo_people()

    assert not Affiliation.objects.filter(person__email="official.vnm@demo.example").exists()
    assert User.objects.count() == len(PEOPLE)


def test_production_has_no_demo_people(settings, folder: Path):
    settings.PRODUCTION = True

    with pytest.raises(ImproperlyConfigured, match="no place in production"):
        make_demo_people()

    assert (rows(), folder.exists()) == ([0, 0, 0, 0], False)
