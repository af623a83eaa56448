"""Columns that are derived from another column of the same row, whoever saves it."""

from __future__ import annotations

from typing import Any

from django.db import models

from partnership.lib import markdown
from partnership.lib.sorting import sort_key


class Derived(models.Field):
    """Takes the value of the field named `of` through `derive` each time the row is saved."""

    def __init__(self, *args: Any, of: str = "", **kwargs: Any):
        self.of = of
        kwargs["editable"] = False
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["editable"]
        return name, path, args, {**kwargs, "of": self.of}

    def derive(self, value: str) -> Any:
        raise NotImplementedError

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = self.derive(getattr(model_instance, self.of))
        setattr(model_instance, self.attname, value)
        return value


class SortKeyField(Derived, models.CharField):
    """One order of names on every database: see `sort_key`."""

    def derive(self, value: str) -> str:
        return sort_key(value)[: self.max_length]


class FoldedField(Derived, models.CharField):
    """For matching a label exactly but for case."""

    def derive(self, value: str) -> str:
        return fold(value)


class RenderedField(Derived, models.TextField):
    """Markdown as clean HTML, rendered at save."""

    def derive(self, value: str) -> str:
        return markdown.render(value)


class RendererVersionField(Derived, models.PositiveSmallIntegerField):
    """Which renderer made the HTML beside it, so that a newer one knows what to render again."""

    def derive(self, value: str) -> int:
        return markdown.RENDERER_VERSION


def fold(label: str) -> str:
    """A label without regard to case and to doubled spaces."""
    return " ".join(label.casefold().split())
