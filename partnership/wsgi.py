from __future__ import annotations

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from partnership.lib import formulas
from partnership.lib.text import stems

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership.settings")
application = get_wsgi_application()

# What the first visitors would wait for: all views, and what comes with its first use.
_views = get_resolver().url_patterns
stems.stemmers()
formulas.mathml("x")
# All of it stays: the collector need never look through it.
gc.freeze()
