"""What `baogao doctor` knows of admins and groups that stand in the chat database only."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli.doctor import _ALLOWED_GROUP, _KEPT_ADMIN, _kept
from bot.config.settings import Config
from bot.telegram.access.allowed_groups import Groups
from bot.telegram.access.people import People, Role
from bot.telegram.storage.database import Database


@pytest.mark.parametrize("role", Role)
async def test_an_admin_who_claimed_the_bot_is_no_missing_admin(tmp_path: Path, role: Role) -> None:
    config = Config(reports=tmp_path, state=tmp_path / "var")
    assert not _kept(config, _KEPT_ADMIN)
    database = Database.open(config.state)
    assert not _kept(config, _ALLOWED_GROUP)
    await People(database, (), ()).add(7, role)
    await Groups(database, ()).allow(-1)
    database.close()
    assert _kept(config, _KEPT_ADMIN) is (role is Role.ADMIN)
    assert _kept(config, _ALLOWED_GROUP)
