from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from corpus.corrections import Correction
from corpus.durable.locks import locked
from corpus.errors import NoReports
from index.errors import Damage, IndexBusy, IndexMissing
from tests.index.conftest import REPORTS, Bench
from tests.support.fakes import BigramEncoder


def test_the_first_build_adds_every_report(bench: Bench) -> None:
    changes = bench.build()
    assert changes.fresh
    assert changes.difference.added == tuple(REPORTS)
    assert (changes.passages, changes.encoded, changes.reused) == (4, 4, 0)


def test_nothing_changed_means_nothing_encoded_and_no_new_generation(bench: Bench) -> None:
    first = bench.build()
    bench.encoder.encoded.clear()
    second = bench.build()
    assert not second.fresh
    assert second.generation == first.generation
    assert second.difference.unchanged == tuple(REPORTS)
    assert bench.encoder.encoded == []


def test_one_changed_report_costs_its_own_passages_only(bench: Bench) -> None:
    for year in range(1990, 2018):
        bench.write(
            f"{year}年总结",
            REPORTS["2020年总结"].replace("2020", str(year)).replace("8", str(year)),
        )
    bench.build()
    bench.encoder.encoded.clear()
    bench.write("2021年总结", REPORTS["2021年总结"].replace("12节", "15节"))
    changes = bench.build()
    assert changes.difference.changed == ("2021年总结",)
    assert len(changes.difference.unchanged) == 29
    assert len(bench.encoder.encoded) == changes.encoded == 1
    assert "15节" in bench.encoder.encoded[0]


def test_removed_and_added_reports_are_named(bench: Bench) -> None:
    bench.build()
    (bench.library.folder / "2020年总结.txt").unlink()
    bench.write("2022年总结", REPORTS["2021年总结"].replace("2021", "2022"))
    changes = bench.build()
    assert changes.difference.removed == ("2020年总结",)
    assert changes.difference.added == ("2022年总结",)


def test_a_correction_is_a_change_that_encodes_nothing(bench: Bench) -> None:
    bench.build()
    bench.encoder.encoded.clear()
    bench.library.correct("2020年总结", Correction(year=2019))
    changes = bench.build()
    assert changes.difference.changed == ("2020年总结",)
    assert bench.encoder.encoded == []
    assert bench.engine.store.entries[0].year == 2019


def test_one_unreadable_report_stops_no_other(bench: Bench) -> None:
    (bench.library.folder / "坏.txt").write_bytes(b"\0")
    changes = bench.build()
    assert [exc.path.name for exc in changes.unreadable] == ["坏.txt"]
    assert changes.difference.added == tuple(REPORTS)


def test_forcing_builds_anew_and_reuses_the_vectors(bench: Bench) -> None:
    first = bench.build()
    bench.encoder.encoded.clear()
    second = bench.build(force=True)
    assert second.fresh
    assert second.generation != first.generation
    assert (second.encoded, second.reused) == (0, 4)


def test_two_encoders_are_never_mixed(bench: Bench) -> None:
    bench.build()
    bench.encoder = BigramEncoder(dimension=128, fingerprint="other")
    with pytest.raises(IndexMissing):
        bench.open()
    changes = bench.build()
    assert (changes.encoded, changes.reused) == (4, 0)
    assert bench.engine.ask("书记上了几节思政课").passages


def test_an_empty_library_is_an_error_only_while_there_is_no_index(bench: Bench) -> None:
    for path in bench.library.files().values():
        path.unlink()
    with pytest.raises(NoReports):
        bench.build()


def test_a_second_builder_is_told_that_the_index_is_busy(bench: Bench) -> None:
    from index.building.builder import Builder

    with locked(bench.folder), pytest.raises(IndexBusy):
        Builder(bench.library, bench.generations, bench.encoder).bring_up_to_date(patience=0)


def test_a_build_that_waits_for_its_turn_can_be_told_to_end(bench: Bench) -> None:
    from index.building.builder import Builder

    class Ended(Exception):
        pass

    class Impatient:
        def start(self, total: int) -> None:
            raise AssertionError("it is not its turn")

        def advance(self, count: int) -> None:
            assert count == 0
            raise Ended

        def page(self, name: str, page: int, pages: int) -> None:
            raise AssertionError("there is no scan")

    builder = Builder(bench.library, bench.generations, bench.encoder)
    with locked(bench.folder), pytest.raises(Ended):
        builder.bring_up_to_date(progress=Impatient(), patience=2)
    with pytest.raises(Ended):  # and while it reads
        builder.bring_up_to_date(progress=Impatient())
    assert bench.build().encoded == 4


@pytest.mark.parametrize("column", ["vectors", "postings", "vocabulary", "texts", "checksum"])
def test_a_damaged_entry_is_prepared_again(bench: Bench, column: str) -> None:
    bench.build()
    path = bench.folder / "prepared.sqlite"
    with closing(sqlite3.connect(path)) as database, database:
        key = database.execute("SELECT key FROM report LIMIT 1").fetchone()[0]
        database.execute(f"UPDATE report SET {column} = zeroblob(1024) WHERE key = ?", (key,))
    changes = bench.build(force=True)
    assert changes.encoded == 2
    assert [exc.reason for exc in changes.damaged] == [Damage.ENTRIES_LOST]
    again = bench.build(force=True)
    assert (again.encoded, again.damaged) == (0, ())


def test_a_damaged_cache_is_made_anew(bench: Bench) -> None:
    bench.build()
    (bench.folder / "prepared.sqlite").write_bytes(b"not a database" * 100)
    changes = bench.build(force=True)
    assert changes.encoded == 4
    assert [exc.reason for exc in changes.damaged] == [Damage.MADE_ANEW]


def test_progress_counts_every_passage(bench: Bench) -> None:
    from index.building.builder import Builder

    class Counter:
        total = done = 0

        def start(self, total: int) -> None:
            self.total = total

        def advance(self, count: int) -> None:
            self.done += count

        def page(self, name: str, page: int, pages: int) -> None:
            raise AssertionError("there is no scan")

    counter = Counter()
    Builder(bench.library, bench.generations, bench.encoder).bring_up_to_date(progress=counter)
    assert counter.total == counter.done == 4
