"""The configuration: one YAML file, checked as a whole."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from bot.errors import BadConfig
from corpus.limits import Limits
from corpus.plain_yaml import NotPlainYaml, parse

DEFAULT_FILE = "baogao.yaml"
TOKEN_VARIABLE = "TELEGRAM_BOT_TOKEN"  # noqa: S105 - the name of the variable

MILVUS_TOKEN_VARIABLE = "MILVUS_TOKEN"  # noqa: S105 - the name of the variable

LANGUAGES = ("zh", "en")
STORES = ("embedded", "milvus")
REFUSALS = ("strict", "balanced", "eager")
PRIVATE = ("members", "listed", "nobody")

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")  # core.telegram.org/bots/api#setwebhook


@dataclass(frozen=True, slots=True)
class EncoderConfig:
    """Which encoder; `threads` 0 means as many as there are cores."""

    model: str = "bundled"
    threads: int = 0
    offline: bool = True


@dataclass(frozen=True, slots=True)
class ReaderConfig:
    """Which reader: the bundled one, "none", or the directory of another."""

    model: str = "bundled"


@dataclass(frozen=True, slots=True)
class AnswerConfig:
    """How readily to answer (a word, or a least confidence from 0 to 1), and how many passages."""

    refusal: str | float = "balanced"
    top: int = 5


@dataclass(frozen=True, slots=True)
class ReadingConfig:
    """What reading one report may cost: megabytes, pages, and seconds a file or a scanned page.

    `workers` 0 means as many processes as there are cores.
    """

    file_mb: int = 50
    pages: int = 500
    seconds: int = 60
    memory_mb: int = 1024
    workers: int = 0

    @property
    def limits(self) -> Limits:
        """These limits as the corpus takes them; the others are its own."""
        return Limits(
            file=self.file_mb * 1024**2,
            pages=self.pages,
            seconds=self.seconds,
            memory=self.memory_mb * 1024**2,
            workers=self.workers,
        )


@dataclass(frozen=True, slots=True)
class MilvusConfig:
    """Where Milvus is: the address of a cluster, or a local file; None is one in `state`.

    Bots of the same `collection` share one index. The token is in the environment or the file.
    """

    uri: str | None = None
    collection: str = "baogao"
    token_file: Path | None = None


@dataclass(frozen=True, slots=True)
class WebhookConfig:
    """Where Telegram delivers updates; without a `url` the bot polls.

    `url` is what Telegram calls; behind it a proxy leads to `listen`:`port`. Without a secret
    file the bot makes up a secret at every start.
    """

    url: str | None = None
    secret_file: Path | None = None
    listen: str = "127.0.0.1"
    port: int = 8443


@dataclass(frozen=True, slots=True)
class LimitsConfig:
    """Questions a minute that one person, and one chat, may ask."""

    person: int = 10
    chat: int = 40


@dataclass(frozen=True, slots=True)
class TelegramConfig:
    """The bot, and whom it answers: numeric ids of chats and people.

    Questions are stored for `retention_days`, for the lists of the admins, unless
    `store_questions` is off. Another instance with the same token is waited out for
    `conflict_seconds`.
    """

    token_file: Path | None = None
    base_url: str = "https://api.telegram.org/bot"
    base_file_url: str = "https://api.telegram.org/file/bot"
    proxy: str | None = None
    admins: tuple[int, ...] = ()
    groups: tuple[int, ...] = ()
    private: str = "members"
    people: tuple[int, ...] = ()
    store_questions: bool = True
    retention_days: int = 90
    conflict_seconds: int = 90
    limits: LimitsConfig = field(default_factory=LimitsConfig)
    webhook: WebhookConfig = field(default_factory=WebhookConfig)


@dataclass(frozen=True, slots=True)
class Config:
    """The whole configuration; its paths are absolute. `file` is None for the defaults."""

    reports: Path
    state: Path
    language: str = "zh"
    reading: ReadingConfig = field(default_factory=ReadingConfig)
    encoder: EncoderConfig = field(default_factory=EncoderConfig)
    reader: ReaderConfig = field(default_factory=ReaderConfig)
    answer: AnswerConfig = field(default_factory=AnswerConfig)
    telegram: TelegramConfig = field(default_factory=TelegramConfig)
    store: str = "embedded"
    milvus: MilvusConfig = field(default_factory=MilvusConfig)
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    file: Path | None = None


class Token:
    """The token of the bot; it shows itself to nobody who does not ask for it by name."""

    __slots__ = ("_secret",)

    def __init__(self, secret: str) -> None:
        self._secret = secret

    def reveal(self) -> str:
        """Return the token itself."""
        return self._secret

    def __repr__(self) -> str:
        return "Token(…)"


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


def load_token(config: Config, environment: Mapping[str, str] = os.environ) -> Token | None:
    """Return the bot's token from the environment or the token file; None where there is none.

    Raises:
        BadConfig: the token file cannot be read, or is empty.
    """
    if secret := environment.get(TOKEN_VARIABLE, "").strip():
        return Token(secret)
    path = config.telegram.token_file
    return None if path is None else Token(_read_secret(config, "telegram.token_file", path))


def load_milvus_token(config: Config, environment: Mapping[str, str] = os.environ) -> Token | None:
    """Return the token of Milvus ("user:password" too); None where there is none.

    Raises:
        BadConfig: the token file cannot be read, or is empty.
    """
    if secret := environment.get(MILVUS_TOKEN_VARIABLE, "").strip():
        return Token(secret)
    path = config.milvus.token_file
    return None if path is None else Token(_read_secret(config, "milvus.token_file", path))


def load_webhook_secret(config: Config) -> Token | None:
    """Return the secret that Telegram shows at the webhook; None where no file is configured.

    Raises:
        BadConfig: the file cannot be read, or holds what Telegram does not take for a secret.
    """
    path = config.telegram.webhook.secret_file
    if path is None:
        return None
    key = "telegram.webhook.secret_file"
    secret = _read_secret(config, key, path)
    if not _SECRET.fullmatch(secret):
        reason = "must hold 1 to 256 of the characters A-Z, a-z, 0-9, _ and -"
        raise BadConfig([f"{config.file}: {key}: {path} {reason}"])
    return Token(secret)


def _read_secret(config: Config, key: str, path: Path) -> str:
    try:
        secret = path.read_text("utf-8-sig").strip()
    except (OSError, UnicodeDecodeError) as exc:
        raise BadConfig([f"{config.file}: {key}: {path} cannot be read"]) from exc
    if not secret:
        raise BadConfig([f"{config.file}: {key}: {path} is empty"])
    return secret


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


def _config(raw: Mapping[str, Any], folder: Path, file: Path | None) -> Config:
    problems: list[str] = []
    values: dict[str, Any] = {}
    for key, value in raw.items():
        _take(values, str(key), str(key), value, folder, problems)
    if problems:
        raise BadConfig([f"{file}: {problem}" for problem in problems])
    values.setdefault("reports", (folder / "corpus/reports").absolute())
    values.setdefault("state", (folder / "var").absolute())
    return Config(**values, file=file)


def _section(
    raw: object, name: str, kind: type[Any], folder: Path, problems: list[str]
) -> dict[str, Any]:
    if raw is None:
        return {}
    if not isinstance(raw, Mapping):
        problems.append(f"{name}: must be a mapping")
        return {}
    values: dict[str, Any] = {}
    known = {entry.name for entry in fields(kind)}
    for key, value in raw.items():
        if key in known:
            _take(values, str(key), f"{name}.{key}", value, folder, problems)
        else:
            problems.append(f"{name}.{key}: unknown key (known: {', '.join(sorted(known))})")
    return values


def _take(
    values: dict[str, Any], key: str, name: str, raw: object, folder: Path, problems: list[str]
) -> None:
    kind = _SECTIONS.get(name)
    if kind is not None:
        values[key] = kind(**_section(raw, name, kind, folder, problems))
        return
    check = _CHECKS.get(name)
    if check is None:
        known = sorted({check_name.split(".")[0] for check_name in _CHECKS})
        problems.append(f"{name}: unknown key (known: {', '.join(known)})")
        return
    try:
        values[key] = check(raw, folder)
    except ValueError as exc:
        problems.append(f"{name}: {exc}")


def _path(raw: object, folder: Path) -> Path:
    if not isinstance(raw, str) or not raw.strip() or "\0" in raw:
        raise ValueError("must be a path")
    return (folder / Path(raw).expanduser()).absolute()


def _text(raw: object, _: Path) -> str:
    if not isinstance(raw, str) or not raw.strip():
        raise ValueError("must be text")
    return raw


def _flag(raw: object, _: Path) -> bool:
    if not isinstance(raw, bool):
        raise ValueError("must be true or false")
    return raw


def _whole(low: int, high: int) -> Callable[[object, Path], int]:
    def check(raw: object, _: Path) -> int:
        if not isinstance(raw, int) or isinstance(raw, bool) or not low <= raw <= high:
            raise ValueError(f"must be a whole number from {low} to {high}")
        return raw

    return check


def _one_of(*choices: str) -> Callable[[object, Path], str]:
    def check(raw: object, _: Path) -> str:
        if raw not in choices:
            raise ValueError(f"must be one of {', '.join(choices)}")
        return str(raw)

    return check


def _optional(check: Callable[[object, Path], Any]) -> Callable[[object, Path], Any]:
    return lambda raw, folder: None if raw is None else check(raw, folder)


def _refusal(raw: object, _: Path) -> str | float:
    if isinstance(raw, str) and raw in REFUSALS:
        return raw
    if isinstance(raw, int | float) and not isinstance(raw, bool) and 0 <= raw <= 1:
        return float(raw)
    raise ValueError(f"must be {', '.join(REFUSALS)} or a number from 0 to 1")


def _address(raw: object, _: Path) -> str:
    if not isinstance(raw, str) or not raw.startswith(("http://", "https://", "socks5://")):
        raise ValueError("must be an address starting with http://, https:// or socks5://")
    return raw


def _milvus_uri(raw: object, folder: Path) -> str:
    if isinstance(raw, str) and raw.startswith(("http://", "https://")):
        if "@" in raw:
            raise ValueError("must not hold the token; put it in MILVUS_TOKEN or milvus.token_file")
        return raw
    path = _path(raw, folder)
    if path.suffix != ".db":
        raise ValueError("must start with http:// or https://, or be a file that ends in .db")
    return str(path)


def _collection(raw: object, _: Path) -> str:
    if not isinstance(raw, str) or not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,99}", raw):
        raise ValueError("must be letters, digits and _, at most 100, and not start with a digit")
    return raw


def _ids(raw: object, _: Path) -> tuple[int, ...]:
    if raw is None:
        return ()
    if not isinstance(raw, list) or any(
        not isinstance(entry, int) or isinstance(entry, bool) for entry in raw
    ):
        raise ValueError("must be a list of numeric ids")
    return tuple(raw)


def _aliases(raw: object, _: Path) -> dict[str, tuple[str, ...]]:
    if raw is None:
        return {}
    if not isinstance(raw, Mapping):
        raise ValueError("must be a mapping of abbreviations to words")
    table = {str(key).strip(): _words(value) for key, value in raw.items()}
    if wrong := [key for key, words in table.items() if not key or not words]:
        raise ValueError(f"{', '.join(wrong)}: must be text or a list of texts")
    return table


def _words(value: object) -> tuple[str, ...]:
    """Return the words of an alias, () where they are not text or numbers."""
    words = value if isinstance(value, list) else [value]
    if any(isinstance(word, bool) or not isinstance(word, str | int) for word in words):
        return ()
    said = tuple(str(word).strip() for word in words)
    return said if all(said) else ()


def _web_address(raw: object, _: Path) -> str:
    if not isinstance(raw, str) or not raw.startswith(("http://", "https://")):
        raise ValueError("must be an address starting with https://")
    return raw


_SECTIONS: dict[str, type[Any]] = {
    "reading": ReadingConfig,
    "encoder": EncoderConfig,
    "reader": ReaderConfig,
    "answer": AnswerConfig,
    "milvus": MilvusConfig,
    "telegram": TelegramConfig,
    "telegram.limits": LimitsConfig,
    "telegram.webhook": WebhookConfig,
}

_CHECKS: dict[str, Callable[[object, Path], Any]] = {
    "reports": _path,
    "state": _path,
    "language": _one_of(*LANGUAGES),
    "reading.file_mb": _whole(1, 1000),
    "reading.pages": _whole(1, 10_000),
    "reading.seconds": _whole(1, 3600),
    "reading.memory_mb": _whole(256, 65_536),
    "reading.workers": _whole(0, 64),
    "encoder.model": _text,
    "encoder.threads": _whole(0, 1024),
    "encoder.offline": _flag,
    "reader.model": _text,
    "answer.refusal": _refusal,
    "answer.top": _whole(1, 50),
    "store": _one_of(*STORES),
    "milvus.uri": _optional(_milvus_uri),
    "milvus.collection": _collection,
    "milvus.token_file": _optional(_path),
    "aliases": _aliases,
    "telegram.token_file": _optional(_path),
    "telegram.base_url": _address,
    "telegram.base_file_url": _address,
    "telegram.proxy": _optional(_address),
    "telegram.admins": _ids,
    "telegram.groups": _ids,
    "telegram.private": _one_of(*PRIVATE),
    "telegram.people": _ids,
    "telegram.store_questions": _flag,
    "telegram.retention_days": _whole(1, 3650),
    "telegram.conflict_seconds": _whole(0, 3600),
    "telegram.limits.person": _whole(1, 1000),
    "telegram.limits.chat": _whole(1, 1000),
    "telegram.webhook.url": _optional(_web_address),
    "telegram.webhook.secret_file": _optional(_path),
    "telegram.webhook.listen": _text,
    "telegram.webhook.port": _whole(1, 65535),
}
