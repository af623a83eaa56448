"""What the services of approaches and authorizations refuse beside those of agreements."""

from __future__ import annotations

from partnership.lib.errors import Refusal


class PartiesWrong(Refusal):
    """The Parties, the approach and the agreement do not fit together."""

    code = "parties_wrong"
