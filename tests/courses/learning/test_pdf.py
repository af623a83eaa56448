from __future__ import annotations

import json
import time
from datetime import date
from io import BytesIO

import pytest
import segno
import typst

from courses.learning import pdf, records, typesetting
from courses.learning.lettering import FONTS, _coverage, holds, is_latin, letter
from tests.factories.certificates import DAY, CertificateFactory, course_of, learning, named
from tests.pdf import lines_of, unpacked

# One for each script, with what is hard in it: stacked marks, ligatures, vowels before letters.
NAMES = {
    "Nguyễn Thị Hương": "",
    "Łukasz Çağla Ștefan": "",
    "Баттулга Цэрэн": "Battulga Tseren",
    "Ξένια Ανδρέου": "Xenia Andreou",
    "محمد عبد الله": "Mohammed Abdullah",
    "مُحَمَّد عَبْدُ الله": "Mohammed Abdullah",
    "ສົມສັກ ແກ້ວມະນີ": "Somsak Keomany",
    "សុខ ចន្ទ្រា": "Sok Chantrea",
    "ნინო ბერიძე": "Nino Beridze",
    "አበበ በቀለ ወልደ": "Abebe Bekele Wolde",
    "渡辺 純子": "Watanabe Junko",
    "さくら 髙橋": "Takahashi Sakura",
    "王小明": "Wang Xiaoming",
    "陳國榮": "Chan Kwok-wing",
    "สมชาย ใจดี": "Somchai Jaidee",
    "ทิพย์ น้ำผึ้ง": "Thip Namphueng",
    "김민수": "Kim Minsu",
    "सीता श्रेष्ठ": "Sita Shrestha",
    "রহিমা খাতুন": "Rahima Khatun",
    "အောင်ဆန်း": "Aung San",
    "ශ්‍රී නිමල්": "Sri Nimal",
    "தமிழ்ச்செல்வி": "Tamilselvi",
    "Արամ Հակոբյան": "Aram Hakobyan",
}
KB = 1024
pytestmark = pytest.mark.django_db


def drawn(name: str, latin_name: str = "", **fields) -> bytes:
    return pdf.certificate_pdf(CertificateFactory(name=name, latin_name=latin_name, **fields))


@pytest.mark.parametrize(("name", "latin"), NAMES.items())
def test_a_name_in_each_script_is_drawn_whole_and_copied_as_it_was_written(name, latin):
    made = drawn(name, latin)

    copied = "".join(lines_of(made))
    assert name in copied
    assert latin in copied
    assert "?" not in copied
    assert len(made) < 150 * KB


def test_what_the_paper_says_is_what_the_row_says(settings):
    settings.SITE_ADDRESS = "https://site.example"
    made = drawn("Alice", code="7K3M0QXDB5W2", course_title="What an official decides", hours=7)

    copied = lines_of(made)
    assert "What an official decides" in copied
    assert "A6-101, edition 1" in copied
    assert {"7", "2 March 2026", "30 November 2024", "7K3M-0QXD-B5W2", "Partnership"} < set(copied)
    assert "https://site.example/verify/7K3M-0QXD-B5W2/" in copied
    assert b"/URI(https://site.example/verify/7K3M-0QXD-B5W2/)" in unpacked(made)


def test_it_is_tagged_with_a_title_and_a_language():
    whole = unpacked(drawn("សុខ ចន្ទ្រា", "Sok Chantrea"))

    for mark in (b"/StructTreeRoot", b"/Marked true", b"/Lang(en)", b"/DisplayDocTitle true"):
        assert mark in whole, mark
    assert b"<pdfuaid:part>1</pdfuaid:part>" in whole
    assert b"/Lang(km)" in whole
    assert b"/Alt" in whole


def test_the_same_row_gives_the_same_paper():
    certificate = CertificateFactory(name="王小明", latin_name="Wang Xiaoming")

    assert pdf.certificate_pdf(certificate) == pdf.certificate_pdf(certificate)


def test_it_is_drawn_within_a_second():
    drawn("Alice")
    started = time.process_time()

    drawn("مُحَمَّد عَبْدُ الله", "Mohammed Abdullah")

    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    "name",
    [
        '#read("/etc/passwd")',
        "$x^2$ *bold* _it_ @ref <label> \\ `raw` // /* #{",
        "<b>&amp;</b>",
        '"; #panic("x")',
    ],
)
def test_what_people_write_is_text_and_never_code(name):
    assert name in lines_of(drawn(name))


def test_a_letter_that_no_font_holds_leaves_the_latin_name_and_a_line_that_says_so():
    copied = lines_of(drawn("𠮷野家", "Yoshinoya"))

    assert "Yoshinoya" in copied
    assert any("A letter of it is missing" in line for line in copied)


def test_without_a_latin_name_the_letter_is_a_question_mark():
    assert "?野家" in lines_of(drawn("𠮷野家"))


@pytest.mark.parametrize("name", ["W" * 150, "Wwww " * 30, "ន្ទ្រា" * 25, "م" * 150])
def test_the_longest_name_stays_on_its_one_page(name):
    assert b"/Type/Pages/Count 1/" in drawn(name, "W" * 150)


