"""What an update of the index changed, in words."""

from __future__ import annotations

from collections.abc import Sequence

from bot.messages import Messages
from bot.wording.error_sentences import damaged, reason_of
from index.building.builder import Changes

_MOST_NAMES = 10


def some_of(names: Sequence[str]) -> str:
    """Return names in one line, the first ten of many."""
    return "、".join(names[:_MOST_NAMES]) + ("…" if len(names) > _MOST_NAMES else "")


def describe(changes: Changes, m: Messages) -> list[str]:
    """Return what `changes` did, a line each."""
    difference = changes.difference
    reports = len(difference.added) + len(difference.changed) + len(difference.unchanged)
    template = m.indexed if changes.fresh else m.up_to_date
    lines = [
        template.format(
            reports=reports,
            passages=changes.passages,
            encoded=changes.encoded,
            reused=changes.reused,
        )
    ]
    lines += [
        template.format(names="、".join(names))
        for template, names in (
            (m.added, difference.added),
            (m.changed, difference.changed),
            (m.removed, difference.removed),
        )
        if names
    ]
    lines += [
        m.unreadable.format(name=exc.path.name, reason=reason_of(exc, m))
        for exc in changes.unreadable
    ]
    if changes.damaged:
        lines.append(m.damaged_mended.format(details=damaged(changes.damaged, m)))
    return lines
