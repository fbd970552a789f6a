"""From the arguments of the program to the command that they name."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from io import TextIOWrapper
from itertools import pairwise
from pathlib import Path

from bot.cli.arguments import parse
from bot.cli.terminal import say
from bot.config.loading import DEFAULT_FILE, load_config
from bot.config.secrets import drop, load_token
from bot.errors import BotError
from bot.messages import Messages, messages_in
from bot.service import Service
from bot.wording.error_sentences import explain
from corpus.durable.permissions import make_private
from corpus.errors import CorpusError
from corpus.sandbox.confinement import hide_memory
from corpus.telemetry import disable_telemetry
from index.errors import SearchError

FAILURE = 2
_DEBUG = "BAOGAO_DEBUG"

Command = Callable[[argparse.Namespace, Service, Messages], int]


def run(arguments: Sequence[str]) -> int:
    """Run the command that `arguments` name and return the exit status of the program.

    Raises:
        KeyboardInterrupt: somebody wants it to end.
    """
    _open_streams()
    disable_telemetry()
    hide_memory()
    environment = dict(os.environ)
    drop(os.environ)
    m = messages_in("zh")
    if not os.environ.get(_DEBUG):
        # What people should know is said to them; the log is for the bot and for debugging.
        logging.getLogger().addHandler(logging.NullHandler())
    try:
        m = messages_in(language_of(arguments, environment))
        args = parse(arguments)
        if args.command == "init":
            from bot.cli.setup.init import init

            return init(args.config or Path.cwd() / DEFAULT_FILE)
        config = load_config(args.config, Path.cwd(), environment)
        m = messages_in(config.language)
        make_private(config.state)
        service = Service(config)
        return _command(args, service)(args, service, m)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILURE
    except (BotError, CorpusError, SearchError) as exc:
        say(explain(exc, m))
        return FAILURE
    except Exception as exc:
        if os.environ.get(_DEBUG):
            logging.getLogger(__name__).exception("unexpected")
        say(explain(exc, m))
        return FAILURE


def _open_streams() -> None:
    """Give the program streams that are open, and take whatever text it writes.

    Where one was closed, the next file that is opened would get its number, and what is printed.
    """
    while (descriptor := os.open(os.devnull, os.O_RDWR)) <= 2:
        os.set_inheritable(descriptor, True)
    os.close(descriptor)
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # what is no Unicode in a question is shown escaped
            stream.reconfigure(errors="backslashreplace")


def language_of(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """Return the language of the configuration, as far as it can be told beforehand.

    What is wrong with the arguments is said in it.
    """
    named = [b for a, b in pairwise(arguments) if a == "--config"]
    named += [a.partition("=")[2] for a in arguments if a.startswith("--config=")]
    try:
        return load_config(Path(named[-1]) if named else None, Path.cwd(), environment).language
    except (BotError, OSError, ValueError):
        return "zh"


def _command(args: argparse.Namespace, service: Service) -> Command:
    """Return the command that was asked for; its imports are its own, so that others are quick."""
    from bot.cli import ask, doctor, evaluate, index, reports, run_bot
    from bot.cli.setup import backup

    commands: dict[str, Command] = {
        "ask": ask.ask,
        "chat": ask.chat,
        "eval": evaluate.evaluate,
        "index": index.index,
        "rollback": index.rollback,
        "reports list": reports.list_reports,
        "reports add": reports.add_reports,
        "reports remove": reports.remove_report,
        "reports show": reports.show_report,
        "backup": backup.backup,
        "restore": backup.restore,
        "doctor": doctor.doctor,
        "bot": run_bot.bot,
    }
    if args.command is None:
        return run_bot.bot if load_token(service.config) else ask.chat
    verb = getattr(args, "verb", None)
    return commands[f"{args.command} {verb}" if verb else args.command]
