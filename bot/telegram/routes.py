"""The map of the Telegram room: every handler, in the order in which they are tried.

The first handler that fits an update handles it, and no other does.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from telegram import Update
from telegram.ext import (
    Application,
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.telegram.access.gate import Reception
from bot.telegram.access.newcomers import Strangers
from bot.telegram.admin.index_commands import Admin, Admittance
from bot.telegram.admin.selfcheck import SelfCheck
from bot.telegram.admin.statistics import Insight
from bot.telegram.callbacks import Pressable, Presses
from bot.telegram.context import Office
from bot.telegram.error_handler import Failures
from bot.telegram.jobs.runner import Works
from bot.telegram.questions.addressing import CaptionCommand
from bot.telegram.questions.answer_buttons import Browsing
from bot.telegram.questions.help import Greeting
from bot.telegram.questions.inline import Inline
from bot.telegram.questions.question_handlers import Asking
from bot.telegram.rendering.keyboards import Subject
from bot.telegram.reports.browser import Outlines
from bot.telegram.reports.uploads import Uploads

if TYPE_CHECKING:
    from typing import Any


_log = logging.getLogger(__name__)

NEW = filters.UpdateType.MESSAGE
PRIVATE = filters.ChatType.PRIVATE
WORDS = filters.TEXT | filters.CAPTION
WORDLESS = filters.VOICE | filters.AUDIO | filters.VIDEO | filters.VIDEO_NOTE

UPDATES = [
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
    Update.MY_CHAT_MEMBER,
]
"""The kinds of updates that are asked of Telegram."""


@dataclass(frozen=True, slots=True)
class Desks:
    """Everything that handles updates."""

    asking: Asking
    greeting: Greeting
    outlines: Outlines
    admin: Admin
    insight: Insight
    selfcheck: SelfCheck
    uploads: Uploads
    presses: Presses
    inline: Inline
    strangers: Strangers


def desks(office: Office, works: Works) -> Desks:
    """Return the desks of an office, each knowing those it needs."""
    strangers = Strangers(office)
    reception = Reception(office, strangers)
    admittance = Admittance(office, reception)
    asking = Asking(office, reception)
    outlines = Outlines(office, reception)
    admin = Admin(office, works, admittance)
    insight = Insight(office, admittance)
    uploads = Uploads(office, works, admittance)
    return Desks(
        asking=asking,
        greeting=Greeting(office, reception, asking),
        outlines=outlines,
        admin=admin,
        insight=insight,
        selfcheck=SelfCheck(office, admittance),
        uploads=uploads,
        presses=Presses(
            office, buttons(Browsing(office), outlines, admin, insight, uploads, strangers)
        ),
        inline=Inline(office),
        strangers=strangers,
    )


def handlers(at: Desks) -> list[BaseHandler[Update, Any, None]]:
    """Return every handler, first come first served."""
    return [
        # Groups that come and change
        ChatMemberHandler(at.strangers.membership, ChatMemberHandler.MY_CHAT_MEMBER),
        MessageHandler(filters.StatusUpdate.MIGRATE, at.strangers.migrated),
        # Staff
        CommandHandler("start", at.greeting.start, NEW),
        CommandHandler("help", at.greeting.help, NEW),
        CommandHandler("ask", at.asking.command, NEW),
        CommandHandler("compare", at.asking.compare, NEW),
        MessageHandler(NEW & CaptionCommand("ask"), at.asking.command),
        MessageHandler(NEW & CaptionCommand("compare"), at.asking.compare),
        CommandHandler("reports", at.outlines.reports, NEW),
        CommandHandler("report", at.outlines.report, NEW),
        InlineQueryHandler(at.inline.asked),
        # Admins: each checks again who it is
        CommandHandler("add", at.uploads.add, NEW),
        MessageHandler(NEW & CaptionCommand("add"), at.uploads.add),
        CommandHandler("reindex", at.admin.reindex, NEW),
        CommandHandler("remove", at.admin.remove, NEW),
        CommandHandler("rollback", at.admin.rollback, NEW),
        CommandHandler("unanswered", at.insight.unanswered, NEW),
        CommandHandler("stats", at.insight.stats, NEW),
        CommandHandler("selfcheck", at.selfcheck.selfcheck, NEW),
        MessageHandler(NEW & PRIVATE & at.uploads.takes, at.uploads.file),
        MessageHandler(
            NEW & filters.TEXT & ~filters.COMMAND & at.uploads.corrects, at.uploads.correction
        ),
        # Buttons
        CallbackQueryHandler(at.presses.pressed),
        # In private, what cannot be understood
        MessageHandler(NEW & PRIVATE & filters.COMMAND, at.greeting.unknown),
        MessageHandler(NEW & PRIVATE & WORDLESS & ~filters.CAPTION, at.greeting.wordless),
        # Everything else that may be a question, and questions that were changed
        MessageHandler(NEW & WORDS & ~filters.COMMAND, at.asking.text),
        MessageHandler(filters.UpdateType.EDITED_MESSAGE & WORDS, at.asking.edited),
    ]


def buttons(
    browsing: Browsing,
    outlines: Outlines,
    admin: Admin,
    insight: Insight,
    uploads: Uploads,
    strangers: Strangers,
) -> dict[str, Pressable]:
    """Return what is behind the buttons, by what they are about."""
    return {
        Subject.VIEW: Pressable(browsing.pressed),
        Subject.REPORTS: Pressable(outlines.page),
        Subject.OUTLINE: Pressable(outlines.section),
        Subject.JOB: Pressable(uploads.pressed, admins_only=True),
        Subject.REMOVE: Pressable(admin.pressed_remove, admins_only=True),
        Subject.ROLLBACK: Pressable(admin.pressed_rollback, admins_only=True),
        Subject.EXPORT: Pressable(insight.export, admins_only=True),
        Subject.GROUP: Pressable(strangers.allow, admins_only=True),
    }


def register(
    application: Application[Any, Any, Any, Any, Any, Any], office: Office, at: Desks
) -> None:
    """Put every handler into its place."""
    application.add_handlers(handlers(at))
    application.add_error_handler(Failures(office).failed)
