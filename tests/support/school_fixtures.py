"""The fixture of all tests with a running school.

A conftest takes it with `from tests.support.school_fixtures import no_rule_broken`.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.school import Staff


@pytest.fixture(autouse=True)
def no_rule_broken(request: pytest.FixtureRequest) -> Iterator[None]:
    """After every test with a running school: the bot broke no rule of the Bot API."""
    uses = "staff" in request.fixturenames
    made: Staff | None = request.getfixturevalue("staff") if uses else None
    yield
    if made is not None:
        assert made.server.violations == []
