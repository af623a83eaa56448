"""Languages and weights in the templates of training."""

from __future__ import annotations

from django import template

from courses.catalogue import languages, weights

register = template.Library()

register.filter("direction", languages.direction)
register.filter("language_name", languages.language_name)
register.filter("page_kb", weights.page_kb)
register.filter("kept_kb", weights.kept_kb)
register.filter("file_kb", weights.file_kb)