@pytest.mark.parametrize(("state", "word"), [("withdrawn", "withdrawn."), ("replaced", "replaced")])
def test_what_does_not_stand_says_so(state, word):
    other = CertificateFactory()
    how = {"reason": "mistake"} if state == "withdrawn" else {"replaced_by": other}

    copied = lines_of(drawn("Alice", state=state, ended_at=DAY, **how))

    assert any("Not valid" in line and word in line for line in copied)


def test_a_long_title_in_any_script_is_broken_into_lines():
    title = "ការអនុញ្ញាត និងការរាយការណ៍ ក្រោមមាត្រា ៦ " * 4

    outline = typesetting.lettered(title, 21, 700)["outline"]

    assert (outline["is_line"], outline["width"] < 701) == (False, True)
    made = pdf.certificate_pdf(CertificateFactory(name="Alice", course_title=title))
    assert b"/Type/Pages/Count 1/" in made
    assert "".join(lines_of(made)).count("អនុញ្ញាត") == 4


def test_a_language_that_is_read_from_the_right_turns_the_paper():
    whole = unpacked(drawn("محمد", "Mohammed", language="ar"))

    assert b"/Lang(ar)" in whole


def test_the_square_code_leads_to_the_check_page():
    address = "https://site.example/verify/7K3M-0QXD-B5W2/"
    plain = BytesIO()
    segno.make(address, error="m", micro=False).save(plain, kind="svg", border=0, xmldecl=False)
    path = plain.getvalue().decode().partition(' d="')[2]

    assert path.partition('"')[0] in typesetting.qr_code(address)


def test_a_record_lists_what_was_learnt_with_the_courses_that_are_left():
    person = named(name="សុខ ចន្ទ្រា", latin_name="Sok Chantrea")
    CertificateFactory(learner=person, course_title="Cooperative approaches")
    learning(course_of(2, title="دورة في المادة 6"), person)
    found = records.on_paper(records.record(person), person, date(2026, 3, 2), "Partnership")

    made = pdf.record_pdf(found)

    copied = lines_of(made)
    for text in ("សុខ ចន្ទ្រា", "Sok Chantrea", "A6-101 Cooperative approaches", "0 of 2 done"):
        assert text in copied
    assert "Page 1 of 1" in copied
    assert b"<pdfuaid:part>1</pdfuaid:part>" in unpacked(made)
    assert len(made) < 150 * KB


def test_a_long_record_goes_on_with_its_heads():
    person = named()
    for _ in range(60):
        CertificateFactory(learner=person, edition=course_of(1))
    found = records.on_paper(records.record(person), person, date(2026, 3, 2), "Partnership")

    copied = lines_of(pdf.record_pdf(found))

    assert "Page 3 of 3" in copied
    assert copied.count("Issued on") >= 2


# --- Fonts ------------------------------------------------------------------------------


def test_the_fonts_are_ours_and_light_and_the_list_of_their_letters_is_theirs():
    files = sorted(FONTS.glob("*.ttf"))
    families = {info.family for info in typesetting._fonts().fonts()}

    assert sum(path.stat().st_size for path in files) < 15 * KB * KB
    assert families == set(_coverage())
    assert (FONTS / "OFL.txt").read_text().count("Copyright") >= 14


@pytest.mark.parametrize("font", sorted(_coverage()))
def test_the_first_and_last_letters_of_each_range_are_in_the_font(font):
    starts, ends = _coverage()[font]
    marks = [chr(code) for code in {*starts, *ends} if chr(code).isprintable()]
    sample = [mark for mark in marks if mark.isalnum()][:: max(1, len(marks) // 300)]
    source = "#let data = json(bytes(sys.inputs.data))\n#set document(title: [x])\n"
    source += "#set text(font: data.font, fallback: false)\n#data.text"

    # With PDF/UA a letter without a glyph is an error.
    made = typst.compile(
        source.encode(),
        font_paths=typesetting._fonts(),
        format="pdf",
        pdf_standards="ua-1",
        sys_inputs={"data": json.dumps({"font": font, "text": " ".join(sample)})},
    )

    assert len(sample) > 5
    assert made.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("text", "fonts"),
    [
        ("Alice", ("Noto Serif",)),
        ("王小明", ("Noto Sans SC", "Noto Serif")),
        ("渡辺", ("Noto Sans JP", "Noto Serif")),
        ("王さくら", ("Noto Sans JP", "Noto Serif")),
        ("محمد (Alice)", ("Noto Sans Arabic", "Noto Serif")),
    ],
)
def test_a_text_is_set_in_the_font_of_its_script(text, fonts):
    assert letter(text).fonts == fonts


def test_a_name_is_read_in_the_direction_of_its_first_letter():
    assert [letter(text).direction for text in ("Alice", "محمد", "12 محمد", "Ali محمد")] == [
        "ltr",
        "rtl",
        "rtl",
        "ltr",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", True), ("Nguyễn O'Neill-Łuk 3.", True), ("Е", False), ("Wang 小", False), ("ª", False)],
)
def test_latin_letters_are_told_from_those_that_look_like_them(text, expected):
    assert is_latin(text) is expected


def test_a_letter_is_in_a_range_or_not():
    assert holds("Noto Serif", "ễ")
    assert not holds("Noto Serif", "王")
    assert not holds("Noto Sans KR", "\t")
