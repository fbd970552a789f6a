"""Tokens and secrets: from the environment or files of their own, never from the YAML."""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from pathlib import Path

from bot.config.settings import Config, Token
from bot.errors import BadConfig, BadToken, ConfigFault, Problem

TOKEN_VARIABLE = "TELEGRAM_BOT_TOKEN"  # noqa: S105 - the name of the variable

MILVUS_TOKEN_VARIABLE = "MILVUS_TOKEN"  # noqa: S105 - the name of the variable

_TELEGRAM = re.compile(r"[0-9]{1,20}:[A-Za-z0-9_-]{3,100}")
"""A token of Telegram: the id of the bot, a colon, the secret."""

LLM_KEY_VARIABLE = "BAOGAO_LLM_KEY"

SECRETS = (TOKEN_VARIABLE, MILVUS_TOKEN_VARIABLE, LLM_KEY_VARIABLE)
"""The variables that hold secrets."""

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")  # core.telegram.org/bots/api#setwebhook


def drop(environment: MutableMapping[str, str]) -> None:
    """Take the secrets out of an environment, so that no program that is started has them."""
    for name in SECRETS:
        environment.pop(name, None)


def load_token(config: Config) -> Token | None:
    """Return the bot's token from the environment or the token file; None where there is none.

    Raises:
        BadConfig: the token file cannot be read, or is empty.
        BadToken: what stands there is no token of Telegram.
    """
    said, file = config.secrets.get(TOKEN_VARIABLE), config.telegram.token_file
    token = _token(config, said, "telegram.token_file", file)
    if token is not None and not is_token(token.reveal()):
        raise BadToken(TOKEN_VARIABLE if said is not None and said.reveal().strip() else str(file))
    return token


def is_token(text: str) -> bool:
    """Whether `text` looks like a token that BotFather gives: one line, a number, a colon."""
    return _TELEGRAM.fullmatch(text) is not None


def load_milvus_token(config: Config) -> Token | None:
    """Return the token of Milvus ("user:password" too); None where there is none.

    Raises:
        BadConfig: the token file cannot be read, or is empty.
    """
    said = config.secrets.get(MILVUS_TOKEN_VARIABLE)
    return _token(config, said, "milvus.token_file", config.milvus.token_file)


def load_llm_key(config: Config) -> Token | None:
    """Return the key of the language model; None where it needs none.

    Raises:
        BadConfig: the key file cannot be read, or is empty.
    """
    said = config.secrets.get(LLM_KEY_VARIABLE)
    return _token(config, said, "llm.key_file", config.llm.key_file)


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
        raise BadConfig([Problem(f"{config.file}: {key}: {path}", ConfigFault.WEBHOOK_KEY)])
    return Token(secret)


def _token(config: Config, said: Token | None, key: str, path: Path | None) -> Token | None:
    """Return what the environment says, else what the file holds that `key` names."""
    if said is not None and said.reveal():
        return said
    return None if path is None else Token(_read_secret(config, key, path))


def _read_secret(config: Config, key: str, path: Path) -> str:
    place = f"{config.file}: {key}: {path}"
    try:
        secret = path.read_text("utf-8-sig").strip()
    except UnicodeDecodeError as exc:
        raise BadConfig([Problem(place, ConfigFault.NOT_UTF8)]) from exc
    except OSError as exc:
        raise BadConfig([Problem(place, ConfigFault.UNREADABLE, reason=exc.strerror)]) from exc
    if not secret:
        raise BadConfig([Problem(place, ConfigFault.EMPTY)])
    return secret


__all__ = [
    "LLM_KEY_VARIABLE",
    "MILVUS_TOKEN_VARIABLE",
    "SECRETS",
    "TOKEN_VARIABLE",
    "Token",
    "drop",
    "load_llm_key",
    "load_milvus_token",
    "load_token",
    "load_webhook_secret",
]
