"""What a question continues."""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass

from bot.telegram.storage.shown_answers import ShownAnswers
from index.understanding.conversation import Turn

_TALK_LASTS = 1800.0
_MOST_REMEMBERED = 500


@dataclass(frozen=True, slots=True)
class _Said:
    turn: Turn
    at: float


class Conversations:
    """Remembers what was asked last: in the memory, and through the views in the database."""

    def __init__(self, views: ShownAnswers) -> None:
        self._views = views
        self._said: OrderedDict[tuple[int, int], _Said] = OrderedDict()

    def remember(self, chat_id: int, messages: tuple[int, ...], turn: Turn) -> None:
        """Note that the bot's `messages` end a turn; 0 stands for the chat's last words."""
        for message in (0, *messages):
            self._said[chat_id, message] = _Said(turn, time.monotonic())
            self._said.move_to_end((chat_id, message))
        while len(self._said) > _MOST_REMEMBERED:
            self._said.popitem(last=False)

    async def previous(
        self, chat_id: int, follows: int | None, *, private: bool
    ) -> Turn | str | None:
        """Return the turn that a new question continues; of one long ago, only its question.

        `follows` is the bot's message that it replies to; in private, the last one not long ago
        is continued without a reply too.
        """
        if follows is not None:
            said = self._said.get((chat_id, follows))
            if said is not None:
                return said.turn
            view = await self._views.behind(chat_id, follows)
            return view.question if view is not None else None
        said = self._said.get((chat_id, 0)) if private else None
        if said is not None and time.monotonic() - said.at < _TALK_LASTS:
            return said.turn
        return None
