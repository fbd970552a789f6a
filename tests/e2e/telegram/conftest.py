"""What the end-to-end tests share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.e2e.telegram.school import Staff, school, staff

_ADMINS = 30


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staff]:
    """A running school for all tests of a module; its limits are out of the way."""
    limits = {"person": 1000, "chat": 1000}
    with staff(tmp_path_factory.mktemp("school") / "home", limits=limits) as made:
        yield made


@pytest.fixture(scope="module")
def admins(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Iterator[Staff]]:
    """One running school, each time with another admin: to one chat the bot writes slowly."""
    with school(tmp_path_factory.mktemp("school") / "home") as made:
        server = made.server
        teacher, stranger = (server.user(name, language_code="zh-hans") for name in ("王", "陌"))
        people = [server.user(f"Secretary {i}", language_code="zh-hans") for i in range(_ADMINS)]
        group = server.supergroup("教师群", members=[teacher, *people])
        made.telegram = {"admins": [person.id for person in people], "groups": [group.id]}
        made.start()
        yield (Staff(made, server, teacher, admin, stranger, group) for admin in people)
        made.stop()


@pytest.fixture(autouse=True)
def no_rule_broken(request: pytest.FixtureRequest) -> Iterator[None]:
    """After every test with a running school: the bot broke no rule of the Bot API."""
    uses = "office" in request.fixturenames
    made: Staff | None = request.getfixturevalue("office") if uses else None
    yield
    if made is not None:
        assert made.server.violations == []
