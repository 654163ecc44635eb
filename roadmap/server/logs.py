"""Log lines, as text for people or as JSON for programs, without tokens or anything people typed."""

import json
import logging
import re
import sys
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from roadmap.config import LogFormat

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ACCESS = logging.getLogger("roadmap.access")
_TOKEN = re.compile(
    r"^(/+(?:s|badge|calendar|invitations|password/+reset|register|address|settings/+address)/+)[^/.]+",
    re.IGNORECASE,
)
# PostgreSQL quotes the row that broke a rule.
_ROW = re.compile(r"^DETAIL:.*\n?", re.MULTILINE)


class JsonFormatter(logging.Formatter):
    """One JSON object for each line."""

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {"at": moment, "level": record.levelname.lower(), "logger": record.name}
        line |= {"message": record.getMessage(), **getattr(record, "facts", {})}
        if record.exc_info:
            line["traceback"] = record.exc_text or self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def set_up_logs(style: LogFormat) -> None:
    """Send all log lines to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    as_text = logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
    handler.setFormatter(JsonFormatter() if style is LogFormat.JSON else as_text)
    handler.addFilter(remove_rows)
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)
    # A queue of one is no news; the access log says how long requests took.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    logging.getLogger("alembic").setLevel(logging.WARNING)


def remove_rows(record: logging.LogRecord) -> bool:
    """Remove the rows that a database quotes in a traceback; a filter for handlers."""
    if record.exc_info:
        record.exc_text = _ROW.sub("", logging.Formatter().formatException(record.exc_info))
    return True


def mask_tokens(path: str) -> str:
    """The path without the secret part of share, badge, calendar, invitation and mailed links."""
    return _TOKEN.sub(r"\1***", path)


class AccessLog:
    """WSGI middleware: one line for each answer, with its status and its milliseconds."""

    def __init__(self, app: "WSGIApplication") -> None:
        self._app = app

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        started_at = time.perf_counter()

        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Callable[[bytes], object]:
            _write_line(environ, status.partition(" ")[0], time.perf_counter() - started_at)
            return start_response(status, headers, *more)

        return self._app(environ, start)


def _write_line(environ: "WSGIEnvironment", status: str, seconds: float) -> None:
    # Read after the application, so that the address is the one behind the trusted proxies.
    # Control characters in a path must not become lines of their own.
    path = mask_tokens(environ.get("PATH_INFO", "")).encode("unicode_escape").decode("ascii")
    facts = {
        "client": environ.get("REMOTE_ADDR", "-"),
        "method": environ.get("REQUEST_METHOD", "-"),
        "path": path,
        "status": int(status),
        "milliseconds": round(seconds * 1000, 1),
    }
    ACCESS.info("%s", " ".join(str(fact) for fact in facts.values()), extra={"facts": facts})
