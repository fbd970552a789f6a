"""`baogao init`: asks for what the bot needs, tries it, and writes the configuration."""

from __future__ import annotations

import asyncio
import getpass
import os
import sys
from enum import Enum, auto
from pathlib import Path

from bot.cli.terminal import say, show
from bot.config.checks import address
from bot.config.secrets import Token, is_token
from bot.messages import Messages, messages_in
from bot.wording.error_sentences import explain
from corpus.durable.atomic_files import make_folder, write_file

TOKEN_FILE = "telegram.token"  # noqa: S105 - the name of the file
_API = "https://api.telegram.org/bot"


class _Trial(Enum):
    """What came of a token that was tried, where no name did."""

    REFUSED = auto()
    UNREACHABLE = auto()


def init(path: Path, base_url: str = _API) -> int:
    """Ask, try, and write the configuration to `path`; 2 where nothing is written.

    The token goes into a file of its own beside it, which only its owner can read.
    """
    m = messages_in("zh")
    if path.exists():
        say(m.admin.init_exists.format(path=path))
        return 2
    try:
        language = _asked_language(m)
        m = messages_in(language)
        token, proxy, username = _asked_bot(m, base_url)
    except EOFError:
        say("")
        say(m.admin.init_ended)
        return 2
    if token is None:
        say(m.admin.init_ended)
        return 2
    try:
        _write(path, language, token, proxy)
    except OSError as exc:
        say(explain(exc, m))
        return 2
    show(m.admin.init_written.format(config=path, token=path.with_name(TOKEN_FILE)))
    show(m.admin.init_botfather)
    show(m.admin.init_inline.format(username=username, hint=m.admin.inline_hint))
    show(m.admin.init_next)
    return 0


def _asked_language(m: Messages) -> str:
    while True:
        said = _asked(m.admin.init_language).casefold() or "zh"
        if said in {"zh", "en"}:
            return said


def _asked_bot(m: Messages, base_url: str) -> tuple[Token | None, str | None, str]:
    """Return a token with which Telegram was reached, the proxy for it, and the bot's name.

    Without a token where Telegram was not reached, and the configuration is not wanted so.
    """
    token = _asked_token(m)
    while True:
        proxy = _asked_proxy(m)
        show(m.admin.init_trying)
        found = asyncio.run(_tried(token, proxy, base_url))
        match found:
            case str():
                show(m.admin.init_good.format(username=found))
                return token, proxy, found
            case _Trial.REFUSED:
                say(m.wrong_token)
                token = _asked_token(m)
            case _:
                say(m.admin.init_no_answer)
                if _asked(m.admin.init_untried).casefold() in {"y", "yes", "是"}:
                    return token, proxy, "…"


def _asked_token(m: Messages) -> Token:
    while True:
        text = _asked(m.admin.init_token, secret=True)
        if is_token(text):
            return Token(text)
        say(m.admin.bad_token.format(source="—"))


def _asked_proxy(m: Messages) -> str | None:
    while True:
        text = _asked(m.admin.init_proxy)
        if not text:
            return None
        try:
            return address(text, Path())
        except ValueError:
            say(m.admin.init_bad_proxy)


def _asked(question: str, *, secret: bool = False) -> str:
    """Return what is typed, or comes from a pipe; EOFError where nothing more comes."""
    if secret and sys.stdin.isatty():
        return getpass.getpass(question).strip()
    sys.stderr.write(question)
    sys.stderr.flush()
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line.strip()


async def _tried(token: Token, proxy: str | None, base_url: str) -> str | _Trial:
    """Ask Telegram who the bot is, and return its name."""
    from telegram import Bot
    from telegram.error import InvalidToken, TelegramError
    from telegram.request import HTTPXRequest

    request = HTTPXRequest(proxy=proxy, connect_timeout=10, read_timeout=10)
    try:
        async with Bot(token.reveal(), base_url=base_url, request=request) as bot:
            return bot.username
    except InvalidToken:
        return _Trial.REFUSED
    except TelegramError:
        return _Trial.UNREACHABLE


def _write(path: Path, language: str, token: Token, proxy: str | None) -> None:
    """Write the token, then the configuration that names it."""
    import yaml

    make_folder(path.parent, private=False)
    secret = path.with_name(TOKEN_FILE)
    before = os.umask(0o077)
    try:
        secret.unlink(missing_ok=True)
        write_file(secret, f"{token.reveal()}\n".encode())
    finally:
        os.umask(before)
    telegram = {"token_file": TOKEN_FILE} | ({} if proxy is None else {"proxy": proxy})
    text = yaml.safe_dump({"language": language, "telegram": telegram}, sort_keys=False)
    write_file(path, text.encode())
