"""A generation of what was prepared before is the one that would have been made anew."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from corpus.corrections import Correction
from corpus.library import Library
from corpus.sandbox.pool import ParserPool
from index.building import builder as building
from index.building import made_by, plan, prepare, prepared_cache
from index.building.builder import Changes
from index.store.embedded.vectors import VectorIndex
from tests.index.conftest import REPORTS, Bench

LONG = "很长的一句话，" * 90
CATALOGUE = "passages.sqlite"


@pytest.fixture(autouse=True)
def old_files_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.building.file_state._YOUNG", -(10**10))


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the files that are read, as they are."""
    names: list[str] = []
    load = ParserPool.load
    monkeypatch.setattr(ParserPool, "load", lambda *args: names.append(args[1].stem) or load(*args))
    return names


def add(bench: Bench, year: int, words: str = "") -> None:
    text = REPORTS["2020年总结"].replace("2020", str(year)).replace("8节", f"{year}节")
    bench.write(f"{year}年总结", f"{text}三、其他工作\n第{year}次說明。{words}\n")


def held(bench: Bench, changes: Changes) -> dict[str, object]:
    """Return the bytes of each file of a generation; of the catalogue, its rows."""
    folder = bench.folder / "generations" / changes.generation
    found: dict[str, object] = {
        path.name: path.read_bytes()
        for path in folder.iterdir()
        if path.name not in {"manifest.json", CATALOGUE}
    }
    with closing(sqlite3.connect(folder / CATALOGUE)) as database:
        for table in ("report", "paragraph", "passage"):
            found[table] = database.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()
    return found


def same_as_anew(bench: Bench) -> Changes:
    changes = bench.build()
    assert changes.fresh
    (bench.folder / prepared_cache.FILE).unlink()
    anew = bench.build(force=True)
    assert anew.encoded or not anew.passages
    assert held(bench, changes) == held(bench, anew)
    return changes


