"""Folders that the program cannot write, and the command that mends it."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

from bot.config.settings import Config
from bot.messages import Messages
from corpus.durable.permissions import can_write

_CONTAINER = Path("/.dockerenv")
"""There in every container of Docker."""

_IN_COMPOSE = "docker compose run --rm --user 0 --cap-add CHOWN --entrypoint chown baogao"


def unwritable(config: Config, m: Messages) -> list[str]:
    """Return a sentence for each folder of the configuration that cannot be written."""
    user = f"{os.geteuid()}:{os.getegid()}"
    return [
        m.admin.unwritable.format(folder=folder, user=user, command=_command(folder, user))
        for folder in (config.reports, config.state)
        if not can_write(folder)
    ]


def _command(folder: Path, user: str) -> str:
    """Return what makes the folder the program's own: on the machine, or in its container."""
    change = f"-R {user} {shlex.quote(str(folder))}"
    return f"{_IN_COMPOSE} {change}" if _CONTAINER.exists() else f"sudo chown {change}"
