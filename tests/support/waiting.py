"""Waiting for what a message becomes."""

from __future__ import annotations

from tests.support.botapi import BotApi, Message


def wait_until(server: BotApi, message: Message, words: str) -> Message:
    """The message once it holds `words`; TimeoutError if it stops changing before."""
    message = server.refresh(message)
    while words not in message.text:
        message = server.wait_for_edit(message, timeout=60)
    return message
