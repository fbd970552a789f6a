"""The contracts of the program as a whole: interruptions, streams, arguments, secrets."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.cli.arguments import parse
from bot.cli.terminal import show, show_json
from corpus.sandbox.confinement import hide_memory
from tests.support.bots import ROOT, SHIPPED

STEERING = "\x1b[2J\x9b\u202e\u2066\u200f\x07"

_INTERRUPTED = """
import os, signal, sys

class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == {name!r}:
            os.kill(os.getpid(), signal.SIGINT)

signal.signal(signal.SIGINT, signal.default_int_handler)  # else ignored, as in the background
sys.meta_path.insert(0, Finder())
from bot.__main__ import main
sys.exit(main(["ask", "书记上了几节课"]))
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory whose configuration names the shipped report."""
    (tmp_path / "baogao.yaml").write_text(f"reports: {SHIPPED.parent}\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(arguments: list[str], folder: Path, **streams: object) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("TELEGRAM", "BAOGAO"))}
    given: dict[str, object] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams}
    return subprocess.run(
        arguments,
        cwd=folder,
        env=kept | {"PYTHONPATH": str(ROOT)},
        text=True,
        check=False,
        **given,  # type: ignore[call-overload]
    )


@pytest.mark.parametrize("name", ["bot.cli.program", "bot.cli.ask", "numpy", "onnxruntime"])
def test_an_interruption_is_one_line_and_130_even_while_importing(name: str, here: Path) -> None:
    done = run([sys.executable, "-c", _INTERRUPTED.format(name=name)], here)
    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr == "已中断。Interrupted.\n"


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&- >&- 2>&-", ">&- 2>/dev/null"])
def test_a_closed_stream_is_no_unexpected_error(closed: str, here: Path) -> None:
    done = run(["sh", "-c", f"{sys.executable} -m bot reports list {closed}"], here)
    assert done.returncode == 0
    assert done.stderr == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
def test_a_result_that_cannot_be_written_is_said_to_be_lost(here: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = run([sys.executable, "-m", "bot", "reports", "list"], here, stdout=full)
    assert done.returncode == 2
    assert done.stderr.startswith("结果无法写出")


@pytest.mark.parametrize(
    "arguments",
    [
        ["ask", "-5度时停课吗？"],
        ["ask", "--json", "--top", "3", "-5度时停课吗？"],
        ["ask", "-5度时停课吗？", "--json", "--top=3"],
        ["ask", "--", "-5度时停课吗？"],
        ["ask", "--report=二〇二一", "-5度时停课吗？"],
    ],
)
def test_a_question_may_begin_with_a_dash(arguments: list[str]) -> None:
    assert parse(arguments).question == "-5度时停课吗？"
    assert parse(arguments).json is ("--json" in arguments)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "arguments",
    [
        ["dance"],
        ["ask"],
        ["ask", "几节", "--jsn"],
        ["ask", "几节", "--top"],
        ["ask", "几节", "--top", "0"],
        ["ask", "几节", "--year", "abc"],
        ["ask", "几节", "--compare", "2021"],
        ["ask", "几节", "--json=1"],
        ["reports"],
        ["reports", "add", "--re", "x", "--r=y"],
    ],
)
def test_wrong_arguments_are_told_in_the_language_of_the_configuration(
    arguments: list[str], language: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (here / "baogao.yaml").open("a") as file:
        file.write(f"language: {language}\n")
    assert main(arguments) == 2
    first, usage, *_ = capsys.readouterr().err.splitlines()
    assert (re.search(r"[\u4e00-\u9fff]", first) is not None) == (language == "zh")
    assert usage.startswith("用法：baogao" if language == "zh" else "usage: baogao")
    assert "argument " not in first


def test_the_details_never_overwrite_the_questions(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    questions, link = here / "q.jsonl", here / "link.jsonl"
    questions.write_text('{"question": "几节", "answers": ["12节"]}\n')
    link.symlink_to(questions)
    before = questions.read_bytes()
    for option in ("--details", "--reliability"):
        for path in (questions, link, here / "." / "q.jsonl"):
            assert main(["eval", str(questions), option, str(path)]) == 2
            assert "q.jsonl" in (said := capsys.readouterr().err) or "link.jsonl" in said
    assert questions.read_bytes() == before


def test_secrets_leave_the_environment_of_the_program(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("TELEGRAM_BOT_TOKEN", "MILVUS_TOKEN"):
        monkeypatch.setenv(name, "123456:hidden-word")
    assert main(["reports", "list"]) == 0
    assert "hidden-word" not in "".join(os.environ.values())
    assert "hidden-word" not in "".join(capsys.readouterr())


_SPIES = """
import os, sys, time
from corpus.sandbox.confinement import hide_memory

