"""A partner's sign on certificates: drawn anew from what was loaded, and kept as it was issued."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image, PngImagePlugin

from courses.learning import pdf
from courses.learning.models import Certificate, PartnerLogo
from courses.learning.services import logos
from courses.learning.services.certificates import issue
from courses.learning.signs import MOST_BYTES, ROOM, NotAPicture, drawn_anew
from tests.constraints import refused_by
from tests.courses.authoring.writing import NOON, later
from tests.factories.accounts import UserFactory
from tests.factories.certificates import learning
from tests.factories.courses import CourseFactory, EditionFactory


def picture(form: str = "PNG", size: tuple[int, int] = (1200, 400), **more) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "teal").save(out, format=form, **more)
    return out.getvalue()


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_of(width: int, height: int, body: bytes = b"") -> bytes:
    """A PNG whose head says how large it is, whatever is in it."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(body)) + chunk(b"IEND", b"")


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_a_picture_is_drawn_anew_and_small(form):
    raw = picture(form)

    sign = drawn_anew(BytesIO(raw), len(raw))

    assert (sign.width, sign.height) == (600, 200)
    assert sign.png.startswith(b"\x89PNG")
    assert sign.width <= ROOM[0]


def test_nothing_of_a_file_comes_along_but_its_dots():
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", "secret-place")
    exif = Image.Exif()
    exif[0x010E] = "secret-place"
    for raw in (picture(pnginfo=words), picture("JPEG", exif=exif), picture() + b"secret-place"):
        assert b"secret-place" in raw
        assert b"secret-place" not in drawn_anew(BytesIO(raw), len(raw)).png


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
        b"%PDF-1.7",
        b"GIF89a" + bytes(50),
        b"\x89PNG\r\n\x1a\n",
        picture()[:60],
        picture("JPEG")[:200],
        png_of(50_000, 50_000),  # 10 GB if somebody drew it
        png_of(400, 400, b"short"),
        picture(size=(8, 8)),
        bytes(MOST_BYTES + 1),
        b"\x89PNG\r\n\x1a\n" + chunk(b"zTXt", b"k\0\0" + zlib.compress(bytes(9_000_000))),
    ],
    ids=range(12),
)
def test_what_is_no_picture_of_a_sign_is_refused(raw):
    with pytest.raises(NotAPicture):
        drawn_anew(BytesIO(raw), len(raw))


def test_a_size_that_a_form_lies_about_does_not_let_more_in():
    with pytest.raises(NotAPicture):
        drawn_anew(BytesIO(picture() + bytes(MOST_BYTES)), 10)


def loaded(course, partner: str = "A Ministry") -> PartnerLogo:
    raw = picture()
    given = {"size": len(raw), "by": UserFactory(), "at": later()}
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
