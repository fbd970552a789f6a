"""From nothing to a bot in a group: the steps of an admin, what was done ticked."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from telegram import CallbackQuery, Update
from telegram.ext import ContextTypes, filters

from bot.messages import Messages, messages_in
from bot.telegram.access.admins import AdminGate
from bot.telegram.access.claims import PREFIX, Claims
from bot.telegram.context import BotContext
from bot.telegram.rendering.callback_data import SendFirstReport
from bot.telegram.rendering.keyboards import Button, LinkButton, keyboard
from bot.telegram.rendering.rich_text import BOLD, Rich, excerpt, joined, lines, marked
from bot.telegram.storage.question_log import what_is_kept
from bot.telegram.transport.sender import ChatPlace, place_of
from corpus.durable.faults import StateError
from corpus.errors import CorpusError
from index.errors import SearchError

_ADD_TO_GROUP = "https://t.me/{username}?startgroup=setup"
_SHOWN_TITLES = 3
_LONGEST_TITLE = 40
_log = logging.getLogger(__name__)

IS_CLAIM = filters.Regex(rf"^/start(?:@\w+)?\s+{PREFIX}\S+$")
"""Messages that open the link of a claim."""

FROM_SETUP = filters.Regex(r"^/start(?:@\w+)?\s+setup$")
"""What Telegram writes for an admin who adds the bot with the button of the steps."""


@dataclass(frozen=True, slots=True)
class _Progress:
    """How many groups are answered, the titles of the reports, and a question they answer."""

    groups: int
    titles: tuple[str, ...]
    example: str

    @property
    def complete(self) -> bool:
        return self.groups > 0 and bool(self.titles)


class SetupGuide:
    """Makes the opener of the link an admin, and leads admins until staff can ask in a group."""

    def __init__(
        self,
        context: BotContext,
        admin_gate: AdminGate,
        claims: Claims,
        offer_menu: Callable[[int], Awaitable[None]],
    ) -> None:
        """Accept the links of `claims`; `offer_menu` gives a new admin the menu of admins."""
        self._context = context
        self._admin_gate = admin_gate
        self._claims = claims
        self._offer_menu = offer_menu

    async def claim(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """/start claim_…, which the link writes for whoever opens it."""
        message = update.message
        if message is None or message.from_user is None or message.text is None:
            return
        user, place = message.from_user, place_of(message)
        m = self._context.messages_for(user)
        if await self._claims.take(message.text.split()[-1], user.id):
            _log.warning("claimed by the opener of the link")
            await self._context.sender.send(place, Rich(m.admin.claimed))
            await self._offer_menu(user.id)
            await self.show(place, m)
        elif self._context.access.is_admin(user):
            await self.show(place, m)
        elif self._context.quota.notice_due(("claim", user.id), 60.0):
            await self._context.sender.send(place, Rich(m.admin.claim_over))

    async def start(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """/start and /help of an admin in private: the steps that are left, then what admins do."""
        message = update.message
        m = await self._admin_gate.admitted(message)
        if message is not None and m is not None:
            await self.show(place_of(message), m)

    async def added(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Nothing more: the group has been greeted when the bot was added to it."""

    async def show(self, place: ChatPlace, m: Messages) -> None:
        """Write the steps, or what admins do once all is done."""
        progress = await self._progress()
        rich, buttons = _steps(progress, m), self._buttons(progress, m)
        if progress.complete:
            kept = Rich(what_is_kept(self._context.question_log, m))
            rich = lines([_manual(progress, m), kept], "\n\n")
        sent = await self._context.sender.send(place, rich, keyboard(buttons))
        if sent and not progress.complete:
            await self._remember(place.chat_id, sent[-1])

    async def refresh(self) -> None:
        """Tick in the steps that are shown what was done; once all is, say how staff ask."""
        shown = await self._shown()
        if not shown:
            return
        m, progress = messages_in(self._context.language), await self._progress()
        for chat_id, message_id in shown:
            buttons = keyboard(self._buttons(progress, m))
            await self._context.sender.edit(chat_id, message_id, _steps(progress, m), buttons)
            if progress.complete:
                await self._forget(chat_id)
                await self._context.sender.send(ChatPlace(chat_id), _ready(progress, m))

    async def pressed(self, query: CallbackQuery, _: SendFirstReport, m: Messages) -> str:
        """Say how a report is sent."""
        if query.message is not None:
            place = ChatPlace(query.message.chat.id)
            await self._context.sender.send(place, Rich(m.admin.send_report))
        return ""

    def _buttons(self, progress: _Progress, m: Messages) -> list[list[Button | LinkButton]]:
        """Return a button for each step that is not done."""
        address = _ADD_TO_GROUP.format(username=self._context.me.username)
        rows: list[list[Button | LinkButton]] = []
        if not progress.groups:
            rows.append([LinkButton(m.admin.button_add_to_group, address)])
        if not progress.titles:
            rows.append([Button(m.admin.button_send_report, SendFirstReport())])
        return rows

    async def _progress(self) -> _Progress:
        groups = len(self._context.access.groups.allowed())
        try:
            opened = await self._context.threads.ask(self._context.service.opened)
            example = await self._context.threads.ask(self._context.example_questions.question)
        except (SearchError, CorpusError, StateError):
            return _Progress(groups, (), "")
        return _Progress(groups, tuple(e.title for e in opened.engine.store.entries), example)

    async def _shown(self) -> list[tuple[int, int]]:
        """Return where the steps are shown: chats and messages."""
        query = "SELECT chat_id, message_id FROM guide"
        return await self._context.database.run(lambda db: db.execute(query).fetchall())

    async def _remember(self, chat_id: int, message_id: int) -> None:
        def work(db: sqlite3.Connection) -> None:
            db.execute("INSERT OR REPLACE INTO guide VALUES (?, ?)", (chat_id, message_id))

        await self._context.database.run(work)

    async def _forget(self, chat_id: int) -> None:
        await self._context.database.run(
            lambda db: db.execute("DELETE FROM guide WHERE chat_id = ?", (chat_id,))
        )


def _steps(progress: _Progress, m: Messages) -> Rich:
    words = m.admin
    shown = [excerpt(m.titled.format(title=t), _LONGEST_TITLE) for t in progress.titles]
    titles = m.telegram.comma.join(shown[:_SHOWN_TITLES]) + ("…" if shown[_SHOWN_TITLES:] else "")
    steps = [
        (True, words.guide_admin),
        (True, words.guide_groups.format(count=progress.groups))
        if progress.groups
        else (False, words.guide_group),
        (True, words.guide_reports.format(count=len(shown), titles=titles))
        if shown
        else (False, words.guide_report),
    ]
    ticked = [
        (words.guide_done if done else words.guide_open).format(text=text) for done, text in steps
    ]
    return lines([marked(BOLD, words.guide_title), *ticked])


def _ready(progress: _Progress, m: Messages) -> Rich:
    return joined(m.admin.guide_ready, "\n", marked("code", f"/ask {progress.example}".rstrip()))


def _manual(progress: _Progress, m: Messages) -> Rich:
    return lines([m.admin.start, m.admin.help, _ready(progress, m)], "\n\n")
