"""An import of many PDFs: a list of addresses at a host that is played here, files and all."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.request import Request

from tests.hosts import answer
from tests.information.library.test_drawing import paper
from tests.journeys.killing import Database, patiently
from tests.journeys.whole import Visitor

HOST = "papers.example"
BRING = "/desk/library/bring/"
BOUNDARY = "a-boundary-that-no-list-holds"
# Those of the import; the site has documents of its own.
OURS = f"""partnership_documentversion v join partnership_document d on d.id = v.document_id
where v.address like 'http://{HOST}%'"""


def speaks(send: Callable[[bytes], Any], asked: str) -> None:
    """The host: `/7.pdf` is a paper of two pages that says its number."""
    number = re.match(r"GET /(\d+)\.pdf ", asked)
    assert number, asked
    paper_of = paper(f"Paper {number[1]}", "Annex")
    answer(paper_of, Content_Type="application/pdf")(send, asked)


class Papers:
    """The work: `number` papers come in by a list, are fetched, and their text is drawn out."""

    def __init__(self, number: int, port: int):
        self.number, self._port = number, port

    def start(self, person: Visitor) -> None:
        """Send the list, and again until the page says what came of it: that changes nothing."""
        page = patiently(lambda: self._sent(person))
        assert "What came of it" in page

    def _sent(self, person: Visitor) -> str:
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', person.get(BRING))
        assert token
        rows = [f"Paper {n},report,http://{HOST}:{self._port}/{n}.pdf" for n in range(self.number)]
        sheet = "\r\n".join(["title,kind,address", *rows])
        parts = {"csrfmiddlewaretoken": token[1], "fetch": "on"}
        lines = [
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in parts.items()
        ]
        head = 'Content-Disposition: form-data; name="file"; filename="papers.csv"'
        lines.append(f"--{BOUNDARY}\r\n{head}\r\n\r\n{sheet}\r\n--{BOUNDARY}--\r\n")
        headers = {
            "Referer": person.site.address,
            "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
        }
        address = f"{person.site.address}{BRING}"
        return person.answer(Request(address, "".join(lines).encode(), headers))

    def is_done(self, database: Database) -> bool:
        return database.one(f"select count(*) from {OURS} and v.drawn = 'whole'") == self.number

    def check(self, database: Database) -> None:
        """Every document once, with one version, one file and each of its pages once."""
        found = database.rows(
            f"""select d.title, v.number, v.sha256, v.key, (
                select string_agg(p.text, '|' order by p.number) from partnership_passage p
                where p.version_id = v.id) as text
            from {OURS} order by d.id"""
        )
        numbers = sorted(range(self.number), key=str)
        assert sorted(row["title"] for row in found) == [f"Paper {n}" for n in numbers]
        assert {row["number"] for row in found} == {1}
        assert len({row["key"] for row in found}) == self.number
        assert len({row["sha256"] for row in found}) == self.number
        assert all(row["text"] == f"{row['title']}|Annex" for row in found)
        kept = "select count(*) from partnership_auditentry where verb = 'document.fetched'"
        assert database.one(kept) == self.number
