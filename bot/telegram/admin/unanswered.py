"""/unanswered: questions without an answer, and what an admin does about each.

A passage can be attached as the answer, an abbreviation added, or the question dismissed.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass

from telegram import CallbackQuery, ForceReply, InlineKeyboardMarkup, Message, Update
from telegram.ext import ContextTypes, filters

from bot.additions.added_aliases import read_alias
from bot.messages import Messages
from bot.telegram.access.admins import AdminGate
from bot.telegram.admin.question_groups import QuestionGroup, grouped
from bot.telegram.context import BotContext
from bot.telegram.rendering.callback_data import (
    ExportedList,
    ExportList,
    UnansweredAction,
    UnansweredButton,
)
from bot.telegram.rendering.keyboards import Button, keyboard
from bot.telegram.rendering.rich_text import BOLD, ITALIC, Rich, excerpt, lines, marked
from bot.telegram.transport.sender import ChatPlace, place_of
from bot.wording.citations import citation
from bot.wording.error_sentences import explain
from corpus.durable.faults import StateError
from corpus.errors import CorpusError
from index.answering.answer import Found, Status
from index.errors import SearchError

_SHOWN = 10
_PASSAGES = 3
_LONGEST_LINE = 80
_LONGEST_PASSAGE = 120
_MOST_PROMPTS = 100
_MOST_OFFERED = 1000
_EXPORT_NAME = "unanswered.jsonl"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Prompt:
    """What a reply of an admin is for: other words to search with, or an abbreviation."""

    group: str
    action: UnansweredAction


class UnansweredPrompt(filters.MessageFilter):
    """Replies to what an admin was asked about a question."""

    def __init__(self) -> None:
        super().__init__()
        self._prompts: dict[tuple[int, int], _Prompt] = {}

    def add(self, chat_id: int, message_id: int, prompt: _Prompt) -> None:
        """Note that replies to the message are meant for `prompt`."""
        while len(self._prompts) >= _MOST_PROMPTS:
            del self._prompts[next(iter(self._prompts))]
        self._prompts[chat_id, message_id] = prompt

    def of(self, message: Message) -> _Prompt | None:
        """Return what the message replies to; None where to none of them."""
        replied = message.reply_to_message
        return None if replied is None else self._prompts.get((message.chat.id, replied.message_id))

    def filter(self, message: Message) -> bool:
        """Whether the message replies to one of them."""
        return self.of(message) is not None


class UnansweredQuestions:
    """Lists the questions without an answer, and does what admins want with each."""

    def __init__(self, context: BotContext, admin_gate: AdminGate) -> None:
        self._context = context
        self._admin_gate = admin_gate
        self.replies = UnansweredPrompt()
        self._offered: dict[str, Found] = {}

    async def unanswered(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """/unanswered, in private."""
        message = update.message
        m = await self._admin_gate.admitted(message, private_only=True)
        if message is None or m is None:
            return
        if not self._context.question_log.keeping:
            await self._context.sender.send(place_of(message), Rich(m.telegram.not_keeping))
            return
        rich, buttons = self._list(await self._groups(), m)
        await self._context.sender.send(place_of(message), rich, buttons)

    async def pressed(self, query: CallbackQuery, data: UnansweredButton, m: Messages) -> str:
        """Do what a button under the list, or under one of its questions, says."""
        shown = query.message
        if shown is None or shown.chat.type != shown.chat.PRIVATE:
            return m.telegram.private_only
        place = ChatPlace(shown.chat.id, None, shown.message_id)
        groups = await self._groups()
        group = next((each for each in groups if _key(each) == data.group), None)
        if data.action is UnansweredAction.LIST or group is None:
            await self._edit(place, self._list(groups, m))
            return "" if data.action is UnansweredAction.LIST else m.admin.question_done
        match data.action:
            case UnansweredAction.OPEN:
                await self._edit(place, await self._card(group, group.text, m))
            case UnansweredAction.ATTACH:
                return await self._attach(place, group, data.passage, m)
            case UnansweredAction.DISMISS:
                await self._context.question_log.dismiss(group.texts)
                await self._edit(place, self._list(await self._groups(), m))
            case UnansweredAction.SEARCH | UnansweredAction.ALIAS:
                await self._prompt(place, group, data.action, m)
        return ""

    async def replied(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Take other words to search with, or an abbreviation."""
        message = update.message
        m = await self._admin_gate.admitted(message, private_only=True)
        prompt = self.replies.of(message) if message is not None else None
        if message is None or m is None or prompt is None or not message.text:
            return
        groups = await self._groups()
        group = next((each for each in groups if _key(each) == prompt.group), None)
        if group is None:
            await self._context.sender.send(place_of(message), Rich(m.admin.question_done))
        elif prompt.action is UnansweredAction.SEARCH:
            rich, buttons = await self._card(group, message.text, m)
            await self._context.sender.send(place_of(message), rich, buttons)
        else:
            await self._add_alias(message, group, m)

    async def export(self, query: CallbackQuery, _: ExportList, m: Messages) -> str:
        """Send the questions as a file that `baogao eval` reads."""
        message = query.message
        if message is None or message.chat.type != message.chat.PRIVATE:
            return m.telegram.private_only
        groups = await self._groups()
        content = "".join(_exported(i, group) for i, group in enumerate(groups, start=1))
        place = ChatPlace(message.chat.id, None, message.message_id)
        await self._context.sender.send_file(
            place, content.encode(), _EXPORT_NAME, m.telegram.export_caption
        )
        return ""

    async def _groups(self) -> list[QuestionGroup]:
        complaints = await self._context.question_log.complaints()
        return await self._context.threads.ask(grouped, complaints)

    async def _edit(
        self, place: ChatPlace, shown: tuple[Rich, InlineKeyboardMarkup | None]
    ) -> None:
        await self._context.sender.edit(place.chat_id, place.reply_to or 0, *shown)

    def _list(
        self, groups: Sequence[QuestionGroup], m: Messages
    ) -> tuple[Rich, InlineKeyboardMarkup | None]:
        """Return the list: a number a question, a button a number."""
        words, days = m.telegram, self._context.question_log.retention_days
        if not groups:
            return Rich(words.unanswered_none.format(days=days)), None
        count = sum(group.count for group in groups)
        title = words.unanswered_title.format(days=days, count=count)
        parts: list[Rich | str] = [marked(BOLD, title)]
        refused = [group for group in groups if not group.answered]
        disliked = [group for group in groups if group.answered]
        shown = [*refused, *disliked][:_SHOWN]
        for number, group in enumerate(shown, start=1):
            if number == 1 or group.answered != shown[number - 2].answered:
                heading = words.unanswered_down if group.answered else words.unanswered_refused
                parts += ["", marked(BOLD, heading)]
            text = excerpt(group.text, _LONGEST_LINE)
            times = words.unanswered_line.format(count=group.count, text=text)
            parts.append(m.admin.numbered.format(number=number, text=times))
        if len(groups) > _SHOWN:
            parts.append(words.unanswered_more.format(count=len(groups) - _SHOWN))
        numbers = [
            Button(str(number), _button(group, UnansweredAction.OPEN))
            for number, group in enumerate(shown, start=1)
        ]
        export = [Button(words.button_export, ExportList(ExportedList.UNANSWERED))]
        parts += ["", m.admin.choose_question]
        return lines(parts), keyboard([numbers[:5], numbers[5:], export])

    async def _card(
        self, group: QuestionGroup, asked: str, m: Messages
    ) -> tuple[Rich, InlineKeyboardMarkup | None]:
        """Return a question with the passages nearest to `asked`, and what can be done."""
        parts: list[Rich | str] = [marked(BOLD, excerpt(group.text, _LONGEST_PASSAGE))]
        try:
            nearest = await self._context.threads.ask(self._nearest, asked)
        except (SearchError, CorpusError, StateError) as exc:
            nearest, parts = (), [*parts, explain(exc, m)]
        parts += ["", m.admin.choose_passage if nearest else m.admin.no_passage]
        for number, found in enumerate(nearest, start=1):
            text = excerpt(" ".join(found.words.split()), _LONGEST_PASSAGE)
            said = m.admin.numbered.format(number=number, text=text)
            parts += ["", said, marked(ITALIC, citation(found.passage, m))]
        numbers = [
            Button(str(number), _button(group, UnansweredAction.ATTACH, _digest(found)))
            for number, found in enumerate(nearest, start=1)
        ]
        others = [
            Button(m.admin.button_search, _button(group, UnansweredAction.SEARCH)),
            Button(m.admin.button_alias, _button(group, UnansweredAction.ALIAS)),
        ]
        last = [
            Button(m.admin.button_dismiss, _button(group, UnansweredAction.DISMISS)),
            Button(m.telegram.button_back, _button(group, UnansweredAction.LIST)),
        ]
        return lines(parts), keyboard([numbers, others, last])

    def _nearest(self, asked: str) -> tuple[Found, ...]:
        """Return the passages nearest to `asked`, and keep them for what is pressed next."""
        nearest = self._context.service.nearest(asked, _PASSAGES)
        if len(self._offered) > _MOST_OFFERED:
            self._offered.clear()
        self._offered |= {_digest(found): found for found in nearest}
        return nearest

    async def _attach(
        self, place: ChatPlace, group: QuestionGroup, digest: str, m: Messages
    ) -> str:
        """Attach the passage to the questions of the group; they are answered from now on."""
        found = self._offered.get(digest)
        if found is None:  # offered before the bot was started again
            await self._edit(place, await self._card(group, group.text, m))
            return m.admin.choose_again
        try:
            attach = self._context.service.attached.attach
            await self._context.threads.change(attach, group.texts, found)
        except StateError as exc:
            return excerpt(explain(exc, m), 180)
        await self._context.question_log.dismiss(group.texts)
        said = m.admin.attached.format(question=excerpt(group.text, _LONGEST_LINE))
        text = excerpt(" ".join(found.words.split()), _LONGEST_PASSAGE)
        back = keyboard([[Button(m.telegram.button_back, _button(group, UnansweredAction.LIST))]])
        await self._edit(place, (lines([said, text, citation(found.passage, m)]), back))
        return ""

    async def _prompt(
        self, place: ChatPlace, group: QuestionGroup, action: UnansweredAction, m: Messages
    ) -> None:
        """Ask the admin for words or for an abbreviation."""
        alias = action is UnansweredAction.ALIAS
        words = Rich(m.admin.ask_alias if alias else m.admin.ask_words)
        sent = await self._context.sender.send(place, words, ForceReply(selective=True))
        if sent:
            self.replies.add(place.chat_id, sent[-1], _Prompt(_key(group), action))

    async def _add_alias(self, message: Message, group: QuestionGroup, m: Messages) -> None:
        """Add the abbreviation, and say whether the question is answered now."""
        place, said = place_of(message), read_alias(message.text or "")
        if said is None:
            await self._context.sender.send(place, Rich(m.admin.ask_alias))
            return
        key, words = said
        try:
            await self._context.threads.change(self._context.service.add_alias, key, words)
            answer = await self._context.threads.ask(self._context.service.ask, group.text)
        except (StateError, SearchError, CorpusError) as exc:
            await self._context.sender.send(place, Rich(explain(exc, m)))
            return
        done = m.admin.alias_added.format(key=key, words=m.telegram.comma.join(words))
        outcome = m.admin.still_not
        if answer.status is Status.ANSWERED:
            outcome = m.admin.answered_now
            await self._context.question_log.dismiss(group.texts)
        text = outcome.format(question=excerpt(group.text, _LONGEST_LINE))
        await self._context.sender.send(place, lines([done, text]))


def _key(group: QuestionGroup) -> str:
    """Return what stands for a group in a button: that of its oldest question."""
    oldest = group.texts[-1] if group.texts else group.text
    return hashlib.sha256(f"{group.answered}{oldest}".encode()).hexdigest()[:12]


def _digest(found: Found) -> str:
    """Return what stands for a quotation in a button."""
    said = f"{found.passage.id}\n{found.quote}\n{found.passage.text}"
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def _button(group: QuestionGroup, action: UnansweredAction, passage: str = "") -> UnansweredButton:
    return UnansweredButton(_key(group), action, passage)


def _exported(position: int, group: QuestionGroup) -> str:
    """Return a question as `baogao eval` reads it: without an answer, so not answerable yet."""
    entry = {"id": f"u{position}", "question": group.text, "answers": [], "answerable": False}
    return json.dumps(entry, ensure_ascii=False) + "\n"
