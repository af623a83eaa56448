"""What an office file is, told by the list of its parts: none but a short one is unpacked."""

from __future__ import annotations

import zipfile
from typing import IO

# More parts than any text or slides have: a listing that is made to be long.
MOST_PARTS = 5_000
FOLDERS = {"word/": "docx", "xl/": "xlsx", "ppt/": "pptx"}
OPEN_DOCUMENT = {
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
}
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    **OPEN_DOCUMENT,
}
BY_MEDIA_TYPE = {media_type.encode(): kind for kind, media_type in OPEN_DOCUMENT.items()}


class HoldsMacros(Exception):
    """The file could run a program on the machine of who opens it."""


def kind_of_package(file: IO[bytes]) -> str:
    """`docx`, `xlsx`, `pptx`, `odt`, `ods`, `odp`, or nothing. Raises HoldsMacros."""
    try:
        with zipfile.ZipFile(file) as package:
            names = package.namelist()
            if len(names) > MOST_PARTS:
                return ""
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                raise HoldsMacros
            if "mimetype" in names:
                with package.open("mimetype") as part:
                    return BY_MEDIA_TYPE.get(part.read(100), "")
            if "[Content_Types].xml" not in names:
                return ""
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError):
        return ""
    return next(
        (kind for folder, kind in FOLDERS.items() if any(n.startswith(folder) for n in names)), ""
    )
