"""`baogao bot`: the Telegram bot."""

from __future__ import annotations

import argparse

from bot.commands.asking import prepare
from bot.config.secrets import load_token
from bot.errors import NoToken
from bot.messages import Messages, explain
from bot.service import Service
from bot.terminal import say
from index.errors import StoreError


def bot(_: argparse.Namespace, service: Service, m: Messages) -> int:
    """Run the bot until it is told to stop.

    Raises:
        NoToken: neither the environment nor the configuration has one.
    """
    token = load_token(service.config)
    if token is None:
        raise NoToken
    try:
        prepare(service, m)
    except StoreError as exc:  # the next question looks again
        say(explain(exc, m))
    from bot.telegram.app import run

    return run(service, token)
