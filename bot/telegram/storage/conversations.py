"""What a question continues."""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass

from bot.telegram.storage.shown_answers import ShownAnswers
from index.understanding.conversation import Turn

_CONVERSATION_LASTS = 1800.0
_MOST_REMEMBERED = 500


@dataclass(frozen=True, slots=True)
class _RememberedTurn:
    turn: Turn
    at: float


class Conversations:
    """Remembers what was asked last: in memory, and through the answers in the database."""

    def __init__(self, shown_answers: ShownAnswers) -> None:
        self._shown_answers = shown_answers
        self._turns: OrderedDict[tuple[int, int], _RememberedTurn] = OrderedDict()

    def remember(self, chat_id: int, messages: tuple[int, ...], turn: Turn) -> None:
        """Note that the bot's `messages` end a turn; 0 stands for the chat's last words."""
        for message in (0, *messages):
            self._turns[chat_id, message] = _RememberedTurn(turn, time.monotonic())
            self._turns.move_to_end((chat_id, message))
        while len(self._turns) > _MOST_REMEMBERED:
            self._turns.popitem(last=False)

    async def previous(
        self, chat_id: int, follows: int | None, *, private: bool
    ) -> Turn | str | None:
        """Return the turn that a new question continues; of one long ago, only its question.

        `follows` is the bot's message that it replies to; in private, the last one not long ago
        is continued without a reply too.
        """
        if follows is not None:
            known = self._turns.get((chat_id, follows))
            if known is not None:
                return known.turn
            shown = await self._shown_answers.behind(chat_id, follows)
            return shown.question if shown is not None else None
        known = self._turns.get((chat_id, 0)) if private else None
        if known is not None and time.monotonic() - known.at < _CONVERSATION_LASTS:
            return known.turn
        return None
