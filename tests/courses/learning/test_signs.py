"""A partner's sign on certificates: drawn anew from what was loaded, and kept as it was issued."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image, PngImagePlugin

from courses.learning import pdf
from courses.learning.models import Certificate, PartnerLogo
from courses.learning.services import logos
from courses.learning.services.certificates import issue
from courses.learning.signs import NotASign, drawn_anew
from partnership.lib.errors import Refusal
from tests.constraints import refused_by
from tests.courses.authoring.writing import NOON, later
from tests.factories.accounts import UserFactory
from tests.factories.certificates import learning
from tests.factories.courses import CourseFactory, EditionFactory


def picture(form: str = "PNG", size: tuple[int, int] = (1200, 400), **more) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "teal").save(out, format=form, **more)
    return out.getvalue()


@pytest.mark.parametrize(
    ("size", "drawn"),
    [((1200, 400), (600, 200)), ((300, 600), (100, 200)), ((200, 100), (200, 100))],
)
def test_a_picture_is_drawn_anew_as_large_as_has_room(size, drawn):
    sign = drawn_anew(BytesIO(picture("JPEG", size)))

    assert (sign.width, sign.height) == drawn
    assert sign.png.startswith(b"\x89PNG")


def test_nothing_of_a_file_comes_along_but_its_dots():
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", "secret-place")
    raw = picture(pnginfo=words) + b"secret-place"

    assert raw.count(b"secret-place") == 2
    assert b"secret-place" not in drawn_anew(BytesIO(raw)).png


@pytest.mark.parametrize(
    "raw",
    [b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", picture(size=(8, 8))],
    ids=["program", "small"],
)
def test_what_is_no_picture_of_a_sign_is_refused(raw):
    with pytest.raises(Refusal):
        drawn_anew(BytesIO(raw))


def test_what_is_too_high_for_paper_is_refused():
    with pytest.raises(NotASign, match="too high or too rich"):
        drawn_anew(BytesIO(picture(size=(100, 600))))


def loaded(course, partner: str = "A Ministry") -> PartnerLogo:
    raw = picture()
    given = {"by": UserFactory(), "at": later()}
    return logos.load(course, BytesIO(raw), partner=partner, **given)


def certified(edition) -> Certificate:
    found = issue(learning(edition, completed_at=NOON), at=later())
    assert found
    return found


def test_what_was_issued_keeps_the_sign_that_it_had(db):
    edition = EditionFactory()
    bare = certified(edition)
    first = loaded(edition.course)
    early = certified(edition)
    second = loaded(edition.course, "Another")
    late = certified(edition)
    logos.take_off(edition.course, by=UserFactory(), at=later(9))
    last = certified(edition)

    signs = [Certificate.objects.get(pk=one.pk).logo for one in (bare, early, late, last)]
    assert signs == [None, first, second, None]
    assert early.logo.partner == "A Ministry"


def test_the_paper_bears_the_sign_and_says_whose_it_is(db):
    edition = EditionFactory()
    bare = pdf.certificate_pdf(certified(edition))
    loaded(edition.course)

    paper = pdf.certificate_pdf(certified(edition))

    assert len(paper) > len(bare)
    assert paper.count(b"/Image") > bare.count(b"/Image")


def test_anybody_sees_the_sign_of_a_certificate_with_its_partners_name(client, db):
    edition = EditionFactory()
    logo = loaded(edition.course)
    certificate = certified(edition)

    page = client.get(certificate.get_absolute_url()).content.decode()
    answer = client.get(f"/verify/signs/{logo.sha256}.png")

    assert f'src="/verify/signs/{logo.sha256}.png"' in page
    assert 'alt="A Ministry"' in page
    assert answer.content == bytes(logo.picture)
    assert answer["Content-Type"] == "image/png"
    assert client.get(f"/verify/signs/{'b' * 64}.png").status_code == 404


def test_the_database_keeps_one_sign_for_a_course(db):
    course = CourseFactory()
    told = {"course": course, "partner": "P", "picture": b"x", "width": 1, "height": 1}
    make = PartnerLogo.objects.create
    with refused_by("partner_logo_has_a_name"):
        make(**{**told, "partner": ""}, since=NOON)
    with refused_by("partner_logo_shows_something"):
        make(**{**told, "width": 0}, since=NOON)
    with refused_by("partner_logo_ends_after_it_began"):
        make(**told, since=NOON, until=later(-1))
    make(**told, since=NOON)
    with refused_by("partner_logo_one_stands"):
        make(**told, since=NOON)
