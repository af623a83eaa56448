"""Files as other systems export them: every kind, with HTML, pictures, escapes and formulas."""

from __future__ import annotations

import base64

PICTURE = base64.b64encode(b"\x89PNG" + b"x" * 60).decode()


def _question(kind: str, name: str, text: str, inside: str, file: str = "") -> str:
    return f"""<question type="{kind}">
<name><text>{name}</text></name>
<questiontext format="html"><text><![CDATA[{text}]]></text>{file}</questiontext>
{inside}</question>
"""


def _answer(percent: str, text: str, feedback: str = "", more: str = "") -> str:
    told = f"<feedback format='html'><text><![CDATA[{feedback}]]></text></feedback>"
    return (
        f"<answer fraction='{percent}' format='html'><text><![CDATA[{text}]]></text>"
        f"{told if feedback else ''}{more}</answer>\n"
    )


def _pair(left: str, right: str) -> str:
    return (
        f"<subquestion format='html'><text><![CDATA[{left}]]></text>"
        f"<answer><text>{right}</text></answer></subquestion>\n"
    )


MOODLE = (
    "<?xml version='1.0' encoding='UTF-8'?>\n<quiz>\n"
    "<question type='category'><category><text>$course$/top/Article 6/Balance</text></category>"
    "</question>\n"
    + _question(
        "multichoice",
        "Mask",
        "<p>What is \\(\\frac{a_1}{b}\\) of 3&nbsp;tCO<sub>2</sub>e, at $5 and $7?</p>"
        "<p><img src='@@PLUGINFILE@@/books.png' alt='Two books'></p>",
        "<single>true</single>"
        + _answer("100", "<p>One <b>third</b></p>", "So it is: \\(x\\).")
        + _answer("0", "<p>None</p>", "<script>alert(1)</script>No."),
        f"<file name='books.png' encoding='base64'>{PICTURE}</file>",
    )
    + _question(
        "multichoice",
        "Many",
        "<ul><li>one</li><li>two</li></ul>Which count?",
        "<single>false</single>" + _answer("50", "a") + _answer("50", "b") + _answer("-100", "c"),
    )
    + _question(
        "truefalse", "Plain", "1 &lt; 2 &amp; *so*", _answer("100", "true") + _answer("0", "false")
    )
    + _question(
        "numerical", "Amount", "How many?", _answer("100", "1250", "", "<tolerance>1</tolerance>")
    )
    + _question(
        "shortanswer", "Word", "Name it.", _answer("100", "OIMP") + _answer("100", "oimp_2")
    )
    + _question("matching", "Pairs", "Match.", _pair("a", "1") + _pair("b", "2") + _pair("", "3"))
    + _question(
        "ordering", "Order", "Put in order.", _answer("100", "first") + _answer("100", "then")
    )
    + _question("essay", "Essay", "Write.", "")
    + _question("multichoice", "Broken", "No right one?", _answer("0", "a") + _answer("0", "b"))
    + "</quiz>\n"
)

GIFT = r"""$CATEGORY: $course$/Balance

// [id:escapes]
::Escapes::[markdown]Is **1 \= 1** \{ really \} at 10\:30?{=yes \~ no#Right\: it is. ~no}

// [id:number]
How many?{#1250:1}

// [id:match]
Match.{=a -> 1 =b -> 2}

// [id:words]
Name it.{=OIMP =oimp2}

// [id:missing]
The host {=adds ~subtracts} it.

// [id:truth]
[html]<p>It is <i>counted</i> $x_1$ times.</p>{TRUE#No.#Yes.}

// [id:essay]
Write.{}

Half a question {=a ~b
"""

AIKEN = (
    "\ufeffWhat is *counted*?\r\nA. A tonne\r\nB) A_book\r\nANSWER: A\r\n\r\nNo answer?\r\nA) a\r\n"
)
