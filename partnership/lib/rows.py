"""Saving a row that a person wrote, with what the model and the database refuse as a sentence."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from partnership.lib.errors import Refusal


def store(row: Model, *, wrong: type[Refusal], taken: type[Refusal]) -> None:
    """Save it, or refuse: `wrong` as the model says, `taken` where somebody was quicker."""
    try:
        row.full_clean()
        with transaction.atomic():
            row.save()
    except ValidationError as error:
        raise wrong(" ".join(error.messages)) from None
    except IntegrityError:
        raise taken(_("Somebody else wrote the same at this moment. Look again.")) from None