def as_nobody():
    if os.getuid() == 0:
        os.setgid(65534); os.setuid(65534)

kept, said = os.pipe()
if not (parent := os.fork()):
    as_nobody()
    import ctypes
    ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)  # setuid hid it; a program that is started is not
    if sys.argv[1] == "hidden":
        assert hide_memory()
    os.write(said, b"x")
    time.sleep(60)
os.read(kept, 1)
if not (spy := os.fork()):
    as_nobody()
    try:
        open(f"/proc/{parent}/environ", "rb").read()
    except PermissionError:
        os._exit(1)
    os._exit(0)
status = os.waitpid(spy, 0)[1]
os.kill(parent, 9)
sys.exit(os.waitstatus_to_exitcode(status))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has /proc")
def test_the_first_environment_is_hidden_from_programs_of_the_same_user(here: Path) -> None:
    spied = {
        how: run([sys.executable, "-c", _SPIES, how], here).returncode for how in ("open", "hidden")
    }
    assert spied == {"open": 0, "hidden": 1}


def test_the_program_hides_its_memory(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    called: list[bool] = []
    monkeypatch.setattr("bot.cli.program.hide_memory", lambda: called.append(hide_memory()))
    assert main(["reports", "list"]) == 0
    assert called == [sys.platform == "linux"]
    assert capsys.readouterr().out


def test_nothing_shown_steers_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    show(f"\x1b[1m书记{STEERING}\x1b[0m　上课")
    assert capsys.readouterr().out == "\x1b[1m书记[2J\x1b[0m　上课\n"
    show_json({"title": f"书记{STEERING}"})
    shown = capsys.readouterr().out
    assert shown.isprintable() or shown[:-1].isprintable()
    assert json.loads(shown) == {"title": f"书记{STEERING}"}


def test_a_corrected_name_that_no_report_has_is_told(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reports = here / "own"
    reports.mkdir()
    (reports / SHIPPED.name).write_bytes(SHIPPED.read_bytes())
    (reports / "reports.yaml").write_text(
        "2021年度工作总结: {year: 2021}\n二〇二二: {year: 2022}\n"
    )
    (here / "baogao.yaml").write_text("reports: own\nreader: {model: none}\n")
    main(["doctor"])
    said = capsys.readouterr().out
    (line,) = [line for line in said.splitlines() if "reports.yaml" in line]
    assert "二〇二二" in line
    assert "2021年度工作总结" not in line


def test_the_doctor_says_where_values_come_from_and_who_else_has_our_packages(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BAOGAO_ANSWER__TOP", "3")
    monkeypatch.setattr(
        "bot.cli.doctor.packages_distributions",
        lambda: {"bot": ["baogao", "other-bot"], "index": ["baogao"]},
    )
    main(["doctor"])
    said = capsys.readouterr().out
    assert re.search(r"baogao\.yaml：reports\n", said)
    assert "answer.top（BAOGAO_ANSWER__TOP）" in said
    assert "other-bot" in said
    assert said.count("会互相覆盖") == 1


def test_a_state_folder_that_cannot_be_reached_is_no_broken_calibration(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(path: Path, *_: object, **__: object) -> str:
        if path.name == "calibration.json" and path.is_relative_to(here):
            raise PermissionError(13, "Permission denied", str(path))
        return original(path, *_, **__)

    original = Path.read_text
    monkeypatch.setattr(Path, "read_text", refuse)
    assert main(["ask", "几节"]) == 2
    said = capsys.readouterr().err
    assert "没有权限" in said
    assert "校准" not in said
