"""What the tests of the server say often."""

import re
from collections.abc import Callable, Iterable

import httpx
import pytest
from telegram import Update
from telegram.error import BadRequest, TelegramError

from tests.support.botapi.engine.wire import JsonObject

RawCall = Callable[..., httpx.Response]
Fetch = Callable[[], list[JsonObject]]


def refused(
    reason: str, error: type[TelegramError] = BadRequest
) -> pytest.RaisesExc[TelegramError]:
    """Expects a refusal; in any case, for the library changes the case of descriptions."""
    return pytest.raises(error, match="(?i)" + re.escape(reason))


def texts(updates: Iterable[Update]) -> list[str | None]:
    """The texts of new messages."""
    return [update.message.text for update in updates if update.message]
