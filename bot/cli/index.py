"""`baogao index` and `baogao rollback`."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict

from bot.cli.terminal import progress_bar, show
from bot.messages import Messages
from bot.service import Service
from bot.wording.error_sentences import damage, damaged, reason_of
from index.building.builder import Changes
from index.errors import IndexDamaged
from index.generations.generations import Generation


def index(args: argparse.Namespace, service: Service, m: Messages) -> int:
    """Bring the index up to date and say what changed."""
    with progress_bar(m.building, m) as progress:
        changes = service.bring_up_to_date(force=args.force, progress=progress)
    if args.json:
        show(json.dumps(changes_to_json(changes), ensure_ascii=False))
    else:
        for line in describe(changes, m):
            show(line)
    return 0


def rollback(args: argparse.Namespace, service: Service, m: Messages) -> int:
    """Go back to the generation before the current one, or list them all."""
    if args.list:
        return _list(service, m)
    generation = service.roll_back()
    show(m.rolled_back.format(**_facts(generation)))
    return 0


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


def changes_to_json(changes: Changes) -> dict[str, object]:
    """Return `changes` as plain values."""
    return {
        "generation": changes.generation,
        "fresh": changes.fresh,
        **asdict(changes.difference),
        "passages": changes.passages,
        "encoded": changes.encoded,
        "reused": changes.reused,
        "unreadable": [str(exc) for exc in changes.unreadable],
        "damaged": [str(exc) for exc in changes.damaged],
    }


def _list(service: Service, m: Messages) -> int:
    current = service.generations.current()
    found = service.list_generations()
    if not found:
        show(m.no_generations)
    for generation in found:
        if isinstance(generation, IndexDamaged):
            show(m.generation_damaged.format(name=generation.path, reason=damage(generation, m)))
            continue
        line = m.generation_line.format(**_facts(generation))
        show(f"{line}　← {m.generation_current}" if generation.name == current else line)
    return 0


def _facts(generation: Generation) -> dict[str, object]:
    manifest = generation.manifest
    return {
        "number": generation.number,
        "created": manifest.created,
        "reports": manifest.reports,
        "passages": manifest.passages,
    }
