from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from index.encoders import BUNDLED_FOLDER, Encoder, load_encoder
from index.encoders.bundled_encoder import BundledEncoder
from index.encoders.sentence_transformers import SentenceTransformerEncoder
from index.errors import ModelError, ModelFault
from tests.index.encoders.conftest import Golden

TEXTS = ["书记带头上思政课十二节", "食堂窗口", "年度工作总结", "教师培训"]


@pytest.fixture(scope="module")
def encoder(tiny_model: Path) -> Encoder:
    return load_encoder(str(tiny_model))


def test_an_ordinary_model_runs_offline(
    encoder: Encoder, tiny_model: Path, no_network: None
) -> None:
    again = load_encoder(str(tiny_model))
    assert isinstance(again, SentenceTransformerEncoder)
    vectors = again.encode_passages(TEXTS)
    assert vectors.dtype == np.float32
    assert vectors.shape == (4, encoder.dimension) == (4, 32)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(vectors, encoder.encode_passages(TEXTS), atol=1e-6)


def test_vectors_are_those_of_sentence_transformers_with_its_prompts(
    encoder: Encoder, tiny_model: Path
) -> None:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(tiny_model), device="cpu", local_files_only=True)
    passages = model.encode([f"回答:{text}" for text in TEXTS], normalize_embeddings=True)
    questions = model.encode([f"问题:{text}" for text in TEXTS], normalize_embeddings=True)
    np.testing.assert_allclose(encoder.encode_passages(TEXTS), passages, atol=1e-5)
    np.testing.assert_allclose(encoder.encode_questions(TEXTS), questions, atol=1e-5)


def test_rows_come_in_the_order_of_the_texts(encoder: Encoder) -> None:
    texts = [TEXTS[0][: 1 + index % 9] for index in range(150)]
    vectors = encoder.encode_passages(texts)
    for index in (0, 8, 70, 149):
        np.testing.assert_allclose(
            vectors[index], encoder.encode_passages([texts[index]])[0], atol=1e-5
        )


def test_progress_adds_up_to_the_number_of_texts(encoder: Encoder) -> None:
    finished: list[int] = []
    encoder.encode_passages(["培训"] * 150, finished.append)
    assert sum(finished) == 150


def test_no_texts_give_no_rows(encoder: Encoder) -> None:
    assert encoder.encode_passages([]).shape == (0, 32)
    assert encoder.encode_questions([]).shape == (0, 32)


def test_the_fingerprint_follows_the_files_not_the_place(
    encoder: Encoder, tiny_model: Path, tmp_path: Path
) -> None:
    copied = Path(shutil.copytree(tiny_model, tmp_path / "copy"))
    (copied / "README.md").write_text("another card", "utf-8")
    assert load_encoder(str(copied)).fingerprint == encoder.fingerprint
    config = copied / "config_sentence_transformers.json"
    config.write_text(config.read_text("utf-8").replace('"query": "', '"query": "x'), "utf-8")
    assert load_encoder(str(copied)).fingerprint != encoder.fingerprint


def test_a_directory_without_modules_is_refused(tiny_model: Path, tmp_path: Path) -> None:
    copied = Path(shutil.copytree(tiny_model, tmp_path / "copy"))
    (copied / "modules.json").unlink()
    assert refusal(str(copied)).reason == ModelFault.NO_MODULES


def test_a_directory_with_damaged_weights_is_refused(tiny_model: Path, tmp_path: Path) -> None:
    copied = Path(shutil.copytree(tiny_model, tmp_path / "copy"))
    (copied / "model.safetensors").write_bytes(b"not weights")
    error = refusal(str(copied))
    assert (error.path, error.reason) == (copied, ModelFault.UNREADABLE)


def test_code_that_a_model_names_is_not_run(tiny_model: Path, tmp_path: Path) -> None:
    copied = Path(shutil.copytree(tiny_model, tmp_path / "copy"))
    modules = copied / "modules.json"
    modules.write_text('[{"idx": 0, "name": "0", "path": "", "type": "this.Module"}]', "utf-8")
    assert refusal(str(copied)).reason == ModelFault.UNREADABLE


@pytest.mark.parametrize("path", ["/no/such/model", "./no-such-model", "~/no-such-model"])
def test_a_path_that_does_not_exist_is_refused(path: str) -> None:
    assert refusal(path).reason == ModelFault.NO_DIRECTORY


def test_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "model.bin").write_bytes(b"")
    assert refusal(str(tmp_path / "model.bin")).reason == ModelFault.NO_DIRECTORY


def test_a_model_that_was_never_downloaded_is_refused_without_asking_the_network(
    no_network: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    error = refusal("nobody/no-such-model")
    assert (str(error.path), error.reason) == ("nobody/no-such-model", ModelFault.NOT_DOWNLOADED)


def test_a_downloaded_model_is_found_by_its_name_without_the_network(
    encoder: Encoder,
    tiny_model: Path,
    no_network: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cached = tmp_path / "models--school--tiny"
    shutil.copytree(tiny_model, cached / "snapshots" / "abc123")
    (cached / "refs").mkdir()
    (cached / "refs" / "main").write_text("abc123", "utf-8")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    found = load_encoder("school/tiny")
    assert found.fingerprint == encoder.fingerprint
    np.testing.assert_allclose(
        found.encode_questions(TEXTS), encoder.encode_questions(TEXTS), atol=1e-6
    )


def test_sentence_transformers_loads_the_bundled_encoder_and_agrees(
    bundled: BundledEncoder, golden: Golden
) -> None:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(BUNDLED_FOLDER), device="cpu", trust_remote_code=True)
    assert model.get_embedding_dimension() == 384
    assert model.max_seq_length == 512
    np.testing.assert_allclose(
        model.encode_query(golden.questions), bundled.encode_questions(golden.questions), atol=1e-6
    )
    np.testing.assert_allclose(
        model.encode_document(golden.passages), bundled.encode_passages(golden.passages), atol=1e-6
    )


def test_the_bundled_encoder_survives_being_saved_by_sentence_transformers(
    bundled: BundledEncoder, tmp_path: Path
) -> None:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(BUNDLED_FOLDER), device="cpu", trust_remote_code=True)
    model.save(str(tmp_path / "saved"), create_model_card=False)
    saved = SentenceTransformer(str(tmp_path / "saved"), device="cpu", trust_remote_code=True)
    np.testing.assert_array_equal(saved.encode_query(["思政课"]), model.encode_query(["思政课"]))
    assert load_encoder(str(tmp_path / "saved")).fingerprint == bundled.fingerprint


def refusal(model: str) -> ModelError:
    with pytest.raises(ModelError) as caught:
        load_encoder(model)
    return caught.value
