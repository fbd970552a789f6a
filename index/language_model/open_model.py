"""A language model as it is configured: the server, what it may do, and how often it did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.language_model.chat_model import ChatModel
from index.language_model.counts import ModelCounts
from index.language_model.pointing import ModelPointer
from index.language_model.writing import Writer


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """A model with what it may do: `pointer` and `writer` are None where it may not."""

    model: ChatModel
    counts: ModelCounts
    pointer: ModelPointer | None
    writer: Writer | None


def open_model(model: ChatModel, point: str, write: Sequence[str]) -> LanguageModel:
    """Return a model that points ("unsure", "always", "never") and writes the kinds `write`."""
    counts = ModelCounts()
    pointer = ModelPointer(model, counts, always=point == "always") if point != "never" else None
    return LanguageModel(model, counts, pointer, Writer(model, counts, write) if write else None)
