"""From HTML to the Markdown that `lib.markdown` shows, and between Markdown and plain text.

Nothing here is shown as HTML: what comes out goes through the site's one renderer, which escapes
and cleans. A tag or attribute that Markdown has no word for is named, and its words stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape

from courses.quizzes.exchange.report import Notes
from partnership.lib import formulas

# Every part ends before the next `<`, so that no text makes it look twice at a letter.
TOKEN = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(?P<end>/?)(?P<tag>[A-Za-z][A-Za-z0-9:-]*+)"
    r"(?P<rest>(?>(?:[^<>\"']|\"[^\"<]*+\"|'[^'<]*+')*))>",
    re.DOTALL,
)
HTML = re.compile(r"</?[A-Za-z][^<>]*+>|<!--|&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z]{2,31});")
ATTRIBUTE = re.compile(r"([A-Za-z_:@][\w:.-]*+)\s*+(?:=\s*+(\"[^\"]*+\"|'[^']*+'|[^\s\"'>]++))?")
SILENT = {"script", "style", "title", "head"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
BLOCKS = {"p", "div", "ul", "ol", "table", "blockquote", "pre", *HEADINGS}
STRONG, EMPHASIS = {"b", "strong"}, {"i", "em"}
QUIET = {"p", "div", "span", "br", "tbody", "thead", "html", "body", "ul", "ol", "li", "tr"}
KEPT = {"href", "src", "alt"}
LOW = str.maketrans("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
HIGH = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
MARKS = re.compile(r"[\\`*_\[\]<>|~]|&(?=[A-Za-z#])|!(?=\[)")
AT_START = re.compile(r"^([#+=-]|\d{1,9}(?=[.)]))", re.MULTILINE)
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~\n])")
# A formula as other systems mark it.
BRACKETED = re.compile(r"\\\(((?:(?!\\[()])[^$]){1,400})\\\)|\\\[((?:(?!\\[\[\]])[^$]){1,400})\\\]")
FORMATTED = re.compile(r"\[(?:html|markdown|plain|moodle|moodle_auto_format)\]", re.IGNORECASE)


def is_html(text: str) -> bool:
    """Whether a text of no named format has tags or entities in it."""
    return HTML.search(text) is not None


def escaped(text: str) -> str:
    """Plain text as Markdown that shows the same. Lines stay lines."""
    lines = [line.strip() for line in text.strip().split("\n")]
    text = _beside_formulas("\n".join(lines), _marked)
    text = AT_START.sub(lambda found: _guarded(found[1]), text)
    return re.sub(r"(?<=[^\n])\n(?=[^\n])", "\\\\\n", text)


def _guarded(start: str) -> str:
    """What would begin a heading or a list: `1.` is guarded by its full stop."""
    return f"{start}\\" if start.isdigit() else f"\\{start}"


def _marked(text: str) -> str:
    """Also a formula that cannot be read: a page would show it in the letters of code."""
    parts, done = [], 0
    for found in formulas.found_in(text):
        parts += [_signs(text[done : found.start()]), _signs(found[0]).replace("$", "\\$")]
        done = found.end()
    return "".join([*parts, _signs(text[done:])])


def _signs(text: str) -> str:
    return MARKS.sub(r"\\\g<0>", text)


def _beside_formulas(text: str, change: Callable[[str], str]) -> str:
    """The text changed, but for its formulas: what stands between their signs is not Markdown."""
    parts, done = [], 0
    for found in formulas.found_in(text):
        if formulas.is_readable(found["source"]):
            parts += [change(text[done : found.start()]), found[0]]
            done = found.end()
    return "".join([*parts, change(text[done:])])


def _with_dollars(text: str) -> str:
    """Formulas as other systems write them, as they are written here."""
    return BRACKETED.sub(lambda found: f"${(found[1] or found[2]).strip()}$", text)


def plain(markdown: str) -> str | None:
    """The plain text that a Markdown says, or nothing where it says more than plain text."""
    text = _beside_formulas(markdown, lambda part: ESCAPED.sub(r"\1", part))
    return text if escaped(text) == markdown else None


def from_html(
    html: str, notes: Notes, *, is_plain: bool = False, keeps_headings: bool = False
) -> str:
    """Markdown, or plain text where nothing else can stand. What was left out is told.

    A question has no headings; a lesson keeps them.
    """
    return _Writing(notes, is_plain, keeps_headings).of(html)


class _Writing:
    """One text on its way, tag by tag."""

    def __init__(self, notes: Notes, is_plain: bool, keeps_headings: bool = False):
        self.notes, self.is_plain, self.keeps_headings = notes, is_plain, keeps_headings
        self.out: list[str] = []
        self.silent = ""
        self.lists: list[int | None] = []
        self.links: list[str] = []
        self.dropped: dict[str, None] = {}
        self.script = ""
        self.in_table = False
        self.cells = self.rows = 0

    def of(self, html: str) -> str:
        at = 0
        for token in TOKEN.finditer(html):
            self._words(html[at : token.start()])
            at = token.end()
            if token["tag"]:
                self._tag(token["tag"].lower(), bool(token["end"]), token["rest"])
        self._words(html[at:])
        if self.dropped:
            self.notes.warn("markup", names=", ".join(self.dropped))
        return _tidied("".join(self.out), self.is_plain)

    def _words(self, words: str) -> None:
        if self.silent or not words:
            return
        words = _with_dollars(re.sub(r"[ \t\n\r\f]+", " ", unescape(words)))
        if self.script:
            words = self._shifted(words)
        if not self.is_plain:
            words = _beside_formulas(words, _marked)
            if not self.out or self.out[-1].endswith("\n"):
                words = AT_START.sub(lambda found: _guarded(found[1]), words.lstrip())
        self.out.append(words)

    def _shifted(self, words: str) -> str:
        """CO<sub>2</sub> is CO₂. What has no such sign stays on the line and is told."""
        shifted = words.translate(LOW if self.script == "sub" else HIGH)
        if any(sign.isascii() and not sign.isspace() for sign in shifted):
            self.dropped[f"<{self.script}>"] = None
            return words
        return shifted

    def _tag(self, tag: str, is_end: bool, rest: str) -> None:
        if self.silent:
            self.silent = "" if is_end and tag == self.silent else self.silent
            return
        given = dict(_attributes(rest))
        for name in given:
            if name not in KEPT:
                self.dropped[name] = None
        if tag in SILENT and not is_end:
            self.silent = tag
            self.dropped[f"<{tag}>"] = None
        elif tag in ("sub", "sup"):
            self.script = "" if is_end else tag
        elif tag == "img":
            self._picture(given)
        elif tag == "br":
            self.out.append("\n" if self.is_plain else " " if self.in_table else "\\\n")
        elif self.is_plain:
            self._plain_tag(tag)
        else:
            self._markdown_tag(tag, is_end, given)

    def _picture(self, given: dict[str, str]) -> None:
        name = given.get("src", "").removeprefix("@@PLUGINFILE@@/")
        self.notes.warn("picture", name=name)
        self._words(given.get("alt", ""))

    def _plain_tag(self, tag: str) -> None:
        if tag in BLOCKS or tag in ("li", "tr"):
            self.out.append("\n")
        if tag not in QUIET:
            self.dropped[f"<{tag}>"] = None

    def _markdown_tag(self, tag: str, is_end: bool, given: dict[str, str]) -> None:
        if tag in STRONG:
            self.out.append("**")
        elif tag in EMPHASIS:
            self.out.append("*")
        elif tag == "code":
            # Inside, signs are escaped like elsewhere: a mark of code would show the escapes.
            self.dropped["<code>"] = None
        elif tag == "a":
            self._link(is_end, given)
        elif tag in ("ul", "ol", "li") and not self.in_table:
            self._list(tag, is_end)
        elif tag in ("table", "tr", "td", "th"):
            self._table(tag, is_end)
        elif self.in_table and tag in BLOCKS:
            self.out.append(" ")
        elif self.keeps_headings and tag in HEADINGS:
            self.out.append("\n\n" if is_end else "\n\n" + "#" * int(tag[1]) + " ")
        else:
            if tag not in QUIET:
                self.dropped[f"<{tag}>"] = None
            if tag in BLOCKS:
                self.out.append("\n\n")

    def _link(self, is_end: bool, given: dict[str, str]) -> None:
        if not is_end:
            target = given.get("href", "")
            if target.startswith("@@PLUGINFILE@@/"):
                self.notes.warn("picture", name=target.removeprefix("@@PLUGINFILE@@/"))
                target = ""
            elif not re.match(r"(?:https?://|mailto:)[^\s<>()\\]++\Z", target):
                self.dropped["<a>"] = None
                target = ""
            self.links.append(target)
            self.out.append("[" if target else "")
        elif self.links and (target := self.links.pop()):
            self.out.append(f"]({target})")

    def _list(self, tag: str, is_end: bool) -> None:
        if tag == "li":
            if is_end:
                return
            number = self.lists[-1] if self.lists else None
            mark = "-" if number is None else f"{number}."
            if number is not None:
                self.lists[-1] = number + 1
            # A step of four spaces holds under both kinds of mark; nobody nests ten lists.
            self.out.append("\n" + "\t" * min(max(len(self.lists) - 1, 0), 10) + mark + " ")
        elif not is_end:
            self.out.append("" if self.lists else "\n\n")
            self.lists.append(1 if tag == "ol" else None)
        elif self.lists:
            self.lists.pop()
            self.out.append("" if self.lists else "\n\n")

    def _table(self, tag: str, is_end: bool) -> None:
        if tag == "table":
            self.rows, self.in_table = 0, not is_end
            self.out.append("\n\n")
        elif tag == "tr" and not is_end:
            self.cells = 0
            self.out.append("\n|")
        elif tag == "tr":
            self.rows += 1
            if self.rows == 1:
                self.out.append("\n|" + " --- |" * self.cells)
        elif is_end:
            self.cells += 1
            self.out.append(" |")
        else:
            self.out.append(" ")


def _attributes(rest: str) -> Iterator[tuple[str, str]]:
    for found in ATTRIBUTE.finditer(rest):
        yield found[1].lower(), unescape((found[2] or "").strip("\"'"))


def _tidied(text: str, is_plain: bool) -> str:
    """Lines without spaces at their ends, one empty line between two paragraphs, none in plain."""
    text = re.sub(r" ?\n ?", "\n", re.sub(r" {2,}", " ", text))
    # Two breaks are meant as an empty line.
    text = re.sub(r"(?:\\\n){2,}|(?:\\\n)+(?=\n|\Z)", "\n\n", text)
    text = re.sub(r"\n{2,}", "\n" if is_plain else "\n\n", text)
    return text.replace("\t", "    ").strip()
