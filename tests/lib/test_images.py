from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from partnership.lib.images import child, reading
from partnership.lib.images.reading import PictureRefused, cleaned
from tests.properties import examples

WIDTHS = (360, 720, 1280)
Sizes = list[tuple[int, int]]


def sent(picture: Image.Image, form: str = "PNG", **how: Any) -> io.BytesIO:
    file = io.BytesIO()
    picture.save(file, form, **how)
    return io.BytesIO(file.getvalue())


def here(file: io.BytesIO, form: str = "webp") -> tuple[Sizes, list[Image.Image], list[bytes]]:
    """The same without a process of its own, for many pictures."""
    told, files = child.made(file, WIDTHS, form, pixels=reading.MOST_PIXELS)
    sizes = [(one["width"], one["height"]) for one in told["files"]]
    return sizes, [Image.open(io.BytesIO(data)) for data in files], files


def refused_here(data: bytes) -> str:
    with pytest.raises(child.Refused) as found:
        child.made(io.BytesIO(data), WIDTHS, "webp", pixels=reading.MOST_PIXELS)
    return found.value.code


def test_a_photograph_comes_back_in_three_widths():
    clean = cleaned(sent(Image.new("RGB", (2000, 1000), "teal"), "JPEG"), widths=WIDTHS)

    assert (clean.width, clean.height) == (2000, 1000)
    assert [(one.width, one.height) for one in clean.files] == [(360, 180), (720, 360), (1280, 640)]
    for one in clean.files:
        found = Image.open(io.BytesIO(one.data))
        assert (found.format, found.size) == ("WEBP", (one.width, one.height))


def test_no_picture_is_made_larger_than_it_is():
    assert here(sent(Image.new("RGB", (500, 100))))[0] == [(360, 72), (500, 100)]
    assert here(sent(Image.new("RGB", (360, 100))))[0] == [(360, 100)]
    assert here(sent(Image.new("RGB", (1, 1))))[0] == [(1, 1)]


def test_a_picture_stands_as_its_camera_was_held_and_tells_nothing_else():
    notes = Image.Exif()
    notes[0x0112], notes[0x010F] = 6, "Makers of Q cameras"
    picture = Image.new("RGB", (400, 200), "red")
    picture.paste("blue", (0, 0, 200, 200))
    file = sent(picture, "JPEG", exif=notes, comment=b"Taken in Q city")

    sizes, pictures, files = here(file)

    assert sizes == [(200, 400)]
    # What lay on the left is at the top.
    assert pictures[0].getpixel((100, 50))[2] > 200
    assert pictures[0].getpixel((100, 350))[0] > 200
    assert b"Q c" not in files[0]
    assert {"exif", "icc_profile", "xmp"} & set(pictures[0].info) == set()


def test_of_a_film_the_first_frame_is_taken():
    frames = [Image.new("RGB", (40, 30), colour) for colour in ("red", "blue")]
    for form in ("GIF", "PNG", "WEBP"):
        film = sent(frames[0], form, save_all=True, append_images=frames[1:])
        _sizes, pictures, _files = here(film)
        assert getattr(pictures[0], "n_frames", 1) == 1
        assert pictures[0].getpixel((5, 5))[0] > 200


@pytest.mark.parametrize(
    ("mode", "colour", "shown"),
    [
        ("1", 1, (255, 255, 255)),
        ("L", 90, (90, 90, 90)),
        ("LA", (90, 0), (0, 0, 0, 0)),
        ("I;16", 23_040, (90, 90, 90)),
        ("RGBA", (9, 90, 9, 255), (9, 90, 9)),
        ("RGBA", (9, 90, 9, 128), (9, 90, 9, 128)),
    ],
)
def test_every_way_of_keeping_colours_is_shown(mode: str, colour: Any, shown: tuple[int, ...]):
    picture = here(sent(Image.new(mode, (20, 10), colour)), "png")[1][0]
    found = picture.getpixel((3, 3))

    assert picture.mode == ("RGBA" if len(shown) == 4 else "RGB")
    assert found == shown or found[3] == shown[3] == 0


def test_a_drawing_of_few_colours_loses_nothing():
    drawing = Image.new("RGB", (300, 200), "white")
    drawing.paste((200, 10, 10), (50, 50, 100, 101))

    shown = here(sent(drawing))[1][0]

    assert sorted(shown.convert("RGB").getcolors()) == sorted(drawing.getcolors())


def test_what_is_no_whole_picture_is_refused_with_its_reason():
    whole = sent(Image.effect_noise((300, 300), 90), "PNG").getvalue()
    photograph = sent(Image.effect_noise((300, 300), 90), "JPEG").getvalue()
    assert refused_here(b"") == "no_bytes"
    assert refused_here(b"<svg xmlns='http://www.w3.org/2000/svg'/>") == "not_a_picture"
    assert refused_here(sent(Image.new("L", (9, 9)), "TIFF").getvalue()) == "not_a_picture"
    assert refused_here(b"RIFF....WAVEfmt ............") == "damaged"
    assert refused_here(whole[:400]) == refused_here(photograph[:400]) == "damaged"
    assert refused_here(whole[:60] + b"\xff" * 900 + whole[900:]) == "damaged"
    assert refused_here(sent(Image.new("L", (10, 71))).getvalue()) == "narrow"


def test_a_hundred_million_pixels_are_counted_and_not_read():
    bomb = sent(Image.new("1", (10_000, 10_000))).getvalue()

    assert len(bomb) < 20_000
    assert refused_here(bomb) == "too_many_pixels"


@examples(40)
@given(st.binary(max_size=60), st.sampled_from(child.BEGINNINGS))
def test_whatever_follows_the_beginning_of_a_picture_is_answered(data: bytes, begins: bytes):
    assert refused_here(begins + data) in ("damaged", "narrow", "too_many_pixels")


def test_a_refusal_of_the_child_is_a_sentence():
    with pytest.raises(PictureRefused, match="no picture that is read here"):
        cleaned(io.BytesIO(b"%PDF-1.7"), widths=WIDTHS)


def test_a_file_above_the_limit_is_not_even_given_to_a_child(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reading, "MOST_BYTES", 100)
    monkeypatch.setattr(reading, "_told", None)

    with pytest.raises(PictureRefused, match="larger than"):
        cleaned(io.BytesIO(b"\x89PNG\r\n\x1a\n" + b"\0" * 200), widths=WIDTHS)


def test_a_child_that_dies_is_told_as_too_much(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reading, "MEMORY", 40)

    with pytest.raises(PictureRefused) as found:
        cleaned(sent(Image.new("RGB", (3000, 3000))), widths=WIDTHS)

    assert found.value.code == "too_much"
