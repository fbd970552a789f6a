"""A small run of the campaign in tests/bench/fuzz_formats.py, with a seed of its own."""

from __future__ import annotations

from tests.bench.fuzz_formats import campaign


def test_damaged_files_neither_break_the_reader_nor_read_as_garbage() -> None:
    outcomes, wrong, _ = campaign(40, seed=7)
    assert wrong == []
    assert sum(outcomes.values()) == 40
    assert len(outcomes) > 2
