"""The routes of letters to many, and a draft and a letter that went."""

from __future__ import annotations

from partnership.accounts.models import Role
from tests.factories.letters import LetterFactory, LetterTextFactory

ROW = "66666666-6666-4666-8666-666666666666"
WRITERS = {Role.ADMINISTRATOR, Role.TRAINER, Role.FOCAL_POINT}
# What does not exist for whom its circle is closed.
OF_ONE = {f"letters:{name}" for name in ("one", "write", "preview")}
OPEN = {"letters:list", "letters:new"}
BOTH_WAYS = {"letters:new", "letters:one", "letters:write"}
ARGUMENTS: dict[str, list[object]] = {
    "letters:one": [ROW],
    "letters:write": [ROW],
    "letters:preview": [ROW, "en"],
}


def make_rows() -> None:
    LetterTextFactory(letter=LetterFactory(uuid=ROW, is_service=True, reason="The address moves"))
