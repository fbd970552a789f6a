"""`baogao backup` and `baogao restore`: all that cannot be made anew, in one archive.

    reports/…                the report files, and reports.yaml
    state/chat.sqlite        admins, groups, questions, votes, jobs
    state/calibration.json   and what admins added from the chat

The index is not in it: it is made from the reports. Neither are the configuration and the token.
"""

from __future__ import annotations

import argparse
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from bot.cli.terminal import say, show
from bot.errors import AlreadyRunning, NotEmpty
from bot.messages import Messages
from bot.service import STATE_FILES, Service
from corpus.corrections import FILE_NAME, load_corrections
from corpus.durable.archive import pack, unpack
from corpus.durable.atomic_files import make_folder, write_file
from corpus.durable.checksums import sha256_of
from corpus.durable.faults import FolderBusy, StateError, StateFault
from corpus.durable.locks import locked

_CHAT = "chat.sqlite"
_REPORTS, _STATE = "reports", "state"


def backup(args: argparse.Namespace, service: Service, m: Messages) -> int:
    """Write the archive; the bot may be running."""
    count = _write(args.file, service)
    show(m.admin.backed_up.format(path=args.file, count=count))
    return 0


def restore(args: argparse.Namespace, service: Service, m: Messages) -> int:
    """Put what is in the archive in the place of what is here, once all of it was checked.

    Raises:
        BadArchive: it cannot be used; nothing is changed.
        AlreadyRunning: the bot runs.
        NotEmpty: there are reports or chats here, and not `--replace`.
    """
    with _bot_stopped(service), _temporary(service) as folder:
        names = unpack(args.file, folder)
        if _holds_something(service):
            if not args.replace:
                raise NotEmpty(service.library.folder)
            before = service.config.state / f"before-restore-{datetime.now():%Y%m%d-%H%M%S}.tar.gz"  # noqa: DTZ005 - local time, as people read it
            _write(before, service)
            say(m.admin.kept_before_restore.format(path=before))
        _take_library(folder / _REPORTS, service)
        _take_state(folder / _STATE, service)
    reports = sum(name.startswith(f"{_REPORTS}/") for name in names)
    show(m.admin.restored.format(path=args.file, count=reports))
    return 0


def _write(path: Path, service: Service) -> int:
    """Write the archive `path`; return how many reports are in it."""
    state, library = service.config.state, service.library
    with _temporary(service) as folder, library.held():
        reports = list(library.files().values())
        files = {f"{_REPORTS}/{file.name}": file for file in reports}
        if library.corrections_path.is_file():
            files[f"{_REPORTS}/{FILE_NAME}"] = library.corrections_path
        if (state / _CHAT).is_file():
            files[f"{_STATE}/{_CHAT}"] = _copied(state / _CHAT, folder / _CHAT)
        files |= {f"{_STATE}/{n}": state / n for n in STATE_FILES if (state / n).is_file()}
        make_folder(path.absolute().parent)
        pack(path, files)
    return len(reports)


def _copied(database: Path, copy: Path) -> Path:
    """Return a copy of an SQLite database as it is at this moment, while others write to it."""
    try:
        with (
            closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(copy)) as target,
        ):
            source.backup(target)
    except sqlite3.Error as exc:
        raise StateError(database, StateFault.of_sqlite(exc, database)) from exc
    return copy


def _take_library(folder: Path, service: Service) -> None:
    """Make the library what is in `folder`; what was there before is put aside."""
    library = service.library
    make_folder(library.folder)
    found = [file for file in folder.glob("*") if file.name != FILE_NAME]
    for file in found:
        if library.kept is not None:
            library.kept.keep(file)
    used = {path.name for path in library.files().values()}
    corrections = load_corrections(folder / FILE_NAME)
    library.become({file.name: sha256_of(file) for file in found}, corrections, used)


def _take_state(folder: Path, service: Service) -> None:
    state = service.config.state
    for suffix in ("-wal", "-shm"):
        (state / f"{_CHAT}{suffix}").unlink(missing_ok=True)
    for name in (_CHAT, *STATE_FILES):
        if (folder / name).is_file():
            write_file(state / name, (folder / name).read_bytes())
        else:
            (state / name).unlink(missing_ok=True)


def _holds_something(service: Service) -> bool:
    library = service.library
    there = library.folder.is_dir() and bool(library.files())
    return there or (service.config.state / _CHAT).exists()


@contextmanager
def _bot_stopped(service: Service) -> Iterator[None]:
    try:
        with locked(service.config.state / "bot", patience=0):
            yield
    except FolderBusy as exc:
        raise AlreadyRunning(service.config.state) from exc


@contextmanager
def _temporary(service: Service) -> Iterator[Path]:
    """Make a folder in the state directory, private, for as long as the block runs."""
    make_folder(service.config.state)
    folder = Path(tempfile.mkdtemp(prefix=".backup-", dir=service.config.state))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
