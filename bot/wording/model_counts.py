"""How often the language model was asked and believed, for /stats."""

from __future__ import annotations

from collections.abc import Mapping

from bot.config.settings import LanguageModelConfig
from bot.messages import Messages

_MOST_REASONS = 5


def model_statistics(
    settings: LanguageModelConfig, counts: Mapping[str, int], m: Messages
) -> list[str]:
    """Return a line for pointing and one for writing, and the most frequent reasons."""
    from index.language_model.check import Failure
    from index.language_model.counts import Event
    from index.language_model.pointing import Doubt

    words = m.language_model
    found = []
    if settings.point != "never":
        found.append(
            words.stats_pointing.format(
                pointed=counts.get(Event.POINTED, 0),
                none=counts.get(Event.NONE, 0),
                doubted=counts.get(Event.DOUBTED, 0),
                failed=counts.get(Event.NO_REPLY, 0),
            )
        )
    if settings.write:
        found.append(
            words.stats_writing.format(
                whole=counts.get(Event.COMPOSED, 0),
                partly=counts.get(Event.COMPOSED_PARTLY, 0),
                not_composed=counts.get(Event.NOT_COMPOSED, 0),
                turned_away=counts.get(Event.TURNED_AWAY, 0),
            )
        )
    reasons = {
        words.reasons[reason.name]: counts[reason]
        for kind in (Failure, Doubt)
        for reason in kind
        if counts.get(reason)
    }
    most = sorted(reasons.items(), key=lambda each: -each[1])[:_MOST_REASONS]
    return found + [words.stats_reason.format(count=count, reason=name) for name, count in most]
