"""What an update of the index changed, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.messages import Messages
from bot.wording.error_sentences import damaged, reason_of
from index.building.builder import Changes
from index.building.library_history import LibraryRecord, RolledBack
from index.generations.generations import Generation


def describe_record(record: LibraryRecord, who: str, m: Messages) -> str:
    """Return what led to a generation, and whose change it was; "" where nothing changed."""
    said = [
        template.format(titles="、".join(m.titled.format(title=record.titles[n]) for n in names))
        for template, names in (
            (m.admin.record_added, record.difference.added),
            (m.admin.record_changed, record.difference.changed),
            (m.admin.record_removed, record.difference.removed),
        )
        if names
    ]
    return m.admin.record_by.format(changes="；".join(said), who=who) if said else ""


def rolled_back(done: RolledBack, created: str, m: Messages) -> list[str]:
    """Return what was gone back to and what became of the files, a line each."""
    manifest = done.generation.manifest
    lines = [
        m.rolled_back.format(created=created, reports=manifest.reports, passages=manifest.passages)
    ]
    if done.missing is None:
        return [*lines, m.telegram.rollback_note]
    lines.append(m.admin.files_back)
    if done.missing:
        lines.append(m.admin.files_missing.format(names="、".join(done.missing)))
    return lines


def created_at(generation: Generation) -> str:
    """Return when a generation was made, in local time."""
    made = datetime.fromisoformat(generation.manifest.created)
    return made.astimezone().strftime("%Y-%m-%d %H:%M")


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
