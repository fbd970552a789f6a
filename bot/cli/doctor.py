"""`baogao doctor`: what is set up, what is not, and what to do."""

from __future__ import annotations

import argparse
import asyncio
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from enum import Enum
from importlib.metadata import packages_distributions

from bot.cli.arguments import PROGRAM
from bot.cli.terminal import show
from bot.config.loading import FROM_FILE
from bot.config.secrets import load_token
from bot.config.settings import Config
from bot.errors import BadConfig
from bot.messages import Messages
from bot.service import Service
from bot.wording.changes import some_of
from bot.wording.compositions import outside_host
from bot.wording.error_sentences import damaged, explain, reason_of
from bot.wording.unwritable import unwritable
from corpus.durable.faults import StateError
from corpus.errors import CorpusError
from corpus.formats.installed import can_recognise, find_office
from corpus.sandbox.confinement import can_confine_files, can_forbid_network
from index.errors import SearchError, StoreError

_LEAST_FREE_MB = 200
_ALLOWED_GROUP = "SELECT 1 FROM allowed_group"
_KEPT_ADMIN = "SELECT 1 FROM person WHERE role = 'admin'"
_PACKAGES = ("bot", "index", "corpus")


class Grade(Enum):
    """How a finding is to be taken."""

    OK = "ok"
    NOTE = "note"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked."""

    grade: Grade
    text: str


def doctor(_: argparse.Namespace, service: Service, m: Messages) -> int:
    """Check everything and say what to do; 2 where something must be repaired."""
    words = {Grade.OK: m.doctor_ok, Grade.NOTE: m.doctor_warn, Grade.WRONG: m.doctor_fail}
    worst = 0
    for finding in _examine(service, m):
        show(f"[{words[finding.grade]}] {finding.text}")
        if finding.grade is Grade.WRONG:
            worst = 2
    return worst


def _examine(service: Service, m: Messages) -> Iterator[Finding]:
    yield from _configuration(service.config, m)
    yield from _packages(m)
    yield from _reports(service, m)
    for exc in service.unreadable():
        words = m.unreadable.format(name=exc.path.name, reason=reason_of(exc, m))
        yield Finding(Grade.NOTE, words)
    yield _model(service, m)
    yield _store(service, m)
    yield _index(service, m)
    yield from _formats(m)
    yield _sandbox(m)
    yield _disk(service.config, m)
    yield from (Finding(Grade.WRONG, text) for text in unwritable(service.config, m))
    yield from _language_model(service, m)
    yield from _telegram(service.config, m)


def _configuration(config: Config, m: Messages) -> Iterator[Finding]:
    """Say where the configuration is, and which values do not come from the defaults."""
    if config.file is None:
        yield Finding(Grade.OK, m.doctor_config_defaults)
    else:
        yield Finding(Grade.OK, m.doctor_config_file.format(file=config.file))
    if written := [key for key, origin in config.origins.items() if origin == FROM_FILE]:
        said = m.doctor_from_file.format(file=config.file, keys="、".join(written))
        yield Finding(Grade.OK, said)
    said_so = [f"{key}（{name}）" for key, name in config.origins.items() if name != FROM_FILE]
    if said_so := [*said_so, *config.secrets]:
        yield Finding(Grade.OK, m.doctor_from_environment.format(keys="、".join(said_so)))


def _packages(m: Messages) -> Iterator[Finding]:
    """Warn where another distribution installs packages of our names: one overwrites the other."""
    owners = packages_distributions()
    for package in _PACKAGES:
        for other in sorted({*owners.get(package, ())} - {PROGRAM}):
            said = m.doctor_packages_shared.format(package=package, other=other)
            yield Finding(Grade.NOTE, said)


def _sandbox(m: Messages) -> Finding:
    able = {"Landlock": can_confine_files(), "seccomp": can_forbid_network()}
    if missing := [name for name, there in able.items() if not there]:
        return Finding(Grade.NOTE, m.doctor_not_sandboxed.format(missing="、".join(missing)))
    return Finding(Grade.OK, m.doctor_sandboxed)


def _reports(service: Service, m: Messages) -> Iterator[Finding]:
    folder = service.library.folder
    try:
        count = len(service.library.files())
        idle = service.idle_corrections()
    except CorpusError as exc:
        yield Finding(Grade.WRONG, explain(exc, m))
        return
    if not count:
        yield Finding(Grade.WRONG, m.doctor_reports_none.format(folder=folder))
        return
    yield Finding(Grade.OK, m.doctor_reports.format(count=count, folder=folder))
    if idle:
        yield Finding(Grade.NOTE, m.corrections_idle.format(names="、".join(idle)))


def _model(service: Service, m: Messages) -> Finding:
    try:
        dimension = service.encoder.dimension
        service.reader  # noqa: B018 - loading it is the check
        service.calibration  # noqa: B018
    except (SearchError, StateError) as exc:
        return Finding(Grade.WRONG, explain(exc, m))
    model = service.config.encoder.model
    return Finding(Grade.OK, m.doctor_model.format(model=model, dimension=dimension))


def _store(service: Service, m: Messages) -> Finding:
    config = service.config
    if config.store == "embedded":
        return Finding(Grade.OK, m.doctor_store_embedded.format(folder=service.index_folder))
    try:
        count = len(service.generations.names())
    except SearchError as exc:
        return Finding(Grade.WRONG, explain(exc, m))
    uri = config.milvus.uri or config.state / "milvus.db"
    name = config.milvus.collection
    return Finding(Grade.OK, m.doctor_store_milvus.format(uri=uri, name=name, count=count))


def _index(service: Service, m: Messages) -> Finding:
    try:
        opened = service.opened()
    except StoreError:
        return Finding(Grade.NOTE, m.doctor_index_unseen)
    except (SearchError, StateError) as exc:
        return Finding(Grade.NOTE, explain(exc, m))
    if opened.damaged:
        words = m.damaged_passed_over.format(details=damaged(opened.damaged, m))
        return Finding(Grade.WRONG, words)
    if names := service.changed(opened):
        return Finding(Grade.NOTE, m.index_stale.format(names=some_of(names)))
    manifest = opened.generation.manifest
    text = m.doctor_index.format(reports=manifest.reports, passages=manifest.passages)
    return Finding(Grade.OK, text)


def _formats(m: Messages) -> Iterator[Finding]:
    """Say what optional formats are read here; a school without scans misses nothing."""
    if can_recognise():
        yield Finding(Grade.OK, m.doctor_ocr)
    else:
        yield Finding(Grade.NOTE, m.doctor_ocr_none)
    office = find_office()
    if office is None:
        yield Finding(Grade.NOTE, m.doctor_office_none)
    else:
        yield Finding(Grade.OK, m.doctor_office.format(program=office))


def _disk(config: Config, m: Messages) -> Finding:
    folder = config.state
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free // 1024**2
    if free < _LEAST_FREE_MB:
        return Finding(Grade.WRONG, m.doctor_disk_low.format(free=free))
    return Finding(Grade.OK, m.doctor_disk.format(free=free))


def _language_model(service: Service, m: Messages) -> Iterator[Finding]:
    """Ask the language model one question, where there is one, and show what came back."""
    settings, words = service.config.llm, m.language_model
    if settings.base_url is None:
        return
    from bot.cli.language_model_check import ask_once

    if host := outside_host(settings.base_url):
        yield Finding(Grade.NOTE, words.doctor_leaves.format(host=host))
    started = time.perf_counter()
    try:
        model = service.language_model
        reply = ask_once(model.model, settings.base_url) if model is not None else ""
    except (SearchError, BadConfig) as exc:
        problem = words.doctor_bad.format(model=settings.model, problem=explain(exc, m))
        yield Finding(Grade.WRONG, problem)
        return
    seconds = f"{time.perf_counter() - started:.1f}"
    text = words.doctor_good.format(
        model=settings.model, address=settings.base_url, seconds=seconds, reply=reply
    )
    yield Finding(Grade.OK, text)


def _telegram(config: Config, m: Messages) -> Iterator[Finding]:
    try:
        token = load_token(config)
    except BadConfig as exc:
        yield Finding(Grade.WRONG, explain(exc, m))
        return
    if token is None:
        yield Finding(Grade.NOTE, m.doctor_token_none)
        return
    from bot.telegram.admin.bot_check import examine

    for good, text in asyncio.run(examine(config, token, m)):
        yield Finding(Grade.OK if good else Grade.WRONG, text)
    if not config.telegram.groups and not _kept(config, _ALLOWED_GROUP):
        yield Finding(Grade.NOTE, m.doctor_no_groups)
    if not config.telegram.admins and not _kept(config, _KEPT_ADMIN):
        yield Finding(Grade.NOTE, m.doctor_no_admins)


def _kept(config: Config, query: str) -> bool:
    """Whether the chat database holds what `query` asks for; False where there is none."""
    path = config.state / "chat.sqlite"
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            return database.execute(query).fetchone() is not None
    except sqlite3.Error:
        return False
