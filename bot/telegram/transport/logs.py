"""What the bot writes into its log: one line an event, `key=value` or JSON, and never the token.

Questions are not logged at all. httpx writes addresses, which hold the token, at INFO: it is
silenced, and the token is replaced in every line as the last step.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from typing import TextIO

from bot.config.secrets import Token

_NOISY = ("httpx", "httpcore", "tornado.access", "apscheduler")


class _Line(logging.Formatter):
    def __init__(self, token: Token) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s", "%Y-%m-%dT%H:%M:%SZ")
        self.converter = time.gmtime
        self._token = token

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line, the token replaced; a traceback goes below it."""
        secret = self._token.reveal()
        text = super().format(record).replace(secret, "…")
        return text.replace(secret.partition(":")[2] or secret, "…")


class _Json(_Line):
    """A record as one object of JSON: time, level, logger, message, the traceback if any."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        """Return the object; it takes the traceback in, which else would follow the line."""
        trace = {"traceback": record.exc_text} if record.exc_text else {}
        said = {
            "time": self.formatTime(record, self.datefmt),
            "level": record.levelname,
            "logger": record.name,
            "message": record.message,
        }
        return json.dumps(said | trace, ensure_ascii=False)

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line, the token replaced."""
        if record.exc_info and not record.exc_text:
            record.exc_text = self.formatException(record.exc_info)
        return super().format(record).partition("\n")[0]


def set_up_logging(token: Token, *, debug: bool = False, form: str = "text") -> None:
    """Write the log to stderr, as "text" or "json"."""
    root = logging.getLogger()
    root.handlers[:] = [log_handler(token, sys.stderr, form)]
    root.setLevel(logging.DEBUG if debug else logging.INFO)
    quiet_libraries(debug=debug)


def log_handler(token: Token, stream: TextIO, form: str = "text") -> logging.Handler:
    """Return what writes the log to `stream`."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_Json(token) if form == "json" else _Line(token))
    return handler


def quiet_libraries(*, debug: bool = False) -> None:
    """Let libraries log what the bot does not log itself."""
    for name in _NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("telegram").setLevel(logging.INFO if debug else logging.ERROR)
    if not debug:  # `process` logs its failures, in a line each
        logging.getLogger("telegram.ext.Updater").setLevel(logging.CRITICAL)
