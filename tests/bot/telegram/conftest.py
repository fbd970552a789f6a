"""What the tests of the bot in a thread share: schools at the strict Bot API server."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.support.bots import BotThread
from tests.support.handlers import HandlerBench
from tests.support.school import Staff, many_admins, running_school
from tests.support.school_fixtures import no_rule_broken

__all__ = ["no_rule_broken"]

_ADMINS = 30
NO_LIMITS = {"person": 1000, "chat": 1000}


@pytest.fixture(scope="module")
def staff(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staff]:
    """A running school for all tests of a module; its limits are out of the way."""
    home = tmp_path_factory.mktemp("school") / "home"
    with running_school(home, bot=BotThread, limits=NO_LIMITS) as made:
        yield made


@pytest.fixture(scope="module")
def admins(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Iterator[Staff]]:
    """One running school, each time with another admin: to one chat the bot writes slowly."""
    with many_admins(tmp_path_factory.mktemp("school") / "home", _ADMINS, BotThread) as made:
        yield made


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[HandlerBench]:
    """The handlers over the shipped report, with a Telegram that records requests."""
    made = await HandlerBench.open(tmp_path)
    yield made
    await made.close()
