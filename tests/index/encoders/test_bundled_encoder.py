from __future__ import annotations

import json
import random
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from index.encoders import BUNDLED_FOLDER, load_encoder
from index.encoders import model_files as checksums
from index.encoders.bundled_encoder import BundledEncoder
from index.encoders.model_files import CHECKSUMS
from index.errors import ModelError, ModelFault
from tests.index.encoders.conftest import Golden


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BUNDLED_FOLDER, tmp_path / "encoder"))


def test_int8_questions_stay_near_the_vectors_of_the_fp32_weights(
    bundled: BundledEncoder, golden: Golden
) -> None:
    cosines = (bundled.encode_questions(golden.questions) * golden.question_vectors).sum(axis=1)
    assert cosines.min() >= 0.99
    assert cosines.mean() >= 0.995


def test_int8_passages_stay_near_the_vectors_of_the_fp32_weights(
    bundled: BundledEncoder, golden: Golden
) -> None:
    cosines = (bundled.encode_passages(golden.passages) * golden.passage_vectors).sum(axis=1)
    assert cosines.min() >= 0.99
    assert cosines.mean() >= 0.995


def test_a_question_is_nearest_to_the_passage_that_answers_it(bundled: BundledEncoder) -> None:
    passages = bundled.encode_passages(
        [
            "党总支书记带头上思政课12节。",
            "食堂新开两个窗口，教职工就餐更方便了。",
            "个别教师习惯多讲多练，减轻学生负担的效果还不够明显。",
        ]
    )
    questions = bundled.encode_questions(["书记上了几节思政课？", "吃饭方便吗", "學生負擔為什麼重"])
    assert (questions @ passages.T).argmax(axis=1).tolist() == [0, 1, 2]


def test_vectors_are_float32_unit_rows_of_the_dimension(
    bundled: BundledEncoder, golden: Golden
) -> None:
    vectors = bundled.encode_passages(golden.passages)
    assert vectors.dtype == np.float32
    assert vectors.shape == (len(golden.passages), bundled.dimension) == (10, 384)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_no_texts_give_no_rows(bundled: BundledEncoder) -> None:
    assert bundled.encode_passages([]).shape == (0, 384)
    assert bundled.encode_questions([]).shape == (0, 384)


def test_an_empty_text_has_a_vector(bundled: BundledEncoder) -> None:
    assert np.linalg.norm(bundled.encode_passages([""])) == pytest.approx(1, abs=1e-5)


def test_a_vector_depends_neither_on_its_neighbours_nor_on_their_order(
    bundled: BundledEncoder, golden: Golden
) -> None:
    order = list(range(len(golden.passages)))
    random.Random(3).shuffle(order)
    together = bundled.encode_passages([golden.passages[index] for index in order])
    alone = np.concatenate([bundled.encode_passages([text]) for text in golden.passages])
    np.testing.assert_array_equal(together, alone[order])


def test_the_number_of_threads_does_not_change_a_vector(
    bundled: BundledEncoder, golden: Golden
) -> None:
    single = BundledEncoder(BUNDLED_FOLDER, threads=1).encode_passages(golden.passages)
    np.testing.assert_array_equal(single, bundled.encode_passages(golden.passages))


def test_many_threads_may_ask_at_once(bundled: BundledEncoder, golden: Golden) -> None:
    expected = bundled.encode_questions(golden.questions)
    with ThreadPoolExecutor(4) as pool:
        for vectors in pool.map(bundled.encode_questions, [golden.questions] * 8):
            np.testing.assert_array_equal(vectors, expected)


def test_progress_adds_up_to_the_number_of_texts(bundled: BundledEncoder) -> None:
    finished: list[int] = []
    bundled.encode_passages(["报告"] * 300, finished.append)
    assert sum(finished) == 300


def test_a_text_beyond_the_limit_is_cut_there(bundled: BundledEncoder) -> None:
    assert len(bundled.tokenise("学" * 5000)) == bundled.max_tokens == 512
    long = bundled.encode_passages(["学校" * 3000, "学校" * 4000])
    np.testing.assert_array_equal(long[0], long[1])


