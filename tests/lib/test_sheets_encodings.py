from __future__ import annotations

import io
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership.lib.sheets import open_sheet
from partnership.lib.sheets.encodings import detect

WESTERN = [
    "Noël Lefèvre",
    "José Muñoz",
    "François Béchard",
    "Müller",
    "Jürgen Groß",
    "Åse Ødegård",
    "João Conceição",
    "Ministère de l’Environnement",
    "Côte d’Ivoire",
    "République du Bénin",
    "São Tomé",
    "Éric",
    "ÉCOLE",
    "GENÈVE",
]
CYRILLIC = [
    "Иван Петров",
    "Ольга Смирнова",
    "Министерство экологии",
    "РОССИЯ",
    "Казахстан",
    "Київ",
    "Сергій Коваленко",
    "Юлия",
    "Щербаков",
    "НАЦИОНАЛЬНЫЙ СОВЕТ",
    "Кыргызстан",
    "Ђорђевић",
    "Їжакевич",
    "Гульнара Абдуллаева",
]
ARABIC = [
    "محمد علي",
    "فاطمة",
    "وزارة البيئة",
    "المملكة المغربية",
    "الأردن",
    "خالد بن سعيد",
    "عمر",
    "الجزائر",
    "أحمد حسن",
    "هيئة المناخ",
    "زينب",
    "إبراهيم",
    "رئيس القسم",
    "شؤون",
    "باكستان",
    "عبد الله",
    "السودان",
]
LISTS = {"cp1252": WESTERN, "cp1251": CYRILLIC, "cp1256": ARABIC}


def sheet_of(names: list[str]) -> str:
    return "name,mail\r\n" + "".join(f"{name},someone@ministry.example\r\n" for name in names)


@pytest.mark.parametrize("encoding", LISTS)
def test_three_names_are_enough_to_know_a_windows_encoding(encoding: str) -> None:
    draw = Random(6)
    for _ in range(300):
        text = sheet_of(draw.sample(LISTS[encoding], 3))
        data = text.encode(encoding)
        assert data.decode(detect(data)) == text


@pytest.mark.parametrize("name", ["Noël", "Müller", "Россия", "Ольга", "محمد", "الأردن"])
def test_one_common_name_alone_is_read_as_it_was_written(name: str) -> None:
    encoding = next(code for code, names in LISTS.items() if _fits(name, code) and name)
    data = sheet_of([name]).encode(encoding)
    assert data.decode(detect(data)) == sheet_of([name])


def _fits(name: str, encoding: str) -> bool:
    try:
        name.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_whatever_is_written_as_utf_8_is_read_as_utf_8(text: str) -> None:
    data = text.removeprefix("\ufeff").encode()
    assert detect(data) in ("utf-8", "utf-16-le", "utf-16-be", "utf-8-sig")
    assert detect(b"\xef\xbb\xbf" + data) == "utf-8-sig"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("mark", ["\ufeff", ""])
@pytest.mark.parametrize("name", ["Noël", "Ольга", "محمد", "田中"])
def test_utf_16_is_known_with_a_mark_and_without(encoding: str, mark: str, name: str) -> None:
    data = (mark + sheet_of([name])).encode(encoding)
    assert detect(data) == encoding
    with open_sheet(io.BytesIO(data), "people.csv") as sheet:
        assert sheet.columns == ["name", "mail"]
        assert [row.cells[0] for row in sheet] == [name]


@pytest.mark.parametrize("encoding", LISTS)
def test_the_encoding_that_was_found_is_told_and_another_can_be_asked_for(encoding: str) -> None:
    names = LISTS[encoding][:3]
    data = sheet_of(names).encode(encoding)
    with open_sheet(io.BytesIO(data), "people.csv") as sheet:
        assert sheet.encoding == encoding
        assert [row.cells[0] for row in sheet] == names
    with open_sheet(io.BytesIO(data), "people.csv", encoding="cp1251") as sheet:
        assert sheet.encoding == "cp1251"
        assert ([row.cells[0] for row in sheet] == names) is (encoding == "cp1251")
