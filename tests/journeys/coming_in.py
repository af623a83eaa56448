"""Officials who sign in by password in the same two minutes: hashing holds nobody up.

    python -m tests.services all python -m tests.journeys.coming_in 2000

One comes after the other, five behind each network address, and goes on to a page of their own.
It fails where one does not come in, or the last one comes after two minutes. What a mail with a
code costs is another matter; so are those who have a second factor.
"""

from __future__ import annotations

import os
import re
import sys
import time
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

from tests.journeys.crowd import TOKEN, Official, Seen, own_site, rows, tell, together
from tests.journeys.whole import PASSWORD, WholeSite

# Who comes last has twenty seconds until two minutes are over.
ARRIVAL, TWO_MINUTES = 100.0, 120.0
BEHIND_ONE = 5
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def sign_in(official: Official, mail: str, network: str) -> None:
    """Send the form, take the session's cookie, and read what only who is in can read."""
    official.headers["X-Forwarded-For"] = network
    typed = urlencode({"login": mail, "password": PASSWORD, "next": "/courses/mine/"}).encode()
    where = official.call("sign in", "POST", "/account/sign-in/", typed, **FORM)
    assert where == b"/courses/mine/", where[:300]
    given = " ".join(official.given.get_all("Set-Cookie", ()))
    found = re.search(r"\bsession=(\w+)", given)
    assert found, given
    official.headers["Cookie"] = f"session={found[1]}; csrf={TOKEN}"
    assert mail.encode() in official.call("own page", "GET", "/account/")


def come_in(site: WholeSite, mails: list[str], seen: Seen, n: int) -> None:
    time.sleep(n * ARRIVAL / len(mails))
    office = n // BEHIND_ONE
    official = Official(site, "", seen)
    sign_in(official, mails[n], f"198.18.{office // 250}.{office % 250}")
    official.connection.close()


def cpu_of_web(site: WholeSite) -> float:
    """The seconds of CPU that the web server has taken; a database's are its own."""
    ticks = 0
    for pid in site.children()["web"]:
        after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += sum(map(int, after_name[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


def main(number: int) -> bool:
    """Whether it failed."""
    seen = Seen()
    # The site believes what a proxy of its own says of who asks: here that is us.
    with own_site(PARTNERSHIP_PROXIES="1") as site:
        mails = rows(site, "officials", str(number))
        began, worked = time.monotonic(), cpu_of_web(site)
        faults = together([partial(come_in, site, mails, seen, n) for n in range(number)])
        took, worked = time.monotonic() - began, cpu_of_web(site) - worked
    print(f"the web server took {worked:.1f} s of CPU")  # noqa: T201
    tell(number, took, seen, faults)
    return bool(faults) or took > TWO_MINUTES


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
