"""What the tests of the real process share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.school import Staff, running_school
from tests.support.school_fixtures import no_rule_broken

__all__ = ["no_rule_broken"]


@pytest.fixture(scope="module")
def staff(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staff]:
    """A running school for all tests of a module; its limits are out of the way."""
    limits = {"person": 1000, "chat": 1000}
    with running_school(tmp_path_factory.mktemp("school") / "home", limits=limits) as made:
        yield made
