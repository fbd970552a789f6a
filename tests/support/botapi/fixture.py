"""The pytest fixture: a running server for each test.

A conftest takes it with `from tests.support.botapi.fixture import botapi`.
"""

from collections.abc import Iterator

import pytest

from tests.support.botapi.server import BotApiServer


@pytest.fixture
def botapi() -> Iterator[BotApiServer]:
    """A strict Bot API server with nobody in its world but the bot."""
    with BotApiServer().running() as server:
        yield server
