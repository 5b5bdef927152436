"""What goes into the log: where a fault happened; never what people typed, who they are, or a link that is a key."""

from __future__ import annotations

import json
import logging
import re
import time
import traceback
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse

# the secrets in links of invitations and of new passwords
_SECRET = re.compile(r"(?<=/)[\w-]{20,}")
_GIVEN = re.compile(r"[\w-]{8,64}")
request_id: ContextVar[str] = ContextVar("luc_request_id", default="")
log = logging.getLogger("luc.request")


class Line(logging.Formatter):
    """One line a record. A fault shows its places and its kind: the message of an exception may hold values."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802
        line = _SECRET.sub("…", super().formatMessage(record))
        return f"{line} [{request_id.get()}]" if request_id.get() else line

    def formatException(self, ei: Any) -> str:  # noqa: N802
        """The places of an exception and of those that led to it, the first one first."""
        shown, fault = [], ei[1]
        while fault is not None:
            places = "".join(traceback.format_tb(fault.__traceback__))
            shown.append(f"{places}{type(fault).__module__}.{type(fault).__qualname__}")
            fault = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
        return "\n".join(reversed(shown))


class Json(Line):
    """The same as one JSON object a line, for whatever collects logs."""

    def format(self, record: logging.LogRecord) -> str:
        """Time, level, logger, message, request, and where a fault happened."""
        said = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": _SECRET.sub("…", record.getMessage()),
            "request": request_id.get(),
            "fault": self.formatException(record.exc_info) if record.exc_info else "",
        }
        return json.dumps({key: value for key, value in said.items() if value}, ensure_ascii=False)


class RequestIdMiddleware:
    """Every request has a number: in its log lines, its answer (X-Request-ID) and on the page of a fault.

    A proxy in front may give it. With LUC_LOG_LEVEL=INFO each answer is a line: its address as a pattern, not as asked.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        token = request_id.set(given if _GIVEN.fullmatch(given) else uuid4().hex)
        began = time.monotonic()
        try:
            answer = self.get_response(request)
            answer["X-Request-ID"] = request_id.get()
            if log.isEnabledFor(logging.INFO):
                asked = request.resolver_match.route if request.resolver_match else "-"
                spent = (time.monotonic() - began) * 1000
                log.info("%s %s %s %.0f ms", request.method, asked, answer.status_code, spent)
            return answer
        finally:
            request_id.reset(token)
