"""What the end-to-end tests share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.e2e.telegram.school import Staff, staff


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staff]:
    """A running school for all tests of a module; its limits are out of the way."""
    limits = {"person": 1000, "chat": 1000}
    with staff(tmp_path_factory.mktemp("school") / "home", limits=limits) as made:
        yield made


@pytest.fixture(autouse=True)
def no_rule_broken(request: pytest.FixtureRequest) -> Iterator[None]:
    """After every test with a running school: the bot broke no rule of the Bot API."""
    uses = "office" in request.fixturenames
    made: Staff | None = request.getfixturevalue("office") if uses else None
    yield
    if made is not None:
        assert made.server.violations == []
