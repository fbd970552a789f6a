"""The command line: its commands and their options."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from bot.errors import UsageFault, WrongArguments

PROGRAM = "baogao"

_NO_OPTION = re.compile(r"[^\x21-\x7e]")
_WITH_VALUE = frozenset({"--config", "--year", "--report", "--top", "--compare"})


class _Parser(argparse.ArgumentParser):
    """A parser that raises instead of leaving the program."""

    def error(self, message: str) -> NoReturn:
        for pattern, fault in _SAID.items():
            if found := pattern.fullmatch(message):
                raise WrongArguments(fault, self._usage(), **found.groupdict())
        raise WrongArguments(UsageFault.OTHER, self._usage(), text=message)

    def _usage(self) -> str:
        return self.format_usage().removeprefix("usage:").strip()


_NAME = r"argument (?P<name>[^:]+)"
_SAID = {
    re.compile(pattern, re.DOTALL): fault
    for pattern, fault in {
        r"the following arguments are required: (?P<names>.+)": UsageFault.REQUIRED,
        r"unrecognized arguments: (?P<names>.+)": UsageFault.UNKNOWN,
        rf"{_NAME}: invalid choice: (?P<value>.+?) \(choose from (?P<choices>.+)\)": (
            UsageFault.CHOICE
        ),
        rf"{_NAME}: invalid _year value: (?P<value>.+)": UsageFault.YEAR,
        rf"{_NAME}: invalid _years value: (?P<value>.+)": UsageFault.YEARS,
        rf"{_NAME}: invalid _top value: (?P<value>.+)": UsageFault.TOP,
        rf"{_NAME}: invalid .+ value: (?P<value>.+)": UsageFault.VALUE,
        rf"{_NAME}: expected (?:one|at least one) argument": UsageFault.ONE_VALUE,
        rf"{_NAME}: ignored explicit argument .+": UsageFault.NO_VALUE,
        r"ambiguous option: (?P<name>.+?) could match (?P<choices>.+)": UsageFault.AMBIGUOUS,
    }.items()
}
"""What argparse says, and what it means."""


class _Version(argparse.Action):
    """Prints the version of the program, and ends it."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        from importlib.metadata import version

        sys.stdout.write(f"{PROGRAM} {version(PROGRAM)}\n")
        parser.exit()


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Return what `arguments` ask for; `command` names the command, None where none is given.

    Raises:
        WrongArguments: they make no sense.
    """
    return _parser().parse_args(
        _questions_last(arguments), argparse.Namespace(config=None, json=False)
    )


def _questions_last(arguments: Sequence[str]) -> list[str]:
    """Return the arguments, a question that begins with a dash put where it is no option.

    It is known by what no option has: white space, or a character beyond ASCII.
    """
    rest = list(arguments)
    questions: list[str] = []
    if "ask" in rest and "--" not in rest:
        for i in range(len(rest) - 1, rest.index("ask"), -1):
            name = rest[i].partition("=")[0]
            if name.startswith("-") and _NO_OPTION.search(name) and rest[i - 1] not in _WITH_VALUE:
                questions.insert(0, rest.pop(i))
    return [*rest, "--", *questions] if questions else rest


def _parser() -> argparse.ArgumentParser:
    shared = _Parser(add_help=False)
    shared.add_argument(
        "--config",
        type=Path,
        metavar="FILE",
        default=argparse.SUPPRESS,
        help="the configuration (default: baogao.yaml here, if there is one)",
    )
    parser = _Parser(
        PROGRAM, description="学校工作报告问答 · Ask a school's work reports.", parents=[shared]
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="版本 · the version")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)
    _add_asking(commands, shared)
    _add_library(commands, shared)
    _add_index(commands, shared)
    _add_backup(commands, shared)
    commands.add_parser("bot", parents=[shared], help="运行 Telegram 机器人 · run the Telegram bot")
    commands.add_parser("init", parents=[shared], help="初次设置 · set up the bot, step by step")
    commands.add_parser("doctor", parents=[shared], help="检查设置 · check the set-up")
    return parser


def _add_asking(commands: argparse._SubParsersAction[_Parser], shared: _Parser) -> None:
    ask = commands.add_parser("ask", parents=[shared], help="提问 · ask one question")
    ask.add_argument("question", metavar="QUESTION")
    ask.add_argument("--year", type=_year, metavar="Y", help="only reports of this year")
    ask.add_argument("--report", metavar="NAME", help="only this report")
    ask.add_argument("--top", type=_top, metavar="K", help="how many passages")
    ask.add_argument("--json", action="store_true", help="one JSON object")
    ask.add_argument("--compare", type=_years, metavar="Y,Y…", help="these years side by side")
    ask.add_argument("--explain", action="store_true", help="say how the question was understood")
    chat = commands.add_parser("chat", parents=[shared], help="对话 · ask in conversation")
    chat.add_argument("--json", action="store_true", help="a JSON object a line for each question")
    evaluation = commands.add_parser("eval", parents=[shared], help="评测 · measure the answers")
    evaluation.add_argument("questions", type=Path, metavar="QUESTIONS.jsonl")
    evaluation.add_argument(
        "--reports", type=Path, metavar="DIR", help="index this folder for the occasion"
    )
    evaluation.add_argument("--details", type=Path, metavar="FILE", help="write a line a question")
    evaluation.add_argument(
        "--withhold",
        action="store_true",
        help="ask every second question with the passages that answer it hidden",
    )
    evaluation.add_argument(
        "--calibrate",
        action="store_true",
        help="fit the confidence to these questions, for this library (withholds, too)",
    )
    evaluation.add_argument(
        "--reliability", type=Path, metavar="FILE", help="draw confidence against truth, as SVG"
    )
    evaluation.add_argument("--json", action="store_true", help="one JSON object")


def _add_library(commands: argparse._SubParsersAction[_Parser], shared: _Parser) -> None:
    reports = commands.add_parser("reports", parents=[shared], help="报告库 · the library")
    verbs = reports.add_subparsers(dest="verb", metavar="VERB", required=True, parser_class=_Parser)
    verbs.add_parser("list", parents=[shared], help="列出 · list the reports")
    add = verbs.add_parser("add", parents=[shared], help="添加 · add files")
    add.add_argument("files", type=Path, nargs="+", metavar="FILE")
    add.add_argument("--replace", action="store_true", help="replace reports of the same name")
    for verb, text in (
        ("remove", "移除 · remove a report"),
        ("show", "查看 · how a report was understood"),
    ):
        verbs.add_parser(verb, parents=[shared], help=text).add_argument("name", metavar="NAME")


def _add_index(commands: argparse._SubParsersAction[_Parser], shared: _Parser) -> None:
    index = commands.add_parser(
        "index", parents=[shared], help="更新索引 · bring the index up to date"
    )
    index.add_argument("--force", action="store_true", help="build anew even if nothing changed")
    index.add_argument("--json", action="store_true", help="one JSON object")
    rollback = commands.add_parser("rollback", parents=[shared], help="退回上一代索引 · go back")
    rollback.add_argument("--list", action="store_true", help="list the generations")


def _add_backup(commands: argparse._SubParsersAction[_Parser], shared: _Parser) -> None:
    backup = commands.add_parser(
        "backup", parents=[shared], help="备份 · reports, corrections, chats in one archive"
    )
    backup.add_argument("file", type=Path, metavar="FILE")
    restore = commands.add_parser("restore", parents=[shared], help="恢复备份 · take a backup back")
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.add_argument(
        "--replace", action="store_true", help="where there are reports or chats already, too"
    )


def _year(text: str) -> int:
    year = int(text)
    if not 1900 <= year <= 2100:
        raise ValueError(text)
    return year


def _years(text: str) -> tuple[int, ...]:
    years = tuple(dict.fromkeys(_year(part) for part in re.split(r"[,，、\s]+", text.strip())))
    if len(years) < 2:
        raise ValueError(text)
    return years


def _top(text: str) -> int:
    count = int(text)
    if not 1 <= count <= 50:
        raise ValueError(text)
    return count
