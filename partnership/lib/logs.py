"""Each log line names the request or task it belongs to."""

from __future__ import annotations

import logging
from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("request_id", default="-")


class RequestId(logging.Filter):
    """Adds the id. What strangers send is told in one line, not with the way through our code."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        if record.name.startswith("django.security"):
            record.exc_info = record.exc_text = None
        return True