def test_questions_and_passages_get_different_prompts(bundled: BundledEncoder) -> None:
    question, passage = bundled.encode_questions(["思政课"]), bundled.encode_passages(["思政课"])
    assert not np.allclose(question, passage, atol=1e-3)


def test_traditional_characters_digits_and_english_are_in_the_vocabulary(
    bundled: BundledEncoder,
) -> None:
    unknown = 3
    for text in (
        "辦學特色與師德師風",
        "二〇二一年98.5%（①）《总结》",
        "Python, GDP and PPT",
        "—…·",
    ):
        assert unknown not in bundled.tokenise(text), text


def test_the_bundled_encoder_is_loaded_by_its_word(bundled: BundledEncoder) -> None:
    assert load_encoder("bundled").fingerprint == bundled.fingerprint


def test_a_copy_elsewhere_is_the_same_encoder(bundled: BundledEncoder, copied: Path) -> None:
    assert load_encoder(str(copied)).fingerprint == bundled.fingerprint


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_other_contents_are_another_fingerprint(
    bundled: BundledEncoder, copied: Path, name: str
) -> None:
    contents = bytearray((copied / name).read_bytes())
    if name == "model.onnx":
        contents[len(contents) // 2] ^= 1
    else:
        contents += b"\n"
    (copied / name).write_bytes(contents)
    checksums.write(copied, [path.name for path in copied.iterdir()])
    assert load_encoder(str(copied)).fingerprint != bundled.fingerprint


def test_other_prompts_are_another_fingerprint(bundled: BundledEncoder, copied: Path) -> None:
    config = copied / "config_sentence_transformers.json"
    config.write_text(config.read_text("utf-8").replace("query: ", "search: "), "utf-8")
    checksums.write(copied, [path.name for path in copied.iterdir()])
    assert load_encoder(str(copied)).fingerprint != bundled.fingerprint


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "README.md"])
def test_a_damaged_file_is_named(copied: Path, name: str) -> None:
    damage_last_byte(copied / name)
    with pytest.raises(ModelError) as caught:
        BundledEncoder(copied)
    assert (caught.value.path, caught.value.reason) == (copied / name, ModelFault.DAMAGED)
    assert str(copied / name) in str(caught.value)


def test_a_tokenizer_that_does_not_say_where_to_cut_is_named(copied: Path) -> None:
    path = copied / "tokenizer.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | {"truncation": None}), "utf-8")
    checksums.write(copied, [each.name for each in copied.iterdir()])
    with pytest.raises(ModelError) as caught:
        BundledEncoder(copied)
    assert (caught.value.path, caught.value.reason) == (path, ModelFault.NO_LENGTH)


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", CHECKSUMS])
def test_a_missing_file_is_named(copied: Path, name: str) -> None:
    (copied / name).unlink()
    with pytest.raises(ModelError) as caught:
        BundledEncoder(copied)
    assert (caught.value.path, caught.value.reason) == (copied / name, ModelFault.MISSING_FILE)


def test_a_missing_directory_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError) as caught:
        BundledEncoder(tmp_path / "none")
    assert caught.value.reason == ModelFault.NO_DIRECTORY


def test_the_weights_fit_in_forty_megabytes() -> None:
    assert (BUNDLED_FOLDER / "model.onnx").stat().st_size <= 40_000_000


def test_the_checksums_cover_every_file_of_the_bundle() -> None:
    lines = (BUNDLED_FOLDER / CHECKSUMS).read_text("utf-8").splitlines()
    listed = {line.split("  ")[1] for line in lines}
    assert listed == {path.name for path in BUNDLED_FOLDER.iterdir()} - {CHECKSUMS}


def damage_last_byte(path: Path) -> None:
    contents = bytearray(path.read_bytes())
    contents[-1] ^= 1
    path.write_bytes(contents)
