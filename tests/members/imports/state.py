"""Everything that the database holds, to be compared before and after."""

from __future__ import annotations

from typing import Any

from django.apps import apps

# What an undo leaves: that it happened, and mails that went.
LEFT_OUT = frozenset(
    {
        "partnership.AuditEntry",
        "partnership.Job",
        "partnership.OutboxMessage",
        "partnership.SheetImport",
        "partnership.ImportRow",
        "partnership.ImportChange",
        "partnership.KnownColumns",
    }
)
Table = list[tuple[Any, ...]]


def tables() -> dict[str, Table]:
    """Every row of every table but those, column by column."""
    models = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and model._meta.label not in LEFT_OUT
    ]
    return {
        model._meta.label: sorted(model._base_manager.order_by().values_list(), key=repr)
        for model in models
    }


def bare() -> dict[str, Any]:
    """What imports write, without keys and times: equal for two runs of the same sheet."""
    from partnership.mail.models import OutboxMessage
    from partnership.members.models import Affiliation, ImportChange, ImportRow, Invitation

    return {
        "posts": sorted(
            Affiliation.objects.values_list(
                "person__email", "country", "institution", "title", "begins_on", "ends_on"
            ),
            key=repr,
        ),
        "invitations": sorted(
            Invitation.objects.values_list("email", "name", "country", "title", "role"), key=repr
        ),
        "mails": sorted(OutboxMessage.objects.values_list("to", "subject")),
        "rows": sorted(
            (number, verdict, about, at is not None)
            for number, verdict, about, at in ImportRow.objects.values_list(
                "number", "verdict", "about", "applied_at"
            )
        ),
        "changes": sorted(
            (number, table, before is None)
            for number, table, before in ImportChange.objects.values_list(
                "row__number", "table", "before"
            )
        ),
    }