@pytest.fixture(params=[False, True])
def quantised(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Search vectors as they are, and in few bits, as those of a large library."""
    if request.param:
        build = VectorIndex.build
        monkeypatch.setattr(VectorIndex, "build", lambda vectors: build(vectors, flat=2))


@pytest.mark.usefixtures("quantised")
def test_whatever_changed_the_next_generation_is_as_if_made_anew(bench: Bench) -> None:
    for year in range(2000, 2012):
        add(bench, year)
    bench.build()
    add(bench, 2005, "一年来新增的话。" + LONG)  # longer, and so all behind it moves
    same_as_anew(bench)
    add(bench, 2005)  # and shorter again
    add(bench, 2000, "最先一份。")
    bench.write("2021年总结", REPORTS["2021年总结"].replace("12节", "15节"))
    assert same_as_anew(bench).difference.changed == ("2000年总结", "2005年总结", "2021年总结")
    bench.library.remove("2003年总结")
    bench.library.remove("2004年总结")
    assert same_as_anew(bench).difference.removed == ("2003年总结", "2004年总结")
    add(bench, 1999)
    add(bench, 2004)
    add(bench, 2030)
    assert same_as_anew(bench).difference.added == ("1999年总结", "2004年总结", "2030年总结")
    bench.library.correct("2007年总结", Correction(title="另一个标题", year=2017))
    assert same_as_anew(bench).difference.changed == ("2007年总结",)
    for name in list(bench.library.files())[1:]:
        bench.library.remove(name)
    assert same_as_anew(bench).passages < 6
    bench.library.remove("1999年总结")
    assert bench.build().passages == 0
    add(bench, 2001)
    same_as_anew(bench)


def test_only_what_changed_is_read_and_encoded(bench: Bench, read: list[str]) -> None:
    for year in range(2000, 2010):
        add(bench, year)
    bench.build()
    read.clear()
    bench.encoder.encoded.clear()
    assert not bench.build().fresh
    assert read == []
    add(bench, 2005, "一年来新增的话，原来没有的。")
    changes = bench.build()
    assert (changes.encoded, changes.reused) == (1, changes.passages - 1)
    assert len(changes.difference.unchanged) == 11
    assert read == ["2005年总结"]
    bench.library.correct("2007年总结", Correction(year=2017))
    bench.build()
    assert read == ["2005年总结", "2007年总结"]
    assert len(bench.encoder.encoded) == 1


def test_a_file_that_only_looks_different_is_read_and_is_the_same(
    bench: Bench, read: list[str]
) -> None:
    bench.build()
    read.clear()
    (bench.library.folder / "2021年总结.txt").touch()
    assert not bench.build().fresh
    assert read == ["2021年总结"]
    assert not bench.build().fresh
    assert read == ["2021年总结"]


def test_what_cannot_be_read_is_tried_and_named_again(bench: Bench, read: list[str]) -> None:
    (bench.library.folder / "坏.txt").write_bytes(b"\0")
    bench.build()
    read.clear()
    changes = bench.build()
    assert not changes.fresh
    assert [exc.path.name for exc in changes.unreadable] == ["坏.txt"]
    assert read == ["坏"]


def test_another_program_reads_all_anew_and_encodes_nothing(
    bench: Bench, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.build()
    read.clear()
    monkeypatch.setattr(plan, "made_by", lambda: ("another",))
    changes = bench.build()
    assert changes.fresh
    assert (changes.encoded, changes.difference.unchanged) == (0, tuple(REPORTS))
    assert sorted(read) == sorted(REPORTS)
    assert not bench.build().fresh


def test_forcing_reads_all_anew(bench: Bench, read: list[str]) -> None:
    bench.build()
    read.clear()
    bench.build(force=True)
    assert sorted(read) == sorted(REPORTS)


def test_nothing_is_taken_over_from_what_is_damaged(bench: Bench) -> None:
    first = bench.build()
    bench.write("2021年总结", REPORTS["2021年总结"].replace("12节", "15节"))
    second = bench.build()
    path = bench.folder / "generations" / second.generation / CATALOGUE
    path.write_bytes(path.read_bytes().replace("15节".encode(), "16节".encode()))
    third = bench.build()
    assert third.fresh
    assert third.damaged
    assert held(bench, third) == held(bench, bench.build(force=True))
    assert first.generation != third.generation


def test_what_no_kept_generation_is_made_of_is_forgotten(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "KEPT", 2)
    counts = []
    for words in range(13, 19):
        bench.write("2021年总结", REPORTS["2021年总结"].replace("12节", f"{words}节"))
        bench.build()
        with closing(sqlite3.connect(bench.folder / prepared_cache.FILE)) as database:
            counts += database.execute("SELECT count(*) FROM report").fetchone()
    assert counts == [2, 3, 4, 4, 4, 4]


def test_what_was_prepared_is_neither_cut_nor_encoded_again(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.build()
    bench.encoder.encoded.clear()
    cut: list[object] = []
    monkeypatch.setattr(prepare, "lexical_terms", lambda passage: cut.append(passage) or [])
    bench.build(force=True)
    assert bench.encoder.encoded == cut == []


def test_the_vectors_of_a_renamed_report_are_known(bench: Bench) -> None:
    bench.build()
    bench.encoder.encoded.clear()
    old = bench.library.folder / "2021年总结.txt"
    old.rename(old.with_name("去年的总结.txt"))
    changes = bench.build()
    assert changes.difference.added == ("去年的总结",)
    assert bench.encoder.encoded == []


def test_an_interrupted_build_goes_on_where_it_stopped(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "_BATCH", 1)
    for year in range(2000, 2008):
        bench.write(f"{year}年总结", f"{year}年度工作总结\n{year}年的话。\n")
    encode = bench.encoder.encode_passages
    left = iter(range(5))

    def dies_later(*args: object) -> object:
        next(left)
        return encode(*args)

    monkeypatch.setattr(bench.encoder, "encode_passages", dies_later)
    with pytest.raises(StopIteration):
        bench.build()
    done = list(bench.encoder.encoded)
    monkeypatch.setattr(bench.encoder, "encode_passages", encode)
    bench.build()
    assert len(done) >= 5
    assert len(bench.encoder.encoded) == len(set(bench.encoder.encoded))


def test_libraries_and_versions_are_part_of_what_a_report_is_made_by(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in (("LEXICAL_VERSION", -1), ("version", lambda name: "0")):
        made_by.made_by.cache_clear()
        before = made_by.made_by()
        made_by.made_by.cache_clear()
        monkeypatch.setattr(made_by, name, value)
        assert made_by.made_by() != before
    made_by.made_by.cache_clear()


def test_what_was_read_of_an_unchanged_report_stays(bench: Bench, tmp_path: Path) -> None:
    cache = tmp_path / "readings"
    bench.library = Library(bench.library.folder, ParserPool(cache=cache))
    bench.build()
    for file in cache.iterdir():
        os.utime(file, (0, 0))
    bench.build()
    assert len(list(cache.iterdir())) == len(REPORTS)
    assert all(file.stat().st_mtime > 0 for file in cache.iterdir())
