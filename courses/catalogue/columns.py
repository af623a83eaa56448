"""Columns of texts that are derived from them, whoever saves the row."""

from __future__ import annotations

from django.db import models

from courses.catalogue.pictures import kb_of
from partnership.lib.fields import Derived


class PicturesField(Derived, models.PositiveIntegerField):
    """KB of the pictures that a text names: told before the text is opened."""

    def derive(self, value: str) -> int:
        return kb_of(value)
