"""The queue of updates: each is kept until it is acknowledged, then forgotten.

https://core.telegram.org/bots/api#getupdates
"""

import copy
import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from tests.support.botapi.engine.records import StoredMessage
from tests.support.botapi.engine.refusal import bad_request
from tests.support.botapi.engine.wire import JsonObject

_ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
KINDS = frozenset(
    "message edited_message channel_post edited_channel_post business_connection "  # noqa: SIM905 - words
    "business_message edited_business_message deleted_business_messages message_reaction "
    "message_reaction_count inline_query chosen_inline_result callback_query shipping_query "
    "pre_checkout_query purchased_paid_media poll poll_answer my_chat_member chat_member "
    "chat_join_request chat_boost removed_chat_boost".split()
)
_FIRST_ID = 500_000_001
MOST_AT_ONCE = 100


@dataclass(slots=True)
class Queued:
    """An update that waits for the bot."""

    update_id: int
    kind: str
    payload: JsonObject
    message: StoredMessage | None
    delivered_at: float | None = None

    def api(self) -> JsonObject:
        """The Update object of the Bot API."""
        return {"update_id": self.update_id, self.kind: self.payload}


class UpdateQueue:
    """Updates in order; which kinds are kept is what the bot last asked for."""

    def __init__(self) -> None:
        """Start empty, with every kind that Telegram sends unasked."""
        self._pending: deque[Queued] = deque()
        self._next_id = _FIRST_ID
        self._allowed: frozenset[str] | None = None

    def __len__(self) -> int:
        """How many updates wait to be acknowledged."""
        return len(self._pending)

    @property
    def allowed(self) -> list[str]:
        """The kinds the bot asked for, empty for the usual ones."""
        return sorted(self._allowed or ())

    def allow(self, kinds: Iterable[object] | None) -> None:
        """Keep only `kinds` from now on; none given changes nothing, an empty list resets."""
        if kinds is None:
            return
        chosen = frozenset(str(kind) for kind in kinds)
        if len(chosen - KINDS) == len(chosen) > 0:
            raise bad_request("can't parse allowed_updates: no known update type is named")
        self._allowed = (chosen & KINDS) or None

    def add(self, kind: str, payload: JsonObject, message: StoredMessage | None = None) -> bool:
        """Queue an update as it is now; false if the bot does not want the kind."""
        wanted = kind not in _ON_REQUEST if self._allowed is None else kind in self._allowed
        if wanted:
            queued = Queued(self._next_id, kind, copy.deepcopy(payload), message)
            self._next_id += 1
            self._pending.append(queued)
        return wanted

    def acknowledge(self, offset: int) -> None:
        """Forget every update below `offset`; a negative one keeps only that many."""
        if offset < 0:
            while len(self._pending) > -offset:
                self._pending.popleft()
        while self._pending and self._pending[0].update_id < offset:
            self._pending.popleft()

    def hand_out(self, limit: int) -> list[Queued]:
        """The first `limit` updates, which stay until they are acknowledged."""
        handed = list(self._pending)[:limit]
        now = time.time()
        for queued in handed:
            queued.delivered_at = queued.delivered_at or now
            if queued.message and queued.message.received_at is None:
                queued.message.received_at = now
        return handed

    def clear(self) -> None:
        """Drop everything that waits."""
        self._pending.clear()
