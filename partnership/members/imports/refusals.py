"""What the services of imports refuse."""

from __future__ import annotations

from partnership.lib.errors import Refusal


class NotYourImport(Refusal):
    """Who sent it does not run this delegation today."""

    code = "not_yours"


class NotNow(Refusal):
    """The import is at another step."""

    code = "not_now"


class ColumnMissing(Refusal):
    code = "column_missing"


class NoAddresses(Refusal):
    code = "no_addresses"


class NoRoom(Refusal):
    """The disk is full."""

    code = "no_room"
