"""What can be configured, with its defaults: the values that the rest of the program reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from corpus.limits import ParserLimits


class Token:
    """A token; its repr hides it, `reveal` returns it."""

    __slots__ = ("_secret",)

    def __init__(self, secret: str) -> None:
        self._secret = secret

    def reveal(self) -> str:
        """Return the token itself."""
        return self._secret

    def __repr__(self) -> str:
        return "Token(…)"


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
    def limits(self) -> ParserLimits:
        """These limits as the corpus takes them; the others are its own."""
        return ParserLimits(
            file=self.file_mb * 1024**2,
            pages=self.pages,
            seconds=self.seconds,
            memory=self.memory_mb * 1024**2,
            workers=self.workers,
        )


@dataclass(frozen=True, slots=True)
class LanguageModelConfig:
    """A server of chat completions that may point at answers and write; None is none.

    `key_file` holds its key (or BAOGAO_LLM_KEY in the environment). A reply is waited for
    `timeout` seconds. `point`: where the reader is unsure, always, or never; `write` are the kinds
    of answers that it composes.
    """

    base_url: str | None = None
    model: str = "default"
    key_file: Path | None = None
    timeout: int = 20
    point: str = "unsure"
    write: tuple[str, ...] = ()


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
class MonitoringConfig:
    """What tells whoever looks after the bot: the log's form, and a port for probes (0: none).

    `/healthz` and `/metrics` are at `listen`:`port`; the latter needs the extra `metrics`.
    """

    log: str = "text"
    listen: str = "127.0.0.1"
    port: int = 0


@dataclass(frozen=True, slots=True)
class Config:
    """The whole configuration; its paths are absolute. `file` is None for the defaults.

    `origins` has the keys that somebody set, with the variable that says so, "" for the file;
    `secrets` are those of the environment, by variable.
    """

    reports: Path
    state: Path
    language: str = "zh"
    reading: ReadingConfig = field(default_factory=ReadingConfig)
    encoder: EncoderConfig = field(default_factory=EncoderConfig)
    reader: ReaderConfig = field(default_factory=ReaderConfig)
    answer: AnswerConfig = field(default_factory=AnswerConfig)
    telegram: TelegramConfig = field(default_factory=TelegramConfig)
    monitoring: MonitoringConfig = field(default_factory=MonitoringConfig)
    llm: LanguageModelConfig = field(default_factory=LanguageModelConfig)
    store: str = "embedded"
    milvus: MilvusConfig = field(default_factory=MilvusConfig)
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    file: Path | None = None
    origins: Mapping[str, str] = field(default_factory=dict, compare=False)
    secrets: Mapping[str, Token] = field(default_factory=dict, compare=False)
