"""The program `baogao`: exit status 0 done or answered, 1 nothing found, 2 failure."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Callable, Sequence
from io import TextIOWrapper
from pathlib import Path

from bot.cli.arguments import parse
from bot.cli.terminal import say
from bot.config.loading import DEFAULT_FILE, load_config
from bot.config.secrets import load_token
from bot.errors import BotError
from bot.messages import Messages, messages_in
from bot.service import Service
from bot.wording.error_sentences import explain
from corpus.durable.permissions import make_private
from corpus.errors import CorpusError
from corpus.telemetry import disable_telemetry
from index.errors import SearchError

FAILURE = 2
_DEBUG = "BAOGAO_DEBUG"

Command = Callable[[argparse.Namespace, Service, Messages], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit status; every failure is one clear sentence."""
    disable_telemetry()
    m = messages_in("zh")
    if not os.environ.get(_DEBUG):
        # What people should know is said to them; the log is for the bot and for debugging.
        logging.getLogger().addHandler(logging.NullHandler())
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # what is no Unicode in a question is shown escaped
            stream.reconfigure(errors="backslashreplace")
    try:
        args = parse(sys.argv[1:] if arguments is None else arguments)
        if args.command == "init":
            from bot.cli.init import init

            return init(args.config or Path.cwd() / DEFAULT_FILE)
        config = load_config(args.config, Path.cwd())
        m = messages_in(config.language)
        make_private(config.state)
        service = Service(config)
        return _command(args, service)(args, service, m)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILURE
    except (BotError, CorpusError, SearchError, KeyboardInterrupt) as exc:
        say(explain(exc, m))
        return FAILURE
    except Exception as exc:
        if os.environ.get(_DEBUG):
            logging.getLogger(__name__).exception("unexpected")
        say(explain(exc, m))
        return FAILURE


def _command(args: argparse.Namespace, service: Service) -> Command:
    """Return the command that was asked for; its imports are its own, so that others are quick."""
    from bot.cli import ask, backup, doctor, evaluate, index, reports, run_bot

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


if __name__ == "__main__":
    sys.exit(main())
