"""What a person may do on a day, from grants, affiliations and focal terms: asked in one query."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import CharField, Value

from partnership.accounts.models import Role, RoleGrant
from partnership.members.models import Affiliation, FocalTerm


def roles_of(user: Any, at: datetime) -> frozenset[str]:
    """The roles that hold at this moment. Whoever cannot sign in has none."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    day = at.date()
    given = RoleGrant.objects.on(day).filter(person=user).order_by().values_list("role")
    official = Affiliation.objects.on(day).filter(person=user)
    focal = FocalTerm.objects.on(day).filter(person=user)
    found = given.union(_constant(official, Role.OFFICIAL), _constant(focal, Role.FOCAL_POINT))
    return frozenset(role for (role,) in found)


def _constant(rows: Any, role: Role) -> Any:
    """The role as the one column of whatever rows there are."""
    # Unordered: an order would add its columns to this part of the union.
    named = rows.order_by().annotate(held=Value(role.value, output_field=CharField()))
    return named.values_list("held").distinct()
