"""How often a language model was asked, believed and not."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping
from enum import StrEnum


class Event(StrEnum):
    """What became of asking a model, beside the reasons why it was not believed.

    Pointing: the model `POINTED` at sentences, or said that `NONE` answers. Writing: of a
    composition all sentences passed, some, or too few to be shown; `TURNED_AWAY`: too many were
    waiting.
    """

    POINTED = "pointed"
    NONE = "none"
    DOUBTED = "doubted"
    NO_REPLY = "no reply"
    COMPOSED = "composed"
    COMPOSED_PARTLY = "composed partly"
    NOT_COMPOSED = "not composed"
    TURNED_AWAY = "turned away"


class ModelCounts:
    """Counts events and reasons since the program started; safe to use from many threads."""

    def __init__(self) -> None:
        self._events: Counter[str] = Counter()
        self._lock = threading.Lock()

    def add(self, *names: str) -> None:
        """Count one of each name, an `Event` or a reason."""
        with self._lock:
            self._events.update(names)

    def so_far(self) -> Mapping[str, int]:
        """Return how often each name was counted."""
        with self._lock:
            return dict(self._events)
