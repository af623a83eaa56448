"""What the library refuses."""

from __future__ import annotations

from partnership.lib.errors import Refusal


class DocumentWrong(Refusal):
    """What was written does not fit together."""

    code = "document_wrong"


class DocumentTaken(Refusal):
    """Somebody else wrote the same at the same moment."""

    code = "document_taken"


class FileRefused(Refusal):
    """The file is none that the library keeps, or there is no room for it."""

    code = "file_refused"


class DraftThere(Refusal):
    """A document has one version at a time that is not published yet."""

    code = "draft_there"


class NotNow(Refusal):
    """The document is in another state: somebody was quicker."""

    code = "not_now"
