"""What a browser says of itself, in words that its owner knows it by."""

from __future__ import annotations

from django.utils.translation import gettext as _

# In this order: each names itself beside those that stand below it.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def named(user_agent: str) -> str:
    """The browser and the system as "Firefox, Windows": no version, nothing that tells more."""
    found = (_first(BROWSERS, user_agent), _first(SYSTEMS, user_agent))
    return ", ".join(name for name in found if name)


def shown(device: str) -> str:
    return device or _("a browser that does not say what it is")


def network_shown(network: str) -> str:
    """The kind of network as its first word says it."""
    words = {
        "public": _("over the internet"),
        "private": _("in an office network"),
        "loopback": _("on the machine of the site itself"),
    }
    return words.get(network.partition(" ")[0], "")


def _first(known: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for mark, name in known if mark in user_agent), "")
