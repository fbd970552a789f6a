"""What every store does: the embedded one, and Milvus in a local file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import numpy as np
import pytest

from index.answering.engine import Opened
from index.errors import IndexMissing, NoEarlierGeneration
from index.generations.generations import KEPT, Generations
from index.generations.manifest import FORMAT
from index.generations.on_disk import DiskGenerations
from index.generations.on_milvus import MilvusGenerations
from index.lexical.bm25 import LexicalIndex
from index.lexical.fields import dense_text, lexical_terms
from index.lexical.terms import terms
from index.store.store import Candidate, Scope, Store
from tests.index.conftest import REPORTS, Bench

QUESTION = "书记上了几节思政课"
QUESTIONS = (QUESTION, "减轻学生负担", "教师培训力度", "没有这样的词xyz", "")
QUOTED = '有"引号"和\\的'
SCOPES = (
    Scope(),
    Scope(frozenset({2021})),
    Scope(frozenset({2019, 2020})),
    Scope(frozenset({1999})),
    Scope(reports=frozenset({"2020年总结", QUOTED})),
    Scope(frozenset({2021}), frozenset({"2020年总结"})),
)


def disk(folder: Path) -> Generations:
    return DiskGenerations(folder)


def milvus(folder: Path) -> Generations:
    pytest.importorskip("milvus_lite", reason="milvus-lite has no wheel for this machine")
    return MilvusGenerations(folder, str(folder / "milvus.db"), "school")


@pytest.fixture(params=[disk, milvus])
def kept(request: pytest.FixtureRequest, bench: Bench) -> Iterator[Bench]:
    """Yield a library whose generations are kept in either store."""
    make: Callable[[Path], Generations] = request.param
    bench.generations = make(bench.folder)
    yield bench
    bench.generations.close()


def change(bench: Bench, words: str) -> str:
    bench.write("2021年总结", REPORTS["2021年总结"].replace("12节", words))
    return bench.build().generation


def best(bench: Bench) -> str:
    return bench.engine.ask("2021年" + QUESTION).passages[0].passage.text


def searched(
    store: Store,
    bench: Bench,
    question: str,
    scope: Scope,
    limit: int = 50,
    beside: Mapping[str, float] | None = None,
) -> dict[str, Candidate]:
    vector = bench.encoder.encode_questions([question])[0]
    return {c.passage.id: c for c in store.search(vector, terms(question), scope, limit, beside)}


def test_a_search_gives_the_exact_scores_of_what_the_scope_lets(kept: Bench) -> None:
    kept.write(QUOTED, "2019年工作总结\n一、其他工作\n书记讲话，教师培训二十次。\n")
    kept.build()
    store = kept.engine.store
    every = list(searched(store, kept, QUESTION, Scope()).values())
    passages = sorted((c.passage for c in every), key=lambda p: p.id)
    assert len(passages) == sum(entry.passages for entry in store.entries) == 5
    vectors = kept.encoder.encode_passages([dense_text(p) for p in passages])
    lexical = LexicalIndex.build(map(lexical_terms, passages))
    rows = np.arange(len(passages))
    entries = {entry.name: entry for entry in store.entries}
    for question in QUESTIONS:
        words = terms(question)
        cosines = vectors @ kept.encoder.encode_questions([question])[0]
        scores, coverage = lexical.scores(words), lexical.coverage(words, rows)
        for scope in SCOPES:
            found = searched(store, kept, question, scope)
            let = [p.id for p in passages if entries[p.report].within(scope)]
            assert sorted(found) == let
            for i, passage in enumerate(passages):
                if passage.id in found:
                    one = found[passage.id]
                    assert one.passage == passage
                    expected = (cosines[i], scores[i], coverage[i])
                    assert (one.dense, one.lexical, one.coverage) == pytest.approx(
                        expected, abs=1e-5
                    )


def test_each_side_of_a_search_gives_as_many_as_were_asked_for(kept: Bench) -> None:
    kept.build()
    store = kept.engine.store
    by_vector = searched(store, kept, "没有这样的词xyz", Scope(), 1)
    assert len(by_vector) == 1
    both = searched(store, kept, "书记设备更新", Scope(), 1)
    every = searched(store, kept, "书记设备更新", Scope())
    assert max(every.values(), key=lambda c: c.dense).passage.id in both
    assert max(every.values(), key=lambda c: c.lexical).passage.id in both


def test_other_words_for_its_own_find_less_and_cover_nothing(kept: Bench) -> None:
    kept.build()
    store = kept.engine.store
    asked = "大会上的人"
    beside = dict.fromkeys(terms("书记"), 0.5)
    alone = searched(store, kept, asked, Scope())
    both = searched(store, kept, asked, Scope(), beside=beside)
    passages = sorted((c.passage for c in alone.values()), key=lambda p: p.id)
    other = LexicalIndex.build(map(lexical_terms, passages)).scores(beside)
    assert other.any()
    for passage, added in zip(passages, other, strict=True):
        before, after = alone[passage.id], both[passage.id]
        assert after.lexical - before.lexical == pytest.approx(added, abs=1e-4)
        assert after.coverage == pytest.approx(before.coverage, abs=1e-6)


def test_passages_paragraphs_and_words_come_back_as_they_were(kept: Bench) -> None:
    long = "很长的一句" * 4000
    kept.write("2019年总结", f"某校2019年工作总结\n一、工作\n{long}。\n")
    kept.build()
    store = kept.engine.store
    reports = {report.name: report for report in kept.library.read_all()}
    assert [entry.name for entry in store.entries] == sorted(reports)
    for entry in store.entries:
        report = reports[entry.name]
        assert entry.sections == report.sections
        assert (entry.title, entry.years) == (report.title, report.years)
        bodies = store.paragraphs(entry.name, range(1, 100))
        assert [(b.number, b.text) for b in bodies] == [
            (p.number, report.words(p)) for p in report.paragraphs
        ]
        assert store.paragraphs(entry.name, range(2, 3)) == bodies[1:2]
        assert store.paragraphs(entry.name, range(0)) == []
    for candidate in searched(store, kept, "很长的一句", Scope()).values():
        assert store.passage(candidate.passage.id) == candidate.passage
        words = reports[candidate.passage.report].text
        assert candidate.passage.text == words[candidate.passage.start : candidate.passage.end]
    assert store.passage('nothing"') is None
    assert store.paragraphs("none", range(1, 9)) == []
    assert store.vocabulary.count("书记") == 2


def test_no_index_is_an_error_of_its_own(kept: Bench) -> None:
    with pytest.raises(IndexMissing):
        kept.open()


def test_a_generation_of_no_passages_finds_nothing(kept: Bench) -> None:
    kept.build()
    for name in REPORTS:
        kept.library.remove(name)
    kept.build()
    assert searched(kept.engine.store, kept, QUESTION, Scope()) == {}


def test_rolling_back_goes_to_the_generation_before(kept: Bench) -> None:
    first = kept.build().generation
    second = change(kept, "15节")
    assert kept.generations.names() == [first, second]
    assert not kept.build().fresh
    assert "15节" in best(kept)
    kept.generations.point_to(kept.generations.before(second).name)
    assert kept.generations.current() == first
    assert "12节" in best(kept)
    with pytest.raises(NoEarlierGeneration):
        kept.generations.before(first)


def test_the_last_generations_are_kept_and_numbers_never_used_again(
    kept: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("on_disk", "on_milvus"):
        monkeypatch.setattr(f"index.generations.{module}.KEPT", 2)
    for i in range(4):
        change(kept, f"{20 + i}节")
    assert [int(name.split("-")[0]) for name in kept.generations.names()] == [3, 4]
    assert KEPT > 2


def test_the_format_of_another_version_is_of_no_use(
    kept: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.build()
    monkeypatch.setattr("index.generations.manifest.FORMAT", FORMAT + 1)
    with pytest.raises(IndexMissing):
        kept.open()
    monkeypatch.setattr("index.building.builder.FORMAT", FORMAT + 1)
    assert kept.build().fresh
    assert kept.open().damaged == ()


def test_what_serves_goes_on_while_the_next_is_published(kept: Bench) -> None:
    kept.build()
    opened = kept.open()
    change(kept, "15节")
    assert "12节" in opened.engine.ask("2021年" + QUESTION).passages[0].passage.text
    assert isinstance(kept.open(), Opened)
    assert "15节" in best(kept)


def test_cleared_generations_are_gone(kept: Bench) -> None:
    kept.build()
    change(kept, "15节")
    kept.generations.clear()
    assert kept.generations.current() is None
    assert kept.generations.names() == []
    assert kept.build().fresh


def test_the_passages_of_a_paragraph_are_those_with_its_words(kept: Bench) -> None:
    short, long = "短句。", "很长的一句话，说的是第{}件事情。" * 1
    lines = [short, short, *(long.format(i) * 30 for i in range(3)), short]
    kept.write("2019年总结", "2019年度工作总结\n一、党建工作\n" + "\n".join(lines) + "\n")
    kept.build()
    store = kept.engine.store
    entry = next(entry for entry in store.entries if entry.name == "2019年总结")
    paragraphs = store.paragraphs(entry.name, range(1, entry.paragraphs + 1))
    assert entry.passages > 3
    for paragraph in paragraphs:
        found = store.passages_of(entry.name, paragraph.number)
        assert found
        assert [p.part for p in found] == list(range(1, len(found) + 1))
        held = "".join(p.text for p in found)
        assert paragraph.text in held
    assert store.passages_of(entry.name, 0) == []
    assert store.passages_of("没有这份", 1) == []
