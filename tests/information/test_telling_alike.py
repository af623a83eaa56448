"""Languages told from a text, and documents that are perhaps the same."""

from __future__ import annotations

import pytest

from partnership.information.likeness import address_key, likeness, sketch
from partnership.information.tongues import language_of
from partnership.lib.dating import read_day, typed

TEXTS = {
    "en": "The host Party authorizes the use of the outcomes, and this is for the other Party.",
    "fr": "La Partie hôte autorise l’utilisation des résultats par les autres et dans le cadre du "
    "plan, pour une durée qui est fixée par la loi.",
    "es": "La Parte anfitriona autoriza el uso de los resultados por las otras Partes en el marco "
    "del plan, que se fija por la ley.",
    "ar": "يأذن الطرف المضيف باستخدام نتائج التخفيف المنقولة دوليا لتحقيق المساهمة المحددة وطنيا",
    "ru": "Принимающая Сторона разрешает использование результатов другой Стороной для вклада",
    "mn": "Хүлээн авагч тал нь үр дүнг өөр бусад зорилгоор ашиглахыг зөвшөөрч байгаа болно",
    "zh": "东道缔约方授权使用国际转让的减缓成果以实现国家自主贡献" * 2,
    "ja": "ホスト国は国際的に移転される緩和成果の使用を承認するものとする" * 2,
    "": "8.3 MW 9,585 tCO2",
}


@pytest.mark.parametrize(("language", "text"), TEXTS.items())
def test_a_language_is_told_or_nothing(language, text):
    assert language_of(text) == language


def test_an_address_written_in_two_ways_is_the_same():
    ways = ["https://www.A.example/x/", "http://a.example/x", "http://a.example:80/x#part"]

    assert {address_key(way) for way in ways} == {"a.example/x"}
    assert address_key("http://a.example/x?page=2") != "a.example/x"
    assert address_key("http://[broken") == "http://[broken"


def test_two_texts_are_as_alike_as_what_they_share():
    words = [f"word{n}" for n in range(400)]
    one, near = sketch(" ".join(words)), sketch(" ".join([*words, "and", "an", "end"]))
    half = sketch(" ".join([*words[:200], *(f"other{n}" for n in range(200))]))

    assert likeness(one, one) == 1
    assert likeness(one, near) > 0.9
    assert 0.15 < likeness(one, half) < 0.55
    assert (sketch("too short"), likeness("", one)) == ("", 0)


@pytest.mark.parametrize("text", ["2024", "2024-02", "2024-02-29"])
def test_a_day_is_read_as_far_as_it_is_known(text):
    on, precision = read_day(text)

    assert (on.year, on.day, typed(on, precision)) == (2024, 31 if len(text) == 4 else 29, text)


@pytest.mark.parametrize("text", ["", "24", "2024-13", "2023-02-29", "2024-1", "spring", "0000"])
def test_what_is_no_day_is_none(text):
    assert not is_day(text)


def is_day(text: str) -> bool:
    try:
        read_day(text)
    except ValueError:
        return False
    return True
