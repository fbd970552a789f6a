"""What the bot writes into its log: one line an event, `key=value`, and never the token.

Questions are not logged at all. httpx writes addresses, which hold the token, at INFO: it is
silenced, and the token is replaced in every line as the last step.
"""

from __future__ import annotations

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


def set_up_logging(token: Token, *, debug: bool = False) -> None:
    """Write the log to stderr."""
    root = logging.getLogger()
    root.handlers[:] = [log_handler(token, sys.stderr)]
    root.setLevel(logging.DEBUG if debug else logging.INFO)
    quiet_libraries(debug=debug)


def log_handler(token: Token, stream: TextIO) -> logging.Handler:
    """Return what writes the log to `stream`."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_Line(token))
    return handler


def quiet_libraries(*, debug: bool = False) -> None:
    """Let libraries log what the bot does not log itself."""
    for name in _NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("telegram").setLevel(logging.INFO if debug else logging.ERROR)
    if not debug:  # `process` logs its failures, in a line each
        logging.getLogger("telegram.ext.Updater").setLevel(logging.CRITICAL)
