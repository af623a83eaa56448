"""What the services of links refuse."""

from __future__ import annotations

from partnership.lib.errors import Refusal


class CopyWrong(Refusal):
    """Of an archived copy both its address and a day that has been are needed, or neither."""

    code = "copy_wrong"
