"""Reads the YAML file: every key checked, all problems reported at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.config import checks
from bot.config.checks import Check, one_of, optional, some_of, whole
from bot.config.settings import (
    AnswerConfig,
    Config,
    EncoderConfig,
    LanguageModelConfig,
    LimitsConfig,
    MilvusConfig,
    ReaderConfig,
    ReadingConfig,
    TelegramConfig,
    WebhookConfig,
)
from bot.errors import BadConfig
from corpus.durable.strict_yaml import NotPlainYaml, parse

DEFAULT_FILE = "baogao.yaml"


@dataclass(frozen=True, slots=True)
class _Section:
    """A mapping of the file: what it becomes, and what may stand under each of its keys."""

    kind: type[Any]
    keys: Mapping[str, Check | _Section]


_KEYS = _Section(
    Config,
    {
        "reports": checks.path,
        "state": checks.path,
        "language": one_of("zh", "en"),
        "reading": _Section(
            ReadingConfig,
            {
                "file_mb": whole(1, 1000),
                "pages": whole(1, 10_000),
                "seconds": whole(1, 3600),
                "memory_mb": whole(256, 65_536),
                "workers": whole(0, 64),
            },
        ),
        "encoder": _Section(
            EncoderConfig,
            {"model": checks.text, "threads": whole(0, 1024), "offline": checks.flag},
        ),
        "reader": _Section(ReaderConfig, {"model": checks.text}),
        "answer": _Section(AnswerConfig, {"refusal": checks.refusal, "top": whole(1, 50)}),
        "llm": _Section(
            LanguageModelConfig,
            {
                "base_url": optional(checks.server_address),
                "model": checks.text,
                "key_file": optional(checks.path),
                "timeout": whole(1, 600),
                "point": one_of("unsure", "always", "never"),
                "write": some_of("topics", "summaries", "reasons", "comparisons"),
            },
        ),
        "store": one_of("embedded", "milvus"),
        "milvus": _Section(
            MilvusConfig,
            {
                "uri": optional(checks.milvus_uri),
                "collection": checks.collection,
                "token_file": optional(checks.path),
            },
        ),
        "aliases": checks.aliases,
        "telegram": _Section(
            TelegramConfig,
            {
                "token_file": optional(checks.path),
                "base_url": checks.address,
                "base_file_url": checks.address,
                "proxy": optional(checks.address),
                "admins": checks.ids,
                "groups": checks.ids,
                "private": one_of("members", "listed", "nobody"),
                "people": checks.ids,
                "store_questions": checks.flag,
                "retention_days": whole(1, 3650),
                "conflict_seconds": whole(0, 3600),
                "limits": _Section(
                    LimitsConfig, {"person": whole(1, 1000), "chat": whole(1, 1000)}
                ),
                "webhook": _Section(
                    WebhookConfig,
                    {
                        "url": optional(checks.web_address),
                        "secret_file": optional(checks.path),
                        "listen": checks.text,
                        "port": whole(1, 65_535),
                    },
                ),
            },
        ),
    },
)


def load_config(path: Path | None, folder: Path) -> Config:
    """Return the configuration in the file `path`, or in `folder`, or the defaults.

    Relative paths are relative to the file, or to `folder` where there is none.

    Raises:
        BadConfig: the file is missing or malformed; all its problems at once.
    """
    file = path if path is not None else folder / DEFAULT_FILE
    try:
        text = file.read_text("utf-8-sig")
    except FileNotFoundError as exc:
        if path is not None:
            raise BadConfig([f"{path}: there is no such file"]) from exc
        return _config({}, folder, None)
    except (OSError, UnicodeDecodeError) as exc:
        raise BadConfig([f"{file}: cannot be read as UTF-8 text"]) from exc
    return _config(_parse(file, text), file.absolute().parent, file)


def _parse(file: Path, text: str) -> Mapping[str, Any]:
    try:
        raw = parse(text)
    except NotPlainYaml as exc:
        raise BadConfig([f"{file}: {exc}"]) from exc
    if raw is None:
        return {}
    if not isinstance(raw, Mapping):
        raise BadConfig([f"{file}: must be a mapping of keys to values"])
    return raw


def _config(raw: Mapping[Any, Any], folder: Path, file: Path | None) -> Config:
    problems: list[str] = []
    values = _values(raw, _KEYS, folder, problems)
    if problems:
        raise BadConfig([f"{file}: {problem}" for problem in problems])
    values.setdefault("reports", (folder / "corpus/reports").absolute())
    values.setdefault("state", (folder / "var").absolute())
    return Config(**values, file=file)


def _values(
    raw: object, section: _Section, folder: Path, problems: list[str], name: str = ""
) -> dict[str, Any]:
    """Return the values of a section by their keys; add what is wrong with the others."""
    if raw is None:
        return {}
    if not isinstance(raw, Mapping):
        problems.append(f"{name}: must be a mapping")
        return {}
    values: dict[str, Any] = {}
    for key, value in raw.items():
        full = f"{name}.{key}" if name else f"{key}"
        match section.keys.get(key):
            case None:
                known = ", ".join(sorted(section.keys))
                problems.append(f"{full}: unknown key (known: {known})")
            case _Section() as below:
                values[key] = below.kind(**_values(value, below, folder, problems, full))
            case check:
                try:
                    values[key] = check(value, folder)
                except ValueError as exc:
                    problems.append(f"{full}: {exc}")
    return values
