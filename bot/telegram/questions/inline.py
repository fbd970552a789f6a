"""Inline mode: `@bot question` in any chat gives passages to share."""

from __future__ import annotations

import asyncio
import logging

from telegram import InlineQuery, InlineQueryResultArticle, InputTextMessageContent, Update
from telegram.error import BadRequest
from telegram.ext import ContextTypes

from bot.messages import Messages
from bot.telegram.access.quota import Quota, Verdict
from bot.telegram.context import BotContext
from bot.telegram.questions.replies import LONGEST_QUESTION
from bot.telegram.rendering.answers import passage_text
from bot.telegram.rendering.rich_text import Rich, entities, excerpt, shortened
from bot.wording.citations import citation
from corpus.errors import CorpusError
from index.answering.answer import Answer, Found, Status
from index.errors import SearchError

_log = logging.getLogger(__name__)
_SHORTEST = 2
_CACHED_FOR = 30
_PER_MINUTE = 60
_TYPING = 0.3
_TITLE = 60
_DESCRIPTION = 120


class InlineQuestions:
    """Answers inline questions of people who may ask; others get no results.

    Telegram asks with every letter that is typed: only the last question of a person counts.
    """

    def __init__(self, context: BotContext) -> None:
        self._context = context
        self._quota = Quota(_PER_MINUTE, _PER_MINUTE)
        self._newest: dict[int, str] = {}

    async def asked(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer one inline question."""
        query = update.inline_query
        if query is None:
            return
        person, text = query.from_user, query.query.strip()
        self._newest[person.id] = query.id
        if not await self._context.access.may_ask_outside_groups(person) or len(text) < _SHORTEST:
            await _reply(query, [])
            return
        await asyncio.sleep(_TYPING)
        if self._newest.get(person.id) != query.id:
            return
        del self._newest[person.id]
        if self._quota.judge(person.id, person.id) is not Verdict.ANSWER:
            await _reply(query, [])
            return
        m = self._context.messages_for(person)
        try:
            answer = await self._context.threads.ask(
                self._context.service.ask, text[:LONGEST_QUESTION]
            )
        except (SearchError, CorpusError) as exc:
            _log.warning("no inline answer error=%s", type(exc).__name__)
            await _reply(query, [])
            return
        if not await _reply(query, _results(answer, m)):
            await _reply(query, _results(answer, m, plain=True))


def _results(answer: Answer, m: Messages, *, plain: bool = False) -> list[InlineQueryResultArticle]:
    if answer.status is Status.NOT_FOUND:
        return []
    return [
        _article(i, found, passage_text(found, answer.status, {}, m), m, plain=plain)
        for i, found in enumerate(answer.passages)
    ]


def _article(
    position: int, found: Found, text: Rich, m: Messages, *, plain: bool
) -> InlineQueryResultArticle:
    rich = shortened(text)
    return InlineQueryResultArticle(
        id=str(position),
        title=excerpt(found.words, _TITLE),
        description=excerpt(citation(found.passage, m), _DESCRIPTION),
        input_message_content=InputTextMessageContent(
            rich.text, entities=() if plain else entities(rich)
        ),
    )


async def _reply(query: InlineQuery, results: list[InlineQueryResultArticle]) -> bool:
    """Answer the question; False where Telegram refuses the marks of the results."""
    try:
        await query.answer(results, cache_time=_CACHED_FOR if results else 0, is_personal=True)
    except BadRequest as exc:
        _log.info("inline question not answered reason=%r", exc.message)
        return "entit" not in exc.message.lower()
    return True
