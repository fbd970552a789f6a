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

from bot.telegram.access.gate import Gate
from bot.telegram.access.newcomers import Newcomers
from bot.telegram.admin.index_commands import AdminGate, IndexCommands
from bot.telegram.admin.selfcheck import SelfCheck
from bot.telegram.admin.statistics import StatisticsCommands
from bot.telegram.callbacks import ButtonHandler, Callbacks
from bot.telegram.context import BotContext
from bot.telegram.error_handler import ErrorHandler
from bot.telegram.jobs.runner import JobRunner
from bot.telegram.questions.addressing import CaptionCommand
from bot.telegram.questions.answer_buttons import AnswerButtons
from bot.telegram.questions.help import HelpCommands
from bot.telegram.questions.inline import InlineQuestions
from bot.telegram.questions.question_handlers import QuestionHandlers
from bot.telegram.rendering.keyboards import Subject
from bot.telegram.reports.browser import ReportBrowser
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
class Handlers:
    """Everything that handles updates."""

    asking: QuestionHandlers
    greeting: HelpCommands
    outlines: ReportBrowser
    admin: IndexCommands
    insight: StatisticsCommands
    selfcheck: SelfCheck
    uploads: Uploads
    presses: Callbacks
    inline: InlineQuestions
    strangers: Newcomers


def desks(office: BotContext, works: JobRunner) -> Handlers:
    """Return the desks of an office, each knowing those it needs."""
    strangers = Newcomers(office)
    reception = Gate(office, strangers)
    admittance = AdminGate(office, reception)
    asking = QuestionHandlers(office, reception)
    outlines = ReportBrowser(office, reception)
    admin = IndexCommands(office, works, admittance)
    insight = StatisticsCommands(office, admittance)
    uploads = Uploads(office, works, admittance)
    return Handlers(
        asking=asking,
        greeting=HelpCommands(office, reception, asking),
        outlines=outlines,
        admin=admin,
        insight=insight,
        selfcheck=SelfCheck(office, admittance),
        uploads=uploads,
        presses=Callbacks(
            office, buttons(AnswerButtons(office), outlines, admin, insight, uploads, strangers)
        ),
        inline=InlineQuestions(office),
        strangers=strangers,
    )


def handlers(at: Handlers) -> list[BaseHandler[Update, Any, None]]:
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
    browsing: AnswerButtons,
    outlines: ReportBrowser,
    admin: IndexCommands,
    insight: StatisticsCommands,
    uploads: Uploads,
    strangers: Newcomers,
) -> dict[str, ButtonHandler]:
    """Return what is behind the buttons, by what they are about."""
    return {
        Subject.VIEW: ButtonHandler(browsing.pressed),
        Subject.REPORTS: ButtonHandler(outlines.page),
        Subject.OUTLINE: ButtonHandler(outlines.section),
        Subject.JOB: ButtonHandler(uploads.pressed, admins_only=True),
        Subject.REMOVE: ButtonHandler(admin.pressed_remove, admins_only=True),
        Subject.ROLLBACK: ButtonHandler(admin.pressed_rollback, admins_only=True),
        Subject.EXPORT: ButtonHandler(insight.export, admins_only=True),
        Subject.GROUP: ButtonHandler(strangers.allow, admins_only=True),
    }


def register(
    application: Application[Any, Any, Any, Any, Any, Any], office: BotContext, at: Handlers
) -> None:
    """Put every handler into its place."""
    application.add_handlers(handlers(at))
    application.add_error_handler(ErrorHandler(office).failed)
