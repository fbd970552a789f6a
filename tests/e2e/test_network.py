"""Nothing but Telegram is spoken to, and nothing is left outside the state directory.

The sockets are watched by the kernel (`tests.support.watched_sockets`): a library that opens
another one, or looks up a name, ends the program, in whatever language it is written.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from corpus.formats.installed import can_recognise
from corpus.telemetry import SILENT
from tests.e2e.conftest import ROOT, SHIPPED, TIMEOUT, clean_environment
from tests.support.bots import TOKEN, BotProcess
from tests.support.school import ANSWER, QUESTION, running_school
from tests.support.watched_sockets import can_watch

SCAN = ROOT / "tests" / "corpus" / "formats" / "fixtures" / "scan.jpg"
WATCHED = [sys.executable, "-m", "tests.support.watched_sockets"]

pytestmark = pytest.mark.skipif(not can_watch(), reason="this kernel cannot watch sockets")


class Home:
    """A home directory and one for temporary files, empty at first."""

    def __init__(self, folder: Path) -> None:
        self.home, self.temporary = folder / "home", folder / "tmp"
        self.home.mkdir()
        self.temporary.mkdir()

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a program that lives here, and is not told to be silent."""
        told = ("XDG_", *SILENT)
        kept = {k: v for k, v in clean_environment().items() if not k.startswith(told)}
        return kept | {"HOME": str(self.home), "TMPDIR": str(self.temporary)}

    @property
    def left(self) -> list[Path]:
        """The files that lie here now."""
        return [*self.home.rglob("*"), *self.temporary.rglob("*")]


def run(arguments: list[str], folder: Path, environment: Mapping[str, str]) -> tuple[int, str]:
    """The exit status of a program, and what it said."""
    done = subprocess.run(
        arguments,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=TIMEOUT,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_indexing_recognising_and_answering_speak_to_nobody_and_leave_nothing(
    tmp_path: Path,
) -> None:
    home = Home(tmp_path)
    reports = tmp_path / "school" / "corpus" / "reports"
    reports.mkdir(parents=True)
    shutil.copy(SHIPPED, reports)
    names = 1
    if can_recognise():
        shutil.copy(SCAN, reports / "扫描2019.jpg")
        names = 2
    (tmp_path / "school" / "baogao.yaml").write_text("reading: {seconds: 1800}\n")
    status, said = run([*WATCHED, "0", "index"], tmp_path / "school", home.environment)
    assert (status, f"{names}份报告" in said) == (0, True), said
    status, said = run([*WATCHED, "0", "ask", QUESTION], tmp_path / "school", home.environment)
    assert (status, ANSWER in said) == (0, True)
    assert home.left == []


class WatchedBot(BotProcess):
    """`baogao bot`, which may speak to the server of the tests alone."""

    home: Home
    port: int

    def __init__(self, configuration: Path, token: str, log: Path, *, debug: bool = False) -> None:
        with log.open("ab") as output:
            subprocess.Popen.__init__(
                self,
                [*WATCHED, str(self.port), "bot", "--config", str(configuration)],
                cwd=configuration.parent,
                env={**self.home.environment, TOKEN: token},
                stdout=output,
                stderr=output,
            )


def test_the_bot_speaks_to_telegram_alone_and_leaves_nothing(tmp_path: Path) -> None:
    home = Home(tmp_path)

    def start(configuration: Path, token: str, log: Path, *, debug: bool = False) -> WatchedBot:
        telegram = configuration.read_text("utf-8").split("127.0.0.1:")[1]
        WatchedBot.home, WatchedBot.port = home, int(telegram.split("/")[0])
        return WatchedBot(configuration, token, log, debug=debug)

    with running_school(tmp_path / "school", bot=start) as staff:
        question = staff.teacher.private.send(QUESTION)
        assert ANSWER in staff.server.wait_for_reply(question, timeout=TIMEOUT).text
        assert staff.school.stop() == 0
        staff.school.start()
    assert home.left == []


_LOAD = (
    "import sys, time; from tests.support.watched_sockets import watch; watch(0);"
    "import onnxruntime;"
    "onnxruntime.InferenceSession(sys.argv[1], providers=['CPUExecutionProvider']);"
    "time.sleep(2)"
)


@pytest.mark.parametrize("told", [True, False])
def test_the_library_speaks_and_leaves_an_id_unless_it_is_told(tmp_path: Path, told: bool) -> None:
    home = Home(tmp_path)
    model = str(ROOT / "index" / "models" / "reader" / "model.onnx")
    environment = home.environment | (SILENT if told else {})
    status, _ = run([sys.executable, "-c", _LOAD, model], ROOT, environment)
    if not told and (status, home.left) == (0, []):
        pytest.skip("this onnxruntime has no telemetry to switch off")
    if told:
        assert (status, home.left) == (0, [])
    else:
        assert status == -signal.SIGSYS or home.left


@pytest.mark.parametrize(
    "speaks",
    [
        "socket.getaddrinfo('example.org', 443)",
        "socket.socket(socket.AF_INET)",
        "socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)",
    ],
)
def test_the_watch_ends_whoever_speaks(speaks: str) -> None:
    code = f"import socket; from tests.support.watched_sockets import watch; watch(0); {speaks}"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    assert run([sys.executable, "-c", code], ROOT, environment)[0] == -signal.SIGSYS
