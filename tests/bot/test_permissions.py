"""Who gets into the state directory, whatever the umask is."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.config.settings import Config
from bot.messages import messages_in
from bot.telegram.storage.database import Database
from bot.wording.error_sentences import explain
from bot.wording.unwritable import unwritable
from corpus.durable.atomic_files import make_folder
from corpus.durable.kept_files import KeptFiles
from corpus.durable.locks import locked
from corpus.durable.permissions import can_write
from corpus.errors import CorpusError
from corpus.library import Library
from tests.faults.victim import InProcess
from tests.support.reports import report

OTHERS = 0o077


@pytest.fixture(params=[0o000, 0o022, 0o007])
def careless(request: pytest.FixtureRequest) -> Iterator[None]:
    """A umask that lets others in."""
    before = os.umask(request.param)
    yield
    os.umask(before)


def lock(state: Path) -> None:
    with locked(state / "bot"):
        pass


def keep(state: Path) -> None:
    file = state.parent / "a.txt"
    file.write_bytes(b"a")
    KeptFiles(state / "kept").keep(file)


@pytest.mark.usefixtures("careless")
@pytest.mark.parametrize(
    "begin", [lambda state: Database.open(state).close(), lock, keep, make_folder]
)
def test_the_state_is_private_whatever_makes_it(
    tmp_path: Path, begin: Callable[[Path], None]
) -> None:
    begin(tmp_path / "var")
    assert stat.S_IMODE((tmp_path / "var").stat().st_mode) & OTHERS == 0


@pytest.mark.usefixtures("careless")
def test_a_state_that_was_open_is_closed_and_reports_stay_shared(tmp_path: Path) -> None:
    Library(tmp_path / "reports", InProcess()).add(report(2020), "2020.txt")
    before = stat.S_IMODE((tmp_path / "reports").stat().st_mode)
    (tmp_path / "var").mkdir(mode=0o777)
    (tmp_path / "baogao.yaml").write_text("reports: reports\n")
    assert main(["rollback", "--list", "--config", str(tmp_path / "baogao.yaml")]) == 0
    assert stat.S_IMODE((tmp_path / "var").stat().st_mode) & OTHERS == 0
    assert stat.S_IMODE((tmp_path / "reports").stat().st_mode) == before


@pytest.mark.parametrize("container", [True, False])
def test_a_folder_that_cannot_be_written_is_named_with_the_command_that_mends_it(
    tmp_path: Path, container: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = Config(reports=tmp_path / "my reports", state=tmp_path / "deep" / "var")
    (tmp_path / "my reports").mkdir()
    assert unwritable(config, messages_in("zh")) == []
    assert can_write(config.state)
    monkeypatch.setattr("corpus.durable.permissions.os.access", lambda *_: False)
    sign = tmp_path / "dockerenv"
    monkeypatch.setattr("bot.wording.unwritable._CONTAINER", sign)
    if container:
        sign.touch()
    first, second = unwritable(config, messages_in("zh"))
    ids = f"{os.geteuid()}:{os.getegid()}"
    assert f"-R {ids} '{config.reports}'" in first
    assert f"-R {ids} {config.state}" in second
    assert ("docker compose run" in first) is container
    assert ("sudo chown" in first) is not container


def test_no_temporary_path_is_ever_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = Library(tmp_path, InProcess())

    def refused(path: Path, *_: object) -> None:
        temporary = str(path.with_name(f".{path.name}.1-2.tmp"))
        raise PermissionError(13, "Permission denied", temporary)

    monkeypatch.setattr("corpus.library.write_file", refused)
    with pytest.raises(CorpusError) as caught:
        library.add(report(2020), "2020.txt")
    assert ".tmp" not in explain(caught.value, messages_in("zh"))
    with pytest.raises(PermissionError) as system:
        refused(tmp_path / "x")
    assert explain(system.value, messages_in("zh")).count(str(tmp_path)) == 1
    assert ".tmp" not in explain(system.value, messages_in("zh"))
