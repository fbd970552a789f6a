"""Tokens and secrets: from the environment or files of their own, never from the YAML."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

from bot.config.settings import Config
from bot.errors import BadConfig, BadToken

TOKEN_VARIABLE = "TELEGRAM_BOT_TOKEN"  # noqa: S105 - the name of the variable

MILVUS_TOKEN_VARIABLE = "MILVUS_TOKEN"  # noqa: S105 - the name of the variable

_TELEGRAM = re.compile(r"[0-9]{1,20}:[A-Za-z0-9_-]{3,100}")
"""A token of Telegram: the id of the bot, a colon, the secret."""

LLM_KEY_VARIABLE = "BAOGAO_LLM_KEY"

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")  # core.telegram.org/bots/api#setwebhook


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


def load_token(config: Config, environment: Mapping[str, str] = os.environ) -> Token | None:
    """Return the bot's token from the environment or the token file; None where there is none.

    Raises:
        BadConfig: the token file cannot be read, or is empty.
        BadToken: what stands there is no token of Telegram.
    """
    said, file = environment.get(TOKEN_VARIABLE, ""), config.telegram.token_file
    token = _token(config, said, "telegram.token_file", file)
    if token is not None and not is_token(token.reveal()):
        raise BadToken(TOKEN_VARIABLE if said.strip() else str(file))
    return token


def is_token(text: str) -> bool:
    """Whether `text` looks like a token that BotFather gives: one line, a number, a colon."""
    return _TELEGRAM.fullmatch(text) is not None


def load_milvus_token(config: Config, environment: Mapping[str, str] = os.environ) -> Token | None:
    """Return the token of Milvus ("user:password" too); None where there is none.

    Raises:
        BadConfig: the token file cannot be read, or is empty.
    """
    said = environment.get(MILVUS_TOKEN_VARIABLE, "")
    return _token(config, said, "milvus.token_file", config.milvus.token_file)


def load_llm_key(config: Config, environment: Mapping[str, str] = os.environ) -> Token | None:
    """Return the key of the language model; None where it needs none.

    Raises:
        BadConfig: the key file cannot be read, or is empty.
    """
    said = environment.get(LLM_KEY_VARIABLE, "")
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
        reason = "must hold 1 to 256 of the characters A-Z, a-z, 0-9, _ and -"
        raise BadConfig([f"{config.file}: {key}: {path} {reason}"])
    return Token(secret)


def _token(config: Config, said: str, key: str, path: Path | None) -> Token | None:
    """Return what the environment says, else what the file holds that `key` names."""
    if secret := said.strip():
        return Token(secret)
    return None if path is None else Token(_read_secret(config, key, path))


def _read_secret(config: Config, key: str, path: Path) -> str:
    try:
        secret = path.read_text("utf-8-sig").strip()
    except (OSError, UnicodeDecodeError) as exc:
        raise BadConfig([f"{config.file}: {key}: {path} cannot be read"]) from exc
    if not secret:
        raise BadConfig([f"{config.file}: {key}: {path} is empty"])
    return secret
