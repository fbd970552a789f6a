"""The map of the Telegram room: every handler, in the order in which they are tried.

The first handler that fits an update handles it, and no other does.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from telegram import Update
from telegram.ext import (
    Application,
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    MessageHandler,
    filters,
)

from bot.telegram.admin import Admin
from bot.telegram.asking import Asking
from bot.telegram.failures import Failures
from bot.telegram.greeting import Greeting
from bot.telegram.office import Office
from bot.telegram.presses import Presses
from bot.telegram.strangers import Strangers

if TYPE_CHECKING:
    from typing import Any

    from bot.config import Token
    from bot.service import Service

_log = logging.getLogger(__name__)

NEW = filters.UpdateType.MESSAGE
WORDS = filters.TEXT | filters.CAPTION

UPDATES = [
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.MY_CHAT_MEMBER,
]
"""The kinds of updates that are asked of Telegram."""


def handlers(office: Office) -> list[BaseHandler[Update, Any, None]]:
    """Return every handler, first come first served."""
    strangers = Strangers(office)
    asking = Asking(office, strangers)
    greeting = Greeting(office, strangers, asking)
    admin = Admin(office, strangers)
    presses = Presses(office, strangers)
    return [
        # Groups that come and change
        ChatMemberHandler(strangers.membership, ChatMemberHandler.MY_CHAT_MEMBER),
        MessageHandler(filters.StatusUpdate.MIGRATE, strangers.migrated),
        # Staff
        CommandHandler("start", greeting.start, NEW),
        CommandHandler("help", greeting.help, NEW),
        CommandHandler("ask", asking.command, NEW),
        # Admins
        CommandHandler("reindex", admin.reindex, NEW),
        # Buttons
        CallbackQueryHandler(presses.pressed),
        # Everything else that may be a question, and questions that were changed
        MessageHandler(NEW & WORDS & ~filters.COMMAND, asking.text),
        MessageHandler(filters.UpdateType.EDITED_MESSAGE & WORDS, asking.edited),
    ]


def register(application: Application[Any, Any, Any, Any, Any, Any], office: Office) -> None:
    """Put every handler into its place."""
    application.add_handlers(handlers(office))
    application.add_error_handler(Failures(office).failed)


def run(service: Service, token: Token) -> int:
    """Run the bot until it is told to stop; return the exit status of the program."""
    from bot.telegram.running import serve

    return serve(service, token)
