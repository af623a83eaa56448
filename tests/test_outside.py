"""Nothing but `partnership.lib.outbound` asks another host."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ASKS = ("aiohttp", "ftplib", "http.client", "httpx", "requests", "socket", "urllib.request")
ASKS += (
    "boto3",
    "botocore",
    "urllib3",
    "xmlrpc.client",
    "telnetlib",
    "websockets",
    "asyncio",
    "ssl",
)
ALLOWED = {
    # The store of files, which the settings name.
    "partnership/lib/bucket.py": {"boto3", "botocore", "urllib3"},
    "partnership/lib/outbound/client.py": {"http.client"},
    "partnership/lib/outbound/line.py": {"socket", "ssl"},
    "partnership/lib/outbound/places.py": {"socket"},
    # Whether a port of this machine is free, and whether this machine's own site has come up.
    "partnership/lib/claims.py": {"socket"},
    "partnership/management/commands/run.py": {"urllib.request"},
}


def asking(text: str) -> set[str]:
    """The modules that a file imports, anywhere in it, which can talk to another host."""
    found = set()
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Import():
                found |= {name.name for name in node.names}
            case ast.ImportFrom(module=str(module), level=0):
                found |= {module, *(f"{module}.{name.name}" for name in node.names)}
    return {name for name in ASKS if any(f"{one}.".startswith(f"{name}.") for one in found)}


def test_nobody_else_imports_what_can_ask_another_host():
    files = [*ROOT.glob("partnership/**/*.py"), *ROOT.glob("courses/**/*.py")]

    found = {str(file.relative_to(ROOT)): asking(file.read_text()) for file in files}

    assert {file: names for file, names in found.items() if names} == ALLOWED


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("import httpx", {"httpx"}),
        ("def late():\n    from urllib import request", {"urllib.request"}),
        ("import requests.sessions as r", {"requests"}),
        ("from http.client import HTTPConnection", {"http.client"}),
        ("from urllib.parse import quote\nimport requests_like", set()),
    ],
)
def test_the_rule_can_be_broken(text, found):
    assert asking(text) == found
