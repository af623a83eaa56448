"""Static files with hashed names, inside style sheets and ES module imports too."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage

# The API answers JSON only and sign-in has pages of its own: their packages' files are never asked.
# Nor are the admin's libraries as their authors wrote them, which take longest to compress: its
# pages name the short ones.
NEVER_SERVED = ["rest_framework", "account", "jquery.js", "select2.full.js", "xregexp.js"]


class HashedStatic(CompressedManifestStaticFilesStorage):
    support_js_module_import_aggregation = True
    # A page that names a missing file is worse off with an error page than with a plain address.
    manifest_strict = False

    def stored_name(self, name: str) -> str:
        try:
            return super().stored_name(name)
        except ValueError:
            # Not collected at all: Django gives up here, and would on the error page too.
            return name


def collect() -> bool:
    """Hash, compress and gather the files, unless nothing changed since the last whole time."""
    mark, wanted = Path(settings.STATIC_ROOT) / ".collected", fingerprint()
    if mark.exists() and mark.read_text() == wanted:
        return False
    mark.unlink(missing_ok=True)
    call_command(
        "collectstatic", interactive=False, clear=True, verbosity=0, ignore_patterns=NEVER_SERVED
    )
    mark.write_text(wanted)
    return True


def fingerprint() -> str:
    """Changes with every file that would be gathered: by its name, size and time."""
    lines = []
    for finder in get_finders():
        for path, storage in finder.list(NEVER_SERVED):
            stat = Path(storage.path(path)).stat()
            lines.append(f"{path} {stat.st_size} {stat.st_mtime_ns}")
    return sha256("\n".join(sorted(lines)).encode()).hexdigest()
