"""Callback and inline queries: asked by people, answered by the bot in time."""

import secrets
import time
from dataclasses import dataclass, field

from tests.support.botapi.engine.refusal import bad_request
from tests.support.botapi.engine.wire import JsonObject

LIFETIME = 30.0
_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@dataclass(slots=True)
class Query:
    """One query, and its answer once there is one."""

    id: str
    user_id: int
    asked_at: float
    text: str = ""
    offset: str = ""
    answer: JsonObject | None = None


@dataclass(slots=True)
class CachedAnswer:
    """An answer that Telegram gives without asking the bot, to one person or to everyone."""

    answer: JsonObject
    good_until: float
    user_id: int | None


@dataclass(slots=True)
class _Queries:
    lifetime: float = LIFETIME
    asked: dict[str, Query] = field(default_factory=dict)

    def ask(self, user_id: int, text: str = "", offset: str = "") -> Query:
        """A new query."""
        query = Query(str(secrets.randbits(62)), user_id, time.monotonic(), text, offset)
        self.asked[query.id] = query
        return query

    def answer(self, query_id: str, answer: JsonObject) -> Query:
        """Store the answer; refused for a query unknown, too old or answered before."""
        query = self.asked.get(query_id)
        if query is None:
            raise bad_request(_TOO_OLD)
        if time.monotonic() - query.asked_at > self.lifetime:
            raise bad_request(_TOO_OLD, blame=False)
        if query.answer is not None:
            raise bad_request(_TOO_OLD)
        query.answer = answer
        return query


@dataclass(slots=True)
class CallbackQueries(_Queries):
    """Presses of inline buttons."""


@dataclass(slots=True)
class InlineQueries(_Queries):
    """Inline queries, with the cache that Telegram keeps between bot and people."""

    cache: dict[tuple[str, str], list[CachedAnswer]] = field(default_factory=dict)

    def keep(self, query: Query, *, cache_time: int, is_personal: bool) -> None:
        """Cache the answer of `query` for `cache_time` seconds."""
        if query.answer is not None and cache_time > 0:
            owner = query.user_id if is_personal else None
            cached = CachedAnswer(query.answer, time.monotonic() + cache_time, owner)
            self.cache.setdefault((query.text, query.offset), []).append(cached)

    def cached(self, user_id: int, text: str, offset: str) -> JsonObject | None:
        """The answer Telegram gives by itself: anyone's, unless it was marked personal."""
        now = time.monotonic()
        for kept in self.cache.get((text, offset), []):
            if kept.good_until > now and kept.user_id in {None, user_id}:
                return kept.answer
        return None
