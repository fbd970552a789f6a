"""Going back: the files come back with the index, and nothing undoes it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.config.settings import Config
from bot.service import Service
from corpus.corrections import Correction
from corpus.errors import NoReports
from corpus.library import Library
from tests.faults.victim import InProcess
from tests.support.bots import encoder
from tests.support.reports import report


@pytest.fixture
def service(tmp_path: Path) -> Service:
    """A library of two reports, indexed."""
    made = Service(Config(reports=tmp_path / "reports", state=tmp_path / "var"))
    made.library = Library(made.library.folder, InProcess(), made.library.kept)
    made.__dict__["encoder"] = encoder()
    for year in (2019, 2020):
        made.library.add(report(year), f"{year}.txt")
    made.bring_up_to_date()
    return made


def held(service: Service) -> dict[str, bytes]:
    folder = service.library.folder
    return {p.name: p.read_bytes() for p in sorted(folder.iterdir()) if p.suffix == ".txt"}


def replace(service: Service) -> None:
    service.library.add(report(2021), "2020.txt", replace=True)


def remove(service: Service) -> None:
    service.library.remove("2020")


def add(service: Service) -> None:
    service.library.add(report(2022), "2022.txt")


def rename(service: Service) -> None:
    service.library.add(report(2020).replace(b"\n", b"\r\n"), "2020.md", replace=True)


def correct(service: Service) -> None:
    service.library.correct("2020", Correction(title="更正过的标题"))


@pytest.mark.parametrize("change", [replace, remove, add, rename, correct])
def test_what_was_changed_comes_back_and_the_next_update_keeps_it(
    service: Service, change: Callable[[Service], None]
) -> None:
    before, corrections = held(service), service.library.corrections()
    first = service.generations.require_current()
    change(service)
    second = service.bring_up_to_date(by=7).generation
    after = held(service)
    assert second != first

    back = service.roll_back()
    assert back.generation.name == first
    assert back.missing == ()
    assert held(service) == before
    assert service.library.corrections() == corrections
    again = service.bring_up_to_date()
    assert not again.fresh
    assert again.generation == first

    forward = service.roll_back(int(second.split("-")[0]))
    assert forward.missing == ()
    assert held(service) == after
    assert not service.bring_up_to_date().fresh


def test_a_file_whose_name_is_gbk_comes_back_under_that_name(service: Service) -> None:
    name = os.fsdecode("二〇二三年总结.txt".encode("gbk"))
    (service.library.folder / name).write_bytes(report(2023))
    assert service.bring_up_to_date().difference.added == ("二〇二三年总结",)
    service.library.remove("二〇二三年总结")
    service.bring_up_to_date()
    assert service.roll_back().missing == ()
    assert (service.library.folder / name).read_bytes() == report(2023)


def test_each_change_is_noted_with_whose_it_was_and_what_the_report_was_called(
    service: Service,
) -> None:
    remove(service)
    changes = service.bring_up_to_date(by=7)
    record = service.history.of(changes.generation)
    assert record is not None
    assert record.by == 7
    assert record.difference.removed == ("2020",)
    assert record.titles == {"2020": "青禾中学2020年度工作总结"}


def test_a_file_that_no_generation_knows_is_left_alone(service: Service) -> None:
    replace(service)
    service.bring_up_to_date()
    (service.library.folder / "新来的.txt").write_bytes(report(2023))
    service.roll_back()
    assert "新来的.txt" in held(service)


def test_a_file_that_was_changed_by_hand_is_named_and_the_new_one_stays(service: Service) -> None:
    path = service.library.folder / "2020.txt"
    path.write_bytes(report(2021))
    service.bring_up_to_date(force=True)
    assert service.roll_back().missing == ("2020.txt",)
    assert path.read_bytes() == report(2021)


def test_a_new_file_of_the_same_name_keeps_its_place(service: Service) -> None:
    remove(service)
    service.bring_up_to_date()
    (service.library.folder / "2020.md").write_bytes(report(2024))
    assert service.roll_back().missing == ("2020.txt",)
    assert list(service.library.files()) == ["2019", "2020"]
    assert (service.library.folder / "2020.md").read_bytes() == report(2024)


def test_what_was_replaced_is_kept_as_long_as_a_generation_that_used_it(service: Service) -> None:
    kept = service.config.state / "kept"
    for number in range(8):
        body = f"一、新事\n第{number}次改动的正文，说的是{number}件事。\n".encode()
        service.library.add(report(2021) + body, "2020.txt", replace=True)
        service.bring_up_to_date()
    living = service.generations.names()
    records = [service.history.of(name) for name in living]
    used = {digest for r in records if r is not None for digest in r.files.values()}
    assert {place.name for place in kept.iterdir()} <= used
    assert len(list(kept.iterdir())) == len(living) - 1
    assert len(list((service.config.state / "history").iterdir())) == len(living)


def test_an_index_without_a_record_goes_back_alone(service: Service) -> None:
    for path in (service.config.state / "history").iterdir():
        path.unlink()
    replace(service)
    service.bring_up_to_date()
    after = held(service)
    assert service.roll_back().missing is None
    assert held(service) == after


def test_nothing_is_noted_where_nothing_is_indexed(tmp_path: Path) -> None:
    empty = Service(Config(reports=tmp_path / "none", state=tmp_path / "var"))
    (tmp_path / "none").mkdir()
    empty.__dict__["encoder"] = encoder()
    with pytest.raises(NoReports):
        empty.bring_up_to_date()
    assert not (tmp_path / "var" / "history").exists()
