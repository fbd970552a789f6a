"""`baogao bot`: the Telegram bot."""

from __future__ import annotations

import argparse

from bot.cli.ask import prepare
from bot.cli.terminal import say
from bot.config.secrets import load_token
from bot.errors import NoToken
from bot.messages import Messages
from bot.service import Service
from bot.wording.error_sentences import explain
from bot.wording.unwritable import unwritable
from corpus.durable.permissions import can_write
from corpus.errors import NoLibrary, NoReports
from index.errors import StoreError


def bot(_: argparse.Namespace, service: Service, m: Messages) -> int:
    """Run the bot until a signal ends it.

    Raises:
        NoToken: neither the environment nor the configuration has one.
    """
    token = load_token(service.config)
    if token is None:
        raise NoToken
    for text in unwritable(service.config, m):
        say(text)
    if not can_write(service.config.state):
        return 2
    try:
        prepare(service, m)
    except (StoreError, NoReports, NoLibrary) as exc:  # a first report may come from the chat
        say(explain(exc, m))
    from bot.telegram.process import serve  # here, not above: it imports telegram

    return serve(service, token)
