"""What a person may do on a day, from grants, affiliations and focal terms: asked in one query."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import CharField, Value

from partnership.accounts.models import Role, RoleGrant
from partnership.members.models import Affiliation, FocalTerm

# Stands in a statement for whoever is asked about; no row has this number.
NOBODY = -1


def roles_of(user: Any, at: datetime) -> frozenset[str]:
    """The roles that hold at this moment. Whoever cannot sign in has none."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    statement, values = _statement(at.date())
    with connection.cursor() as cursor:
        cursor.execute(statement, [user.pk if value == NOBODY else value for value in values])
        return frozenset(role for (role,) in cursor.fetchall())


@lru_cache(maxsize=8)
def _statement(day: date) -> tuple[str, tuple[Any, ...]]:
    """What is asked on a day. Each page asks it, and putting it together takes far longer."""
    given = RoleGrant.objects.on(day).filter(person=NOBODY).order_by().values_list("role")
    official = Affiliation.objects.on(day).filter(person=NOBODY)
    focal = FocalTerm.objects.on(day).filter(person=NOBODY)
    found = given.union(_constant(official, Role.OFFICIAL), _constant(focal, Role.FOCAL_POINT))
    return found.query.sql_with_params()


def _constant(rows: Any, role: Role) -> Any:
    """The role as the one column of whatever rows there are."""
    # Unordered: an order would add its columns to this part of the union.
    named = rows.order_by().annotate(held=Value(role.value, output_field=CharField()))
    return named.values_list("held").distinct()
