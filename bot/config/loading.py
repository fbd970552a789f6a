"""Reads the YAML file: every key checked, all problems reported at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Any

from bot.config import checks
from bot.config.checks import BadValue, Check, one_of, optional, some_of, whole
from bot.config.secrets import (
    LLM_KEY_VARIABLE,
    MILVUS_TOKEN_VARIABLE,
    SECRETS,
    TOKEN_VARIABLE,
    Token,
)
from bot.config.settings import (
    AnswerConfig,
    Config,
    EncoderConfig,
    LanguageModelConfig,
    LimitsConfig,
    MilvusConfig,
    MonitoringConfig,
    ReaderConfig,
    ReadingConfig,
    TelegramConfig,
    WebhookConfig,
)
from bot.errors import BadConfig, ConfigFault, Problem
from corpus.durable.strict_yaml import NotPlainYaml, parse

DEFAULT_FILE = "baogao.yaml"
FROM_FILE = ""
"""The origin of a value that the file says; that of others is the name of a variable."""

_PREFIX = "BAOGAO_"
_OTHERS = frozenset({"BAOGAO_DEBUG", "BAOGAO_QUESTION", "BAOGAO_LLM_KEY"})
"""Variables of that prefix which are no keys: `BAOGAO_QUESTION` is the Makefile's."""

_TWICE = " comes twice"
_SECRET_KEYS = {
    "llm.key": ("llm.key_file", LLM_KEY_VARIABLE),
    "telegram.token": ("telegram.token_file", TOKEN_VARIABLE),
    "token": ("telegram.token_file", TOKEN_VARIABLE),
    "milvus.token": ("milvus.token_file", MILVUS_TOKEN_VARIABLE),
}
"""Where somebody may write a secret, and the key of its file and its variable."""


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
            {"model": checks.model, "threads": whole(0, 1024), "offline": checks.flag},
        ),
        "reader": _Section(ReaderConfig, {"model": checks.model}),
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
        "monitoring": _Section(
            MonitoringConfig,
            {"log": one_of("text", "json"), "listen": checks.text, "port": whole(0, 65_535)},
        ),
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


def load_config(
    path: Path | None, folder: Path, environment: Mapping[str, str] = MappingProxyType({})
) -> Config:
    """Return the configuration in the file `path`, or in `folder`, or the defaults.

    What `environment` says comes before the file: `BAOGAO_TELEGRAM__PROXY` is `telegram.proxy`;
    lists and numbers are written as in YAML, and an empty variable says nothing. Relative paths
    are relative to the file, or to `folder` where there is none.

    Raises:
        BadConfig: the file is missing or malformed, or a variable is; all the problems at once.
    """
    file: Path | None = path if path is not None else folder / DEFAULT_FILE
    raw: Mapping[Any, Any] = {}
    try:
        raw = _parse(file, file.read_text("utf-8-sig")) if file is not None else {}
    except FileNotFoundError as exc:
        if path is not None:
            raise BadConfig([Problem(f"{path}", ConfigFault.MISSING)]) from exc
        file = None
    except UnicodeDecodeError as exc:
        raise BadConfig([Problem(f"{file}", ConfigFault.NOT_UTF8)]) from exc
    except OSError as exc:
        raise BadConfig([Problem(f"{file}", ConfigFault.UNREADABLE, reason=exc.strerror)]) from exc
    return _config(raw, file, file.absolute().parent if file is not None else folder, environment)


def _parse(file: Path, text: str) -> Mapping[Any, Any]:
    try:
        raw = parse(text)
    except NotPlainYaml as exc:
        raise BadConfig([_not_plain(f"{file}", exc)]) from exc
    if raw is None:
        return {}
    if not isinstance(raw, Mapping):
        raise BadConfig([Problem(f"{file}", ConfigFault.MAPPING)])
    return raw


def _not_plain(place: str, exc: NotPlainYaml) -> Problem:
    key = exc.problem.removesuffix(_TWICE)
    if key != exc.problem:
        return Problem(place, ConfigFault.TWICE, key=key, line=exc.line)
    alias = exc.problem.startswith("aliases")
    fault = ConfigFault.YAML_ALIAS if alias else ConfigFault.NOT_YAML
    return Problem(place, fault, line=exc.line)


