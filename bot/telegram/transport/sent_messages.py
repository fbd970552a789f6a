"""What the last messages say: Telegram refuses edits that change nothing."""

from __future__ import annotations

from collections import OrderedDict

from telegram import ForceReply, InlineKeyboardMarkup

from bot.telegram.rendering.rich_text import Rich

_MOST_REMEMBERED = 2_000
_Keyboard = InlineKeyboardMarkup | ForceReply | None


class SentMessages:
    """Remembers messages by a fingerprint; knows nothing of those before the last start."""

    def __init__(self) -> None:
        self._messages: OrderedDict[tuple[int, int], tuple[int | None, int]] = OrderedDict()

    def remember(
        self, chat_id: int, message_id: int, rich: Rich, keyboard: _Keyboard = None
    ) -> None:
        """Record what a message says now."""
        self._keep(chat_id, message_id, (hash(rich), hash(keyboard)))

    def remember_keyboard(self, chat_id: int, message_id: int, keyboard: _Keyboard) -> None:
        """Record which buttons a message has now, whatever it says."""
        said, _ = self._messages.get((chat_id, message_id), (None, 0))
        self._keep(chat_id, message_id, (said, hash(keyboard)))

    def is_known(
        self, chat_id: int, message_id: int, rich: Rich, keyboard: _Keyboard = None
    ) -> bool:
        """Whether the message is known to say exactly this."""
        return self._messages.get((chat_id, message_id)) == (hash(rich), hash(keyboard))

    def has_keyboard(self, chat_id: int, message_id: int, keyboard: _Keyboard) -> bool:
        """Whether the message is known to have exactly these buttons."""
        known = self._messages.get((chat_id, message_id))
        return known is not None and known[1] == hash(keyboard)

    def _keep(self, chat_id: int, message_id: int, known: tuple[int | None, int]) -> None:
        self._messages[chat_id, message_id] = known
        self._messages.move_to_end((chat_id, message_id))
        if len(self._messages) > _MOST_REMEMBERED:
            self._messages.popitem(last=False)
