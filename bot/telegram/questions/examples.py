"""Example questions under a message, asked for whoever presses one."""

from __future__ import annotations

from datetime import UTC, datetime

from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot.messages import Messages
from bot.telegram.access.gate import Gate
from bot.telegram.context import BotContext
from bot.telegram.questions.example_keyboard import example_keyboard, find_examples
from bot.telegram.questions.replies import Inquiry, Replies
from bot.telegram.rendering.callback_data import ExampleButton, find_report


class Examples:
    """Offers example questions as buttons, and asks one for whoever presses it."""

    def __init__(self, context: BotContext, gate: Gate) -> None:
        self._context = context
        self._gate = gate
        self._replies = Replies(context)

    async def buttons(self, report: str | None = None) -> InlineKeyboardMarkup | None:
        """Return buttons that ask examples about `report`, or any; None where there is none."""
        return example_keyboard(await find_examples(self._context, report), report)

    async def pressed(self, query: CallbackQuery, data: ExampleButton, m: Messages) -> str:
        """Answer the example, as if whoever pressed had asked it below the message."""
        shown = query.message
        question = _on_button(query) or await self._found(data)
        if shown is None or not question:
            return m.telegram.button_unknown
        topic = isinstance(shown, Message) and shown.is_topic_message
        asked = Message(
            shown.message_id,
            datetime.now(UTC),
            shown.chat,
            from_user=query.from_user,
            text=question,
            is_topic_message=topic,
            message_thread_id=shown.message_thread_id if isinstance(shown, Message) else None,
        )
        if await self._gate.within_quota(asked, m):
            await self._replies.answer(asked, Inquiry(question, echoed=True), m, None)
        return ""

    async def _found(self, data: ExampleButton) -> str:
        """Return the example that a button stands for; "" where it is gone."""
        report = None
        if data.report:
            opened = await self._context.threads.ask(self._context.service.opened)
            entry = find_report(opened.engine.store.entries, data.report)
            if entry is None:
                return ""
            report = entry.name
        examples = await find_examples(self._context, report)
        return examples[data.number] if 0 <= data.number < len(examples) else ""


def _on_button(query: CallbackQuery) -> str:
    """Return the question that stands on the pressed button; "" where it cannot be seen whole.

    After a new indexing there may be other examples; who presses wants the one that is read.
    """
    message = query.message
    if not isinstance(message, Message) or message.reply_markup is None:
        return ""
    every = (button for row in message.reply_markup.inline_keyboard for button in row)
    return next((_question(button) for button in every if button.callback_data == query.data), "")


def _question(button: InlineKeyboardButton) -> str:
    return "" if button.text.endswith("…") else button.text
