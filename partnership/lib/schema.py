"""What the API's schema cannot read off the views by itself: a list's filters, and the sign-in."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter


def parameters_of(form: type[forms.Form]) -> list[OpenApiParameter]:
    """The filters of a form, as the schema tells them."""
    return [
        OpenApiParameter(
            name,
            date if isinstance(field, forms.DateField) else str,
            description=str(field.label),
        )
        for name, field in form.base_fields.items()
    ]


class Schema(AutoSchema):
    """Names each list's filters as its form has them, and describes the rows as JSON."""

    view: Any

    def get_override_parameters(self) -> list[Any]:
        form = getattr(self.view, "filter_form", None)
        return parameters_of(form) if form and self.view.action == "list" else []

    def map_renderers(self, attribute: str) -> list[str]:
        """A sheet holds the rows alone, and no schema says how."""
        found = super().map_renderers(attribute)
        return found if attribute == "format" else found[:1]


class SignIn(OpenApiAuthenticationExtension):
    """The site's own sign-in, known to the API by its cookie."""

    target_class = "partnership.lib.api.SessionAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME}


class Token(OpenApiAuthenticationExtension):
    """A token of the account, for programs."""

    target_class = "partnership.lib.api.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        text = "A token of your account, in the header Authorization: Bearer and the token."
        return {"type": "http", "scheme": "bearer", "description": text}
