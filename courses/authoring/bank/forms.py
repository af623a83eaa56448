"""What is sent from the pages of the bank."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from courses.authoring.bank import holding, sniffing
from courses.authoring.bank.models import QuestionImport, QuestionImportRow
from courses.catalogue.models import Course
from courses.quizzes.exchange.items import Item, Kind
from courses.quizzes.exchange.opening import MEGABYTE, MOST_LETTERS, MOST_XML
from courses.quizzes.models import Question, QuestionVersion
from partnership.accounts.models import User
from partnership.lib.languages import named

ANY = ("", _("any"))
MOST_PASTED = 400_000
AUTO = {"dir": "auto"}


# Beside those of the pages, what questions are written in.
MORE = ("es", "pt", "ar", "ru", "zh-hans")


def languages() -> list[tuple[str, str]]:
    codes = dict.fromkeys([*(code for code, _name in settings.LANGUAGES), *MORE])
    return named(codes)


def _text(label: Any, most: int, rows: int = 0, hint: Any = "", **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={**AUTO, "rows": rows}) if rows else forms.TextInput(attrs=AUTO)
    given = {"label": label, "max_length": most, "help_text": hint, "widget": widget}
    return forms.CharField(**{"required": False, **given, **more})


def _topic(hint: Any = "") -> forms.CharField:
    """With the topics that are there, from the list beside it."""
    field = _text(_("Topic"), holding.LONGEST_TOPIC, hint=hint)
    field.widget.attrs["list"] = "topics"
    return field


class QuestionForm(forms.Form):
    """A question without its answers, which are lines of their own."""

    prompt = _text(
        _("Question"), MOST_LETTERS, rows=4, hint=_("Markdown: **bold**, lists, tables.")
    )
    unit = _text(
        _("Unit, asked apart"), holding.LONGEST_UNIT, hint=_("Empty: only the number is asked.")
    )
    explanation = _text(
        _("Explanation"), MOST_LETTERS, rows=3, hint=_("Told after the answer, to everybody.")
    )
    topic = _topic()
    basis = _text(_("Basis"), holding.LONGEST_BASIS, hint=_("Where it stands, for the editors."))
    points = forms.DecimalField(
        label=_("Points"),
        min_value=Decimal("0.01"),
        max_value=holding.MOST_POINTS,
        max_digits=5,
        decimal_places=2,
        initial=1,
        localize=True,
    )
    has_partial_credit = forms.BooleanField(
        label=_("Partly right earns a part of the points"), required=False, initial=True
    )
    language = forms.ChoiceField(label=_("Language"), choices=languages)
    state = forms.ChoiceField(label=_("State"), choices=Question.State.choices)
    note = _text(_("Note for the subject check"), 2_000, rows=2)
    has_same_meaning = forms.BooleanField(
        label=_("It means the same as before: only words were corrected"),
        required=False,
        help_text=_("Then its figures go on; otherwise they begin anew."),
    )

    def __init__(self, *args: Any, kind: str, has_before: bool = False, **more: Any):
        super().__init__(*args, **more)
        if kind != Kind.NUMBER:
            del self.fields["unit"]
        if kind not in (Kind.MULTIPLE, Kind.MATCHING, Kind.ORDERING):
            del self.fields["has_partial_credit"]
        if not has_before:
            del self.fields["has_same_meaning"]
        # A file may have brought another one.
        own, fields = self.initial.get("language"), dict[str, Any](self.fields)
        if own and own not in dict(languages()):
            fields["language"].choices = [*languages(), (own, own)]

    def item(self, kind: str, answers: dict[str, Any], key: str = "") -> Item:
        told = self.cleaned_data
        names = ("prompt", "explanation", "basis", "language", "points")
        given = {name: told[name] for name in names}
        given |= {n: told[n] for n in ("unit", "has_partial_credit") if n in told}
        topic = told["topic"]
        return Item(Kind(kind), key=key, category=(topic,) if topic else (), **given, **answers)


def words(item: Item, question: Question | None = None) -> dict[str, Any]:
    """What stands in the form of a question."""
    names = ("prompt", "unit", "explanation", "basis", "points", "has_partial_credit", "language")
    told = {name: getattr(item, name) for name in names}
    about = {"state": question.state, "note": question.note} if question else {}
    return {**told, "topic": "/".join(item.category), **about}


class PasteForm(forms.Form):
    """Questions from wherever they are."""

    text = forms.CharField(
        label=_("Questions"),
        max_length=MOST_PASTED,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "dir": "auto", "spellcheck": "false"}),
    )
    form = forms.ChoiceField(
        label=_("How it is written"),
        required=False,
        choices=[("", _("see for yourself")), ("pasted", _("a list")), ("gift", "GIFT")],
    )
    language = forms.ChoiceField(label=_("Language"), choices=languages)
    topic = _topic()


class SendForm(forms.Form):
    """A file of questions."""

    file = forms.FileField(
        label=_("File"),
        max_length=150,
        help_text=_("GIFT, Aiken, Moodle XML, XLSX or a list as text, up to 10 MB."),
        widget=forms.FileInput(attrs={"accept": ",".join(sniffing.TAKEN)}),
    )
    form = forms.ChoiceField(
        label=_("Format"),
        required=False,
        choices=[("", _("see for yourself")), *QuestionImport.Form.choices],
    )
    language = forms.ChoiceField(label=_("Language"), choices=languages)
    topic = _topic(_("For questions that do not name theirs."))

    def clean_file(self) -> Any:
        """Too large is too large before a byte of it is read."""
        file = self.cleaned_data["file"]
        if not sniffing.is_taken(file.name):
            told = _("Send a file whose name ends in one of these: %s.")
            raise forms.ValidationError(told % ", ".join(sniffing.TAKEN))
        if file.size > MOST_XML:
            told = _("The file is larger than %(most)s MB. Divide it and send the parts.")
            raise forms.ValidationError(told % {"most": MOST_XML // MEGABYTE})
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        file, form = cleaned.get("file"), cleaned.get("form")
        is_workbook = file is not None and file.name.lower().endswith(".xlsx")
        if file is not None and form and is_workbook != (form == "xlsx"):
            self.add_error("form", _("The name of the file says something else."))
        return cleaned


class RowsFilter(forms.Form):
    verdict = forms.ChoiceField(
        required=False,
        label=_("Questions"),
        choices=[
            ("", _("all")),
            *QuestionImportRow.Verdict.choices,
            ("warning", _("with a warning")),
        ],
    )


class BankFilter(forms.Form):
    """Every filter may be left out. What cannot be understood is refused with its field."""

    q = forms.CharField(required=False, max_length=100, label=_("Words or key"))
    kind = forms.ChoiceField(
        required=False, label=_("Kind"), choices=[ANY, *QuestionVersion.Kind.choices]
    )
    state = forms.ChoiceField(
        required=False, label=_("State"), choices=[ANY, *Question.State.choices]
    )
    topic = forms.ChoiceField(required=False, label=_("Topic"))
    language = forms.ChoiceField(required=False, label=_("Language"))
    used = forms.ChoiceField(
        required=False,
        label=_("Asked in"),
        choices=[
            ANY,
            ("draft", _("the draft")),
            ("published", _("a published edition")),
            ("nowhere", _("no quiz")),
        ],
    )
    figures = forms.ChoiceField(
        required=False,
        label=_("Figures"),
        choices=[ANY, ("weak", _("weak: few get it right")), ("none", _("not answered yet"))],
    )
    ordering = forms.ChoiceField(
        required=False,
        label=_("Order"),
        choices=[("", _("key")), ("-pk", _("newest first")), ("topic", _("topic"))],
    )

    def __init__(self, *args: Any, courses: Iterable[Course], **more: Any):
        super().__init__(*args, **more)
        of_courses = Question.objects.filter(course__in=courses).exclude(topic="")
        topics = of_courses.order_by("topic").values_list("topic", flat=True)
        fields: dict[str, Any] = self.fields
        fields["topic"].choices = [ANY, *((topic, topic) for topic in topics.distinct())]
        fields["language"].choices = [ANY, *languages()]


class EverywhereFilter(BankFilter):
    """The same over all courses of a trainer: whose, which and how deep besides."""

    course = forms.ChoiceField(required=False, label=_("Course"))
    level = forms.ChoiceField(
        required=False, label=_("Level"), choices=[ANY, *Course.Level.choices]
    )
    trainer = forms.ChoiceField(required=False, label=_("Trainer"))
    field_order = ("q", "course", "trainer", "level", "topic", "language", "kind")

    def __init__(self, *args: Any, courses: Iterable[Course], people: Iterable[User], **more: Any):
        super().__init__(*args, courses=courses, **more)
        fields: dict[str, Any] = self.fields
        fields["course"].choices = [ANY, *((one.slug, one.code) for one in courses)]
        fields["trainer"].choices = [ANY, *((str(one.uuid), one.name) for one in people)]


class QuizLinesForm(forms.Form):
    """A group of a draft's quiz: its title and how many of its questions are drawn."""

    title = _text(_("Title"), 100)
    quota = forms.IntegerField(
        label=_("Draw"), required=False, min_value=1, max_value=500, help_text=_("Empty: all.")
    )
