"""`baogao index` and `baogao rollback`."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from bot.cli.terminal import progress_bar, show, show_json
from bot.messages import Messages
from bot.service import Service
from bot.wording.changes import created_at, describe, describe_record, rolled_back
from bot.wording.error_sentences import damage
from index.building.builder import Changes
from index.errors import IndexDamaged
from index.generations.generations import Generation


def index(args: argparse.Namespace, service: Service, m: Messages) -> int:
    """Bring the index up to date and say what changed."""
    with progress_bar(m.building, m) as progress:
        changes = service.bring_up_to_date(force=args.force, progress=progress)
    if args.json:
        show_json(changes_to_json(changes))
    else:
        for line in describe(changes, m):
            show(line)
        if idle := service.idle_corrections():
            show(m.corrections_idle.format(names="、".join(idle)))
    return 0


def rollback(args: argparse.Namespace, service: Service, m: Messages) -> int:
    """Go back to the generation before the current one, or list them all."""
    if args.list:
        return _list(service, m)
    done = service.roll_back()
    for line in rolled_back(done, created_at(done.generation), m):
        show(line)
    return 0


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
        record = service.history.of(generation.name)
        if record is None:
            show(f"　　{m.no_record.format(path=service.history.path(generation.name))}")
            continue
        said = describe_record(record, _who(record.by, m), m)
        if said:
            show(f"　　{said}")
    return 0


def _who(by: int, m: Messages) -> str:
    """Return who changed something: an id, for only Telegram knows the name."""
    return str(by) if by else m.admin.at_the_server


def _facts(generation: Generation) -> dict[str, object]:
    manifest = generation.manifest
    return {
        "created": created_at(generation),
        "reports": manifest.reports,
        "passages": manifest.passages,
    }
