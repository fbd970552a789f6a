"""What a question continues, and how several questions in one message come apart."""

from __future__ import annotations

import re
import time
from collections import OrderedDict
from dataclasses import dataclass

from bot.telegram.views import Views

MOST_QUESTIONS = 5
"""Questions that are answered of one message, at most."""

_TALK_LASTS = 1800.0
_MOST_REMEMBERED = 2_000
_END = re.compile(r"(?<=[？?])(?!\s*[？?!！”’」』）)])\s*|\n+")
_NUMBER = re.compile(r"^\s*(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十])[)）.、．]|[-•*·])\s*")
_ASKS = re.compile(r"[？?]|吗|呢|什么|哪|谁|多少|几|怎|如何|为何|是否|有没有")


def split_questions(text: str) -> list[str]:
    """Return the questions in `text`; one alone is returned as it is."""
    parts = [part.strip() for part in _END.split(text) if part.strip(" \t\n　？?!！。.")]
    questions = [_NUMBER.sub("", part) for part in parts if _ASKS.search(part)]
    if len(questions) < 2 or len(questions) != len(parts):
        return [text.strip()]
    return questions[:MOST_QUESTIONS]


@dataclass(frozen=True, slots=True)
class _Said:
    question: str
    at: float


class Conversations:
    """Remembers what was asked last: in the memory, and through the views in the database."""

    def __init__(self, views: Views) -> None:
        self._views = views
        self._said: OrderedDict[tuple[int, int], _Said] = OrderedDict()

    def remember(self, chat_id: int, messages: tuple[int, ...], question: str) -> None:
        """Note that the bot's `messages` answer `question`; 0 stands for the chat's last words."""
        for message in (0, *messages):
            self._said[chat_id, message] = _Said(question, time.monotonic())
            self._said.move_to_end((chat_id, message))
        while len(self._said) > _MOST_REMEMBERED:
            self._said.popitem(last=False)

    async def previous(self, chat_id: int, follows: int | None, *, private: bool) -> str | None:
        """Return the question that a new one continues.

        `follows` is the bot's message that it replies to; in private, the last one not long ago
        is continued without a reply too.
        """
        if follows is not None:
            said = self._said.get((chat_id, follows))
            if said is not None:
                return said.question
            view = await self._views.behind(chat_id, follows)
            return view.question if view is not None else None
        said = self._said.get((chat_id, 0)) if private else None
        if said is not None and time.monotonic() - said.at < _TALK_LASTS:
            return said.question
        return None