def _config(
    raw: Mapping[Any, Any], file: Path | None, folder: Path, environment: Mapping[str, str]
) -> Config:
    problems: list[Problem] = []
    origins = dict.fromkeys(_keys_in(raw), FROM_FILE)
    values = _values(raw, _KEYS, _Place(f"{file}", folder), problems)
    for key, variable in _variables(environment, problems).items():
        said = environment[variable]
        try:
            value = _of_variable(_check_of(key), said, folder)
        except BadValue as exc:
            problems.append(Problem(f"{variable}: {key}", exc.fault, **exc.details))
        except ValueError as exc:
            problems.append(Problem(f"{variable}: {key}", ConfigFault.OTHER, reason=exc))
        else:
            values = _with(values, _KEYS, key.split("."), value)
            origins[key] = variable
    if problems:
        raise BadConfig(problems)
    values.setdefault("reports", (folder / "corpus/reports").absolute())
    values.setdefault("state", (folder / "var").absolute())
    secrets = {name: Token(environment[name].strip()) for name in SECRETS if environment.get(name)}
    return Config(**values, file=file, origins=origins, secrets=secrets)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where values stand: the file, the folder of relative paths, and the section's key."""

    file: str
    folder: Path
    key: str = ""

    def below(self, key: object) -> _Place:
        return replace(self, key=f"{self.key}.{key}" if self.key else f"{key}")

    def problem(self, fault: ConfigFault, **details: object) -> Problem:
        return Problem(f"{self.file}: {self.key}", fault, **details)


def _values(
    raw: object, section: _Section, place: _Place, problems: list[Problem]
) -> dict[str, Any]:
    """Return the values of a section by their keys; add what is wrong with the others."""
    if raw is None:
        return {}
    if not isinstance(raw, Mapping):
        problems.append(place.problem(ConfigFault.MAPPING))
        return {}
    values: dict[str, Any] = {}
    for key, value in raw.items():
        here = place.below(key)
        match section.keys.get(key):
            case None:
                problems.append(_unknown(here, section))
            case _Section() as below:
                values[key] = below.kind(**_values(value, below, here, problems))
            case check:
                try:
                    values[key] = check(value, place.folder)
                except BadValue as exc:
                    problems.append(here.problem(exc.fault, **exc.details))
                except ValueError as exc:
                    problems.append(here.problem(ConfigFault.OTHER, reason=exc))
    return values


def _unknown(place: _Place, section: _Section) -> Problem:
    secret = _SECRET_KEYS.get(place.key)
    if secret is not None:
        key, variable = secret
        return place.problem(ConfigFault.NO_PLACE_FOR_KEYS, variable=variable, key=key)
    return place.problem(ConfigFault.UNKNOWN_KEY, known=", ".join(sorted(section.keys)))


def _keys_in(raw: Mapping[Any, Any], section: _Section = _KEYS, above: str = "") -> Iterator[str]:
    """Yield the keys, in full, that have a value in the file."""
    for key, value in raw.items():
        match section.keys.get(key):
            case _Section() as below if isinstance(value, Mapping):
                yield from _keys_in(value, below, f"{above}{key}.")
            case _:
                yield f"{above}{key}"


def keys(section: _Section = _KEYS, above: str = "") -> Iterator[str]:
    """Yield every key that can be configured, in full (telegram.limits.person)."""
    for key, value in section.keys.items():
        if isinstance(value, _Section):
            yield from keys(value, f"{above}{key}.")
        else:
            yield f"{above}{key}"


def variable_of(key: str) -> str:
    """Return the variable of the environment that says what `key` is."""
    return _PREFIX + key.replace(".", "__").upper()


def _variables(environment: Mapping[str, str], problems: list[Problem]) -> dict[str, str]:
    """Return the variable of each key that the environment has; add those that no key has."""
    by_name = {variable_of(key): key for key in keys()}
    found = {}
    for name in sorted(environment):
        if name in by_name and environment[name]:
            found[by_name[name]] = name
        elif name.startswith(_PREFIX) and _is_meant(name, by_name):
            problems.append(Problem(name, ConfigFault.UNKNOWN_VARIABLE))
    return found


def _is_meant(name: str, known: Collection[str]) -> bool:
    """Whether a variable that no key has was to be one: others may begin like ours."""
    if name in known or name in _OTHERS:
        return False
    return "__" in name or bool(get_close_matches(name, known, n=1, cutoff=0.8))


def _check_of(key: str) -> Check:
    found: Check | _Section = _KEYS
    for part in key.split("."):
        found = found.keys[part] if isinstance(found, _Section) else found
    assert not isinstance(found, _Section)  # noqa: S101 - `keys` yields none of those
    return found


def _of_variable(check: Check, said: str, folder: Path) -> Any:
    """Return the value of a variable: its text as it is, else what it is in YAML."""
    try:
        return check(said, folder)
    except ValueError:
        try:
            value = parse(said)
        except NotPlainYaml:
            value = None
        if value is None:
            raise
        return check(value, folder)


def _with(
    values: Mapping[str, Any], section: _Section, key: Sequence[str], value: object
) -> dict[str, Any]:
    """Return the values with another one under a key."""
    first, *rest = key
    below = section.keys[first]
    if isinstance(below, _Section):
        there = values.get(first) or below.kind()
        inner = {field.name: getattr(there, field.name) for field in fields(there)}
        value = below.kind(**_with(inner, below, rest, value))
    return {**values, first: value}
