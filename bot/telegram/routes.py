"""Which update goes to which handler: every route, in the order in which they are tried.

The first handler that fits an update handles it, and no other does.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from telegram import Update
from telegram.ext import (
    Application,
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.messages import Messages
from bot.telegram.access.admins import AdminGate, FromAdmin
from bot.telegram.access.gate import Gate
from bot.telegram.access.newcomers import Newcomers
from bot.telegram.admin.command_menus import publish_to_admin
from bot.telegram.admin.index_commands import IndexCommands
from bot.telegram.admin.mention_check import MentionCheck
from bot.telegram.admin.selfcheck import SelfCheck
from bot.telegram.admin.setup_guide import FROM_SETUP, IS_CLAIM, SetupGuide
from bot.telegram.admin.statistics import StatisticsCommands
from bot.telegram.admin.unanswered import UnansweredQuestions
from bot.telegram.callbacks import ButtonHandler, Callbacks
from bot.telegram.context import BotContext
from bot.telegram.error_handler import ErrorHandler
from bot.telegram.jobs.runner import JobRunner
from bot.telegram.questions.addressing import CaptionCommand
from bot.telegram.questions.answer_buttons import AnswerButtons
from bot.telegram.questions.examples import Examples
from bot.telegram.questions.group_notices import GroupNotices
from bot.telegram.questions.help import HelpCommands
from bot.telegram.questions.inline import InlineQuestions
from bot.telegram.questions.question_handlers import QuestionHandlers
from bot.telegram.rendering.callback_data import (
    AllowGroup,
    AllowPerson,
    AnswerButton,
    ExampleButton,
    ExportList,
    JobButton,
    ObjectionButton,
    OutlineButton,
    RemoveReport,
    ReportsPage,
    RollBack,
    SendFirstReport,
    TellGroups,
    UnansweredButton,
)
from bot.telegram.reports.browser import ReportBrowser
from bot.telegram.reports.uploads import Uploads

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

    newcomers: Newcomers
    guide: SetupGuide
    notices: GroupNotices
    examples: Examples
    help: HelpCommands
    questions: QuestionHandlers
    inline: InlineQuestions
    answer_buttons: AnswerButtons
    browser: ReportBrowser
    uploads: Uploads
    index_commands: IndexCommands
    statistics: StatisticsCommands
    unanswered: UnansweredQuestions
    selfcheck: SelfCheck
    mention_check: MentionCheck
    from_admin: FromAdmin


def build_handlers(context: BotContext, runner: JobRunner) -> Handlers:
    """Return the handlers, each with what it needs."""
    access, sender, language = context.access, context.sender, context.language

    async def welcome(chat_id: int, m: Messages) -> None:
        await notices.welcome(chat_id, m)
        await guide.refresh()

    newcomers = Newcomers(access, context.quota, sender, language, welcome)
    gate = Gate(access, context.quota, sender, newcomers, language)
    admin_gate = AdminGate(gate, access, sender, language)
    examples = Examples(context, gate)
    notices = GroupNotices(context, examples)
    offer_menu = partial(publish_to_admin, sender.bot, default=language)
    guide = SetupGuide(context, admin_gate, context.claims, offer_menu)
    runner.when_live = guide.refresh
    mention_check = MentionCheck(context, runner.background)
    return Handlers(
        newcomers=newcomers,
        guide=guide,
        examples=examples,
        notices=notices,
        help=HelpCommands(context, gate, examples),
        questions=QuestionHandlers(context, gate),
        inline=InlineQuestions(context),
        answer_buttons=AnswerButtons(context),
        browser=ReportBrowser(context, gate),
        uploads=Uploads(context, runner, admin_gate),
        index_commands=IndexCommands(context, runner, admin_gate),
        statistics=StatisticsCommands(context, admin_gate),
        unanswered=UnansweredQuestions(context, admin_gate),
        selfcheck=SelfCheck(context, admin_gate, mention_check),
        mention_check=mention_check,
        from_admin=FromAdmin(access),
    )


def routes(at: Handlers, callbacks: Callbacks) -> list[BaseHandler[Update, Any, None]]:
    """Return every route, first come first served."""
    return [
        # Groups that the bot is added to, and that change
        ChatMemberHandler(at.newcomers.membership, ChatMemberHandler.MY_CHAT_MEMBER),
        MessageHandler(filters.StatusUpdate.MIGRATE, at.newcomers.migrated),
        CommandHandler("id", at.newcomers.ids, NEW),
        # Admins, who are led
        MessageHandler(NEW & PRIVATE & IS_CLAIM, at.guide.claim),
        MessageHandler(NEW & filters.ChatType.GROUPS & FROM_SETUP, at.guide.added),
        CommandHandler(("start", "help"), at.guide.start, NEW & PRIVATE & at.from_admin),
        # Staff
        CommandHandler("start", at.help.start, NEW),
        CommandHandler("help", at.help.help, NEW),
        CommandHandler("ask", at.questions.command, NEW),
        CommandHandler("compare", at.questions.compare, NEW),
        MessageHandler(NEW & CaptionCommand("ask"), at.questions.command),
        MessageHandler(NEW & CaptionCommand("compare"), at.questions.compare),
        CommandHandler("reports", at.browser.reports, NEW),
        CommandHandler("report", at.browser.report, NEW),
        InlineQueryHandler(at.inline.asked),
        # Admins: each checks again who it is
        CommandHandler("add", at.uploads.add, NEW),
        MessageHandler(NEW & CaptionCommand("add"), at.uploads.add),
        CommandHandler("reindex", at.index_commands.reindex, NEW),
        CommandHandler("remove", at.index_commands.remove, NEW),
        CommandHandler("rollback", at.index_commands.rollback, NEW),
        CommandHandler("unanswered", at.unanswered.unanswered, NEW),
        CommandHandler("stats", at.statistics.stats, NEW),
        CommandHandler("selfcheck", at.selfcheck.selfcheck, NEW),
        MessageHandler(NEW & PRIVATE & at.uploads.takes, at.uploads.file),
        MessageHandler(
            NEW & filters.TEXT & ~filters.COMMAND & at.uploads.corrects, at.uploads.correction
        ),
        MessageHandler(
            NEW & PRIVATE & filters.TEXT & ~filters.COMMAND & at.unanswered.replies,
            at.unanswered.replied,
        ),
        # Buttons
        CallbackQueryHandler(callbacks.pressed),
        # A mention that /selfcheck asked for
        MessageHandler(NEW & filters.TEXT & at.mention_check, at.mention_check.arrived),
        # In private, what cannot be understood
        MessageHandler(NEW & PRIVATE & filters.COMMAND, at.help.unknown),
        MessageHandler(NEW & PRIVATE & WORDLESS & ~filters.CAPTION, at.help.wordless),
        # Everything else that may be a question, and questions that were changed
        MessageHandler(NEW & WORDS & ~filters.COMMAND, at.questions.text),
        MessageHandler(filters.UpdateType.EDITED_MESSAGE & WORDS, at.questions.edited),
    ]


def buttons(at: Handlers) -> list[ButtonHandler[Any]]:
    """Return what the buttons of each kind do."""
    return [
        ButtonHandler(AnswerButton, at.answer_buttons.pressed),
        ButtonHandler(ObjectionButton, at.answer_buttons.objected),
        ButtonHandler(ExampleButton, at.examples.pressed),
        ButtonHandler(ReportsPage, at.browser.page),
        ButtonHandler(OutlineButton, at.browser.section),
        ButtonHandler(JobButton, at.uploads.pressed, admins_only=True),
        ButtonHandler(RemoveReport, at.index_commands.pressed_remove, admins_only=True),
        ButtonHandler(RollBack, at.index_commands.pressed_rollback, admins_only=True),
        ButtonHandler(ExportList, at.unanswered.export, admins_only=True),
        ButtonHandler(UnansweredButton, at.unanswered.pressed, admins_only=True),
        ButtonHandler(AllowGroup, at.newcomers.allow, admins_only=True),
        ButtonHandler(AllowPerson, at.newcomers.let_in, admins_only=True),
        ButtonHandler(SendFirstReport, at.guide.pressed, admins_only=True),
        ButtonHandler(TellGroups, at.notices.tell_groups, admins_only=True),
    ]


def register(
    application: Application[Any, Any, Any, Any, Any, Any], context: BotContext, at: Handlers
) -> None:
    """Add every route, and the handler of errors, to the application."""
    application.add_handler(TypeHandler(Update, at.newcomers.seen), group=-1)
    application.add_handlers(routes(at, Callbacks(context, buttons(at))))
    application.add_error_handler(ErrorHandler(context).failed)
