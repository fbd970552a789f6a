"""The errors of the bot and the command line.

BotError
├── BadConfig     the configuration is malformed; all its problems at once
├── Usage         the program was called wrongly
├── BadToken      what is given as a token is none
├── NoToken       the bot was asked to run and has no token
├── WrongToken    Telegram does not know the token
├── TokenInUse    another bot uses the token, and goes on doing so
├── AlreadyRunning    another bot uses the state directory
└── NotEmpty      a backup is to be restored where there is something already
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


class BotError(Exception):
    """Base of every error of this room."""


class BadConfig(BotError):
    """The configuration cannot be used; each problem reads ``file: key: reason``."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class Usage(BotError):
    """The program was called with arguments that make no sense."""


class BadToken(BotError):
    """What stands in `source`, a file or a variable, is no token; the text is never repeated."""

    def __init__(self, source: str) -> None:
        self.source = source
        super().__init__(f"{source} holds no token")


class NoToken(BotError):
    """There is no token for the bot."""


class WrongToken(BotError):
    """Telegram does not know the token of the bot."""


class TokenInUse(BotError):
    """Another instance receives the updates of this token."""


class AlreadyRunning(BotError):
    """Another bot uses the state directory."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(f"another bot is running on {folder}")


class NotEmpty(BotError):
    """There are reports or chats already where a backup is to be restored."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(f"there is something in {folder} already")
