"""What a process loads when it starts: what comes with its first use is not there yet."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
# Imported inside the function that needs it, as its comment there says.
LATE = {"cryptography", "jwt", "latex2mathml", "lark", "openpyxl", "PIL", "snowballstemmer"}
# The site's pages may do without these; the rest is there before the first visitor comes.
LATE_FOR_PAGES = {"jwt", "lark", "openpyxl", "PIL"}
START = """
import gc, os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "partnership.settings"
import django
django.setup()
print(*sorted({name.partition(".")[0] for name in sys.modules}))
import partnership.wsgi
print(*sorted({name.partition(".")[0] for name in sys.modules}))
print("partnership.members.views.roll" in sys.modules, gc.isenabled(), gc.get_threshold()[0])
"""


def test_a_start_loads_only_what_each_process_needs_and_pages_find_the_rest_there(tmp_path):
    env = {**os.environ, "DATABASE_URL": "", "PARTNERSHIP_VAR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", START],
        cwd=ROOT, env=env, capture_output=True, text=True, check=True,
    )  # fmt: skip

    plain, pages, rest = done.stdout.splitlines()
    assert {"django", "markdown_it", "partnership"} <= set(plain.split())
    assert set(plain.split()) & LATE == set()
    assert set(pages.split()) & LATE_FOR_PAGES == set()
    assert {"latex2mathml", "rest_framework", "snowballstemmer"} <= set(pages.split())
    assert rest == "True True 50000"
