"""What people read, in their language."""

from __future__ import annotations

from bot.messages.base import Messages
from bot.messages.en import EN
from bot.messages.zh import ZH

__all__ = ["Messages", "messages_in"]


def messages_in(language: str | None) -> Messages:
    """Return the messages for a language tag (zh, zh-hans, en-GB); Chinese where it is unknown."""
    return EN if (language or "").lower().startswith("en") else ZH
