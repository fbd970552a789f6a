from __future__ import annotations

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from corpus.report import Passage
from corpus.text.sentences import sentences
from index.encoders import BUNDLED_FOLDER
from index.encoders.model_files import CHECKSUMS
from index.errors import ModelError, ModelFault
from index.readers import READER_FOLDER, load_reader
from index.readers.bundled_reader import BundledReader

GOLDEN = Path(__file__).parent / "golden"
QUESTIONS: list[dict[str, Any]] = json.loads((GOLDEN / "questions.json").read_text("utf-8"))
READINGS: list[dict[str, Any]] = json.loads((GOLDEN / "readings.json").read_text("utf-8"))


def passage(row: dict[str, Any], text: str | None = None) -> Passage:
    words = row["text"] if text is None else text
    path = tuple(row["path"])
    return Passage("g:1:1", "g", row["title"], None, path, 1, 1, words, 0, len(words))


@pytest.fixture(scope="module")
def reader() -> BundledReader:
    return BundledReader(READER_FOLDER, BUNDLED_FOLDER, threads=2)


@pytest.mark.parametrize(("row", "golden"), list(zip(QUESTIONS, READINGS, strict=True)))
def test_int8_reads_as_the_float32_weights_do(
    reader: BundledReader, row: dict[str, Any], golden: dict[str, Any]
) -> None:
    (reading,) = reader.read(row["question"], [passage(row)])
    assert reading.margin == pytest.approx(golden["margin"], rel=0.2, abs=1.5)
    if golden["margin"] > 1.5:
        # where an answer ends is often a matter of hundredths: 多讲多练, or with 作业没有分层
        assert reading.start == golden["start"]
        both = min(reading.end, golden["end"]) - golden["start"]
        assert both > 0.5 * (max(reading.end, golden["end"]) - golden["start"])
    assert reading.evidence == pytest.approx(golden["evidence"], rel=0.2, abs=1.2)
    scores = [each.score for each in reading.sentences]
    assert scores == pytest.approx(golden["sentences"], rel=0.2, abs=1.2)


def test_the_words_that_answer_are_found_and_a_missing_detail_is_not(reader: BundledReader) -> None:
    asked, missing = QUESTIONS[:2]
    (found,) = reader.read(asked["question"], [passage(asked)])
    (none,) = reader.read(missing["question"], [passage(missing)])
    assert "12" in asked["text"][found.start : found.end]
    assert found.margin > 0 > none.margin


def test_an_answer_far_back_in_a_long_passage_is_found_in_a_window(reader: BundledReader) -> None:
    row = QUESTIONS[0]
    filler = "学校组织了丰富多彩的校园文化活动，师生积极参加，取得了良好的效果。" * 25
    text = filler + row["text"]
    (reading,) = reader.read(row["question"], [passage(row, text)])
    assert "12" in text[reading.start : reading.end]
    assert reading.start > len(filler)


def test_every_sentence_is_scored_in_its_order_also_over_several_windows(
    reader: BundledReader,
) -> None:
    row = QUESTIONS[0]
    text = "学校组织了丰富多彩的校园文化活动，师生积极参加，取得了良好的效果。" * 25 + row["text"]
    (reading,) = reader.read(row["question"], [passage(row, text)])
    assert [(each.start, each.end) for each in reading.sentences] == sentences(text)
    best = max(reading.sentences, key=lambda each: each.score)
    assert best.start <= reading.start < best.end


def test_a_reading_depends_neither_on_neighbours_nor_on_threads(reader: BundledReader) -> None:
    passages = [passage(row) for row in QUESTIONS]
    question = QUESTIONS[0]["question"]
    together = reader.read(question, passages)
    assert together == [reader.read(question, [each])[0] for each in passages]
    single = BundledReader(READER_FOLDER, BUNDLED_FOLDER, threads=1)
    assert single.read(question, passages) == together


def test_many_threads_may_read_at_once(reader: BundledReader) -> None:
    passages = [passage(row) for row in QUESTIONS[:3]]
    questions = [row["question"] for row in QUESTIONS[:4]]
    expected = [reader.read(question, passages) for question in questions]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda q: reader.read(q, passages), questions)) == expected


@pytest.mark.parametrize("text", ["", " ", "。", "\0", "😀" * 50, "a" * 2000])
def test_odd_passages_are_read_within_their_bounds(reader: BundledReader, text: str) -> None:
    (reading,) = reader.read("书记？", [passage(QUESTIONS[0], text)])
    assert 0 <= reading.start <= reading.end <= len(text)
    assert all(0 <= each.start < each.end <= len(text) for each in reading.sentences)


def test_no_passages_give_no_readings(reader: BundledReader) -> None:
    assert reader.read("问", []) == []


@pytest.mark.parametrize("name", ["model.onnx", CHECKSUMS])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    folder = Path(shutil.copytree(READER_FOLDER, tmp_path / "reader"))
    (folder / name).unlink()
    with pytest.raises(ModelError) as caught:
        BundledReader(folder, BUNDLED_FOLDER)
    assert caught.value.path == folder / name
    assert caught.value.reason == ModelFault.MISSING_FILE


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(READER_FOLDER, tmp_path / "reader"))
    model = folder / "model.onnx"
    data = bytearray(model.read_bytes())
    data[len(data) // 2] ^= 1
    model.write_bytes(data)
    with pytest.raises(ModelError) as caught:
        load_reader(str(folder))
    assert caught.value.reason == ModelFault.DAMAGED


def test_the_model_is_no_larger_than_it_may_be() -> None:
    assert (READER_FOLDER / "model.onnx").stat().st_size <= 40_000_000
