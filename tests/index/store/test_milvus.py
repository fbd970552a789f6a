"""What only Milvus can do, and what can only happen to it; the rest is in test_store.py."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.durable.faults import StateError
from index.answering.engine import Engine, Opened
from index.building.builder import Builder
from index.errors import Damage, StoreError, StoreFault
from index.generations import on_milvus as module
from index.generations.on_milvus import MilvusGenerations
from index.lexical.terms import terms
from index.store.milvus.connection import connect
from index.store.milvus.registry import ABANDONED, GenerationState
from index.store.milvus.schema import TEXTS
from index.store.store import Scope
from tests.index.conftest import REPORTS, Bench

pytest.importorskip("milvus_lite", reason="milvus-lite has no wheel for this machine")

QUESTION = "2021年书记上了几节思政课"


@pytest.fixture
def uri(tmp_path: Path) -> str:
    return str(tmp_path / "cluster.db")


@pytest.fixture
def one(bench: Bench, uri: str) -> Iterator[MilvusGenerations]:
    generations = MilvusGenerations(bench.folder, uri, "school")
    bench.generations = generations
    yield generations
    generations.close()


@pytest.fixture
def other(tmp_path: Path, uri: str) -> Iterator[MilvusGenerations]:
    """Yield the same index, as a bot on another machine has it."""
    generations = MilvusGenerations(tmp_path / "elsewhere", uri, "school")
    yield generations
    generations.close()


def change(bench: Bench, words: str) -> str:
    bench.write("2021年总结", REPORTS["2021年总结"].replace("12节", words))
    return bench.build().generation


def answer(engine: Engine) -> str:
    return engine.ask(QUESTION).passages[0].passage.text


def collections(generations: MilvusGenerations) -> set[str]:
    return set(generations._client.list_collections())


def of(*names: str) -> set[str]:
    made = {f"school_{name.replace('-', '_')}" for name in names}
    return made | {name + TEXTS for name in made} | {"school_generations"}


def broken(reason: StoreFault = StoreFault.AWAY) -> Callable[..., None]:
    def fail(*_: object, **__: object) -> None:
        raise StoreError("http://milvus:19530", reason)

    return fail


def test_bots_of_one_index_see_what_any_of_them_publishes_and_rolls_back(
    bench: Bench, one: MilvusGenerations, other: MilvusGenerations
) -> None:
    first = bench.build().generation
    assert other.current() == first
    second = change(bench, "15节")
    assert "15节" in answer(Opened.open(other, bench.encoder).engine)
    other.point_to(other.before(second).name)
    assert "12节" in answer(bench.engine)
    assert Builder(bench.library, one, bench.encoder).bring_up_to_date().generation != first


def test_indexes_of_other_names_stay_apart(bench: Bench, one: MilvusGenerations, uri: str) -> None:
    bench.build()
    apart = MilvusGenerations(bench.folder, uri, "school_2")
    assert apart.current() is None
    Builder(bench.library, apart, bench.encoder).bring_up_to_date()
    apart.clear()
    apart.close()
    assert "12节" in answer(bench.engine)


def test_two_bots_that_build_at_once_do_not_spoil_each_other(
    bench: Bench,
    one: MilvusGenerations,
    other: MilvusGenerations,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bench.build()
    write = module.write_texts
    between: list[str] = []

    def meanwhile(*args: object) -> None:
        monkeypatch.setattr(module, "write_texts", write)
        builder = Builder(bench.library, other, bench.encoder)
        between.append(builder.bring_up_to_date(force=True).generation)
        assert other.current() == between[0]
        write(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "write_texts", meanwhile)
    name = bench.build(force=True).generation
    assert one.names() == [one.names()[0], *sorted([name, between[0]])]
    assert one.current() == name != between[0]
    for each in (name, between[0]):
        assert one.store(one.open(each)).entries == bench.engine.store.entries


def test_a_milvus_that_goes_away_in_mid_build_leaves_the_generation_that_serves(
    bench: Bench, one: MilvusGenerations, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = bench.build().generation
    with monkeypatch.context() as patch:
        patch.setattr(module, "write_texts", broken())
        with pytest.raises(StoreError):
            change(bench, "15节")
    assert one.current() == first
    assert one.names() == [first]
    assert collections(one) == of(first)
    assert "12节" in answer(bench.engine)
    changes = bench.build()
    assert (changes.fresh, changes.encoded) == (True, 0)
    assert "15节" in answer(bench.engine)


def test_what_a_killed_builder_left_is_dropped_by_its_next_build(
    bench: Bench, one: MilvusGenerations, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = bench.build().generation
    with monkeypatch.context() as patch:
        patch.setattr(module, "write_texts", broken())
        patch.setattr(one, "_take_away", broken())  # nobody cleans up after a kill
        with pytest.raises(StoreError):
            change(bench, "15节")
    assert len(collections(one)) == 4
    second = bench.build().generation
    assert second.startswith("000003-")
    assert collections(one) == of(first, second)


def test_another_builder_drops_it_only_after_a_day(
    bench: Bench,
    one: MilvusGenerations,
    other: MilvusGenerations,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = bench.build().generation
    with monkeypatch.context() as patch:
        patch.setattr(module, "write_texts", broken())
        patch.setattr(one, "_take_away", broken())
        with pytest.raises(StoreError):
            change(bench, "15节")
    (left,) = (row for row in one._registry.rows() if row.state == GenerationState.BUILDING)
    builder = Builder(bench.library, other, bench.encoder)
    second = builder.bring_up_to_date().generation
    assert len(collections(one)) == 6
    one._registry.put(replace(left, began=int(time.time()) - ABANDONED - 1))
    third = builder.bring_up_to_date(force=True).generation
    assert collections(one) == of(first, second, third)


def test_what_a_kill_left_in_mid_removal_is_dropped_too(
    bench: Bench, one: MilvusGenerations, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "KEPT", 1)
    bench.build()
    with monkeypatch.context() as patch:
        patch.setattr(one._client, "drop_collection", broken())
        second = change(bench, "15节")
    assert one.current() == second
    assert one.names() == [second]
    third = change(bench, "16节")
    assert collections(one) == of(third)


def test_a_milvus_that_is_away_in_mid_question_is_said_and_the_next_question_answered(
    bench: Bench, one: MilvusGenerations, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pymilvus.exceptions import MilvusException

    def fail(*_: object, **__: object) -> None:
        raise MilvusException(2, "server unavailable: StatusCode.UNAVAILABLE")

    bench.build()
    engine = bench.engine
    with monkeypatch.context() as patch:
        patch.setattr(one._client, "search", fail)
        with pytest.raises(StoreError) as caught:
            engine.ask(QUESTION)
    assert caught.value.reason is StoreFault.AWAY
    assert "12节" in answer(engine)


@pytest.mark.parametrize("address", ["http://127.0.0.1:9", "http://no.such.host.invalid:19530"])
def test_a_milvus_that_is_away_at_the_start_is_said(address: str, tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        MilvusGenerations(tmp_path, address, "school", "secret").current()
    assert caught.value.reason is StoreFault.AWAY
    assert address in str(caught.value)
    assert "secret" not in str(caught.value)


def test_a_file_that_cannot_be_a_database_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(StoreError) as caught:
        connect(str(tmp_path / "file" / "milvus.db"), None)
    assert caught.value.reason is StoreFault.IN_USE


def test_without_pymilvus_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pymilvus", None)
    with pytest.raises(StoreError, match="pip install"):
        MilvusGenerations(tmp_path, str(tmp_path / "milvus.db"), "school").current()


def test_a_generation_that_lost_a_collection_is_passed_over(
    bench: Bench, one: MilvusGenerations
) -> None:
    bench.build()
    second = change(bench, "15节")
    one._client.drop_collection(one._collection(second) + TEXTS)
    opened = bench.open()
    assert [exc.reason for exc in opened.damaged] == [Damage.MISSING]
    assert "12节" in answer(opened.engine)
    third = bench.build()
    assert third.fresh
    assert len(third.damaged) == 1
    assert "15节" in answer(bench.engine)


def test_a_lost_alias_means_the_newest_generation(bench: Bench, one: MilvusGenerations) -> None:
    bench.build()
    change(bench, "15节")
    one._client.drop_alias("school_current")
    opened = bench.open()
    assert [exc.reason for exc in opened.damaged] == [Damage.POINTER_LOST]
    assert "15节" in answer(opened.engine)
    bench.build()
    assert bench.open().damaged == ()


def test_collections_that_another_bot_let_go_of_are_loaded_again(
    bench: Bench, one: MilvusGenerations
) -> None:
    name = bench.build().generation
    engine = bench.engine
    for collection in (one._collection(name), one._collection(name) + TEXTS):
        one._client.release_collection(collection)
    assert "12节" in answer(engine)
    assert engine.store.paragraphs("2021年总结", range(1, 2))


def test_only_the_newest_generations_stay_in_memory(bench: Bench, one: MilvusGenerations) -> None:
    first = bench.build().generation
    change(bench, "15节")
    change(bench, "16节")
    state = one._client.get_load_state(one._collection(first))["state"]
    assert state.name == "NotLoad"
    one.point_to(first)
    assert "12节" in answer(bench.engine)


def test_many_passages_are_searched_in_a_graph_and_found_all_the_same(
    bench: Bench, one: MilvusGenerations, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.store.milvus.schema.FLAT", 1)
    monkeypatch.setattr("index.store.milvus.milvus_store.FLAT", 1)
    name = bench.build().generation
    index = one._client.describe_index(one._collection(name), "dense")
    assert index["index_type"] == "HNSW"
    vector = bench.encoder.encode_questions([QUESTION])[0]
    found = bench.engine.store.search(vector, terms(QUESTION), Scope(), 50)
    assert len(found) == 4
    assert "12节" in answer(bench.engine)


def test_who_builds_is_remembered_in_the_folder(bench: Bench, one: MilvusGenerations) -> None:
    assert one._builder() == one._builder()
    (bench.folder / "builder").unlink()
    (bench.folder / "builder").mkdir()
    with pytest.raises(StateError):
        one._builder()
