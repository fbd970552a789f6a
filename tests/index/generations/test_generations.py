from __future__ import annotations

from pathlib import Path

import pytest

from index.errors import IndexDamaged, IndexMissing, NoEarlierGeneration
from index.generations.generations import KEPT
from index.generations.manifest import FORMAT
from index.generations.on_disk import DiskGenerations
from tests.index.conftest import REPORTS, Bench

QUESTION = "书记上了几节思政课"


def change(bench: Bench, words: str) -> None:
    bench.write("2021年总结", REPORTS["2021年总结"].replace("12节", words))
    bench.build()


def files(bench: Bench) -> list[Path]:
    generations = DiskGenerations(bench.folder)
    folder = bench.folder / "generations" / generations.require_current()
    return sorted(folder.iterdir())


@pytest.mark.parametrize("damage", ["truncate", "zero", "flip", "delete"])
def test_every_damage_to_every_file_is_noticed_and_the_previous_generation_serves(
    bench: Bench, damage: str
) -> None:
    bench.build()
    change(bench, "15节")
    for i in range(len(files(bench))):
        path = files(bench)[i]
        sound = path.read_bytes()
        match damage:
            case "truncate":
                path.write_bytes(sound[: len(sound) // 2])
            case "zero":
                path.write_bytes(bytes(len(sound)))
            case "flip":
                at = len(sound) // 2
                path.write_bytes(sound[:at] + bytes([sound[at] ^ 1]) + sound[at + 1 :])
            case _:
                path.unlink()
        opened = bench.open()
        assert [path.name in str(exc) for exc in opened.damaged] == [True]
        assert "12节" in opened.engine.ask("2021年" + QUESTION).passages[0].passage.text
        path.write_bytes(sound)
    assert bench.open().damaged == ()


def test_the_next_build_mends_a_damaged_index(bench: Bench) -> None:
    bench.build()
    files(bench)[0].write_bytes(b"")
    changes = bench.build()
    assert changes.fresh
    assert len(changes.damaged) == 1
    assert bench.open().damaged == ()


def test_nothing_sound_is_an_error_that_names_the_damage(bench: Bench) -> None:
    bench.build()
    damaged = files(bench)[0]
    damaged.write_bytes(b"")
    with pytest.raises(IndexDamaged) as caught:
        bench.open()
    assert damaged.name in str(caught.value)


def test_the_format_of_another_version_is_no_damage_but_of_no_use(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.build()
    monkeypatch.setattr("index.generations.manifest.FORMAT", FORMAT + 1)
    with pytest.raises(IndexMissing):
        bench.open()
    monkeypatch.setattr("index.building.builder.FORMAT", FORMAT + 1)
    changes = bench.build()
    assert changes.fresh
    assert changes.damaged == ()
    assert bench.open().damaged == ()


def test_no_index_is_an_error_of_its_own(bench: Bench) -> None:
    with pytest.raises(IndexMissing):
        bench.open()


def test_a_lost_pointer_means_the_newest_generation(bench: Bench) -> None:
    bench.build()
    change(bench, "15节")
    (bench.folder / "current").unlink()
    assert "15节" in bench.engine.ask("2021年" + QUESTION).passages[0].passage.text
    (bench.folder / "current").write_bytes(b"\xff\xfe nonsense")
    assert "15节" in bench.engine.ask("2021年" + QUESTION).passages[0].passage.text


def test_rolling_back_goes_to_the_generation_before(bench: Bench) -> None:
    bench.build()
    change(bench, "15节")
    generations = DiskGenerations(bench.folder)
    earlier = generations.before(generations.require_current())
    generations.point_to(earlier.name)
    assert "12节" in bench.engine.ask("2021年" + QUESTION).passages[0].passage.text
    with pytest.raises(NoEarlierGeneration):
        generations.before(earlier.name)


def test_the_last_generations_are_kept_and_numbers_never_used_again(bench: Bench) -> None:
    bench.build()
    for i in range(KEPT + 2):
        change(bench, f"{20 + i}节")
    names = DiskGenerations(bench.folder).names()
    assert [int(name.split("-")[0]) for name in names] == list(range(4, KEPT + 4))


def test_what_an_interrupted_writer_left_is_swept_away(bench: Bench) -> None:
    bench.build()
    left = bench.folder / "generations" / ".000002.unfinished"
    left.mkdir()
    (left / "vectors.faiss").write_bytes(b"half")
    change(bench, "15节")
    assert not left.exists()
    assert bench.open().generation.number == 2


def test_a_failing_writer_leaves_the_old_generation(bench: Bench) -> None:
    bench.build()
    generations = DiskGenerations(bench.folder)
    before = generations.require_current()

    def write(folder: Path) -> None:
        (folder / "x").write_bytes(b"half")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        generations.publish(write, lambda **_: pytest.fail("described"))
    assert generations.require_current() == before
    assert bench.open().damaged == ()
