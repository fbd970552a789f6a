from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from index.encoders.bundled_encoder import BundledEncoder
from index.encoders.sentence_transformers import SentenceTransformerEncoder
from tests.index.encoders.tiny_model import write_tiny_model
from training.encoder.encoder_folder import write_encoder

TEXTS = ["书记带头上思政课十二节", "食堂窗口", "年度工作总结", "教师培训", "减轻学生负担"]


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_model(tmp_path_factory.mktemp("checkpoint"))


@pytest.fixture(scope="module")
def exported(checkpoint: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exported") / "encoder"
    write_encoder(checkpoint, folder)
    return folder


def test_the_exported_graph_computes_what_pytorch_computes(
    checkpoint: Path, exported: Path
) -> None:
    plain, int8 = SentenceTransformerEncoder(str(checkpoint)), BundledEncoder(exported)
    questions = (plain.encode_questions(TEXTS) * int8.encode_questions(TEXTS)).sum(axis=1)
    passages = (plain.encode_passages(TEXTS) * int8.encode_passages(TEXTS)).sum(axis=1)
    assert min(questions.min(), passages.min()) > 0.999


def test_the_same_checkpoint_gives_the_same_bytes(
    checkpoint: Path, exported: Path, tmp_path: Path
) -> None:
    write_encoder(checkpoint, tmp_path / "again")
    for path in exported.iterdir():
        assert (tmp_path / "again" / path.name).read_bytes() == path.read_bytes(), path.name


def test_what_was_in_the_folder_before_is_gone(checkpoint: Path, tmp_path: Path) -> None:
    (tmp_path / "encoder").mkdir()
    (tmp_path / "encoder" / "old").write_text("", "utf-8")
    write_encoder(checkpoint, tmp_path / "encoder")
    assert not (tmp_path / "encoder" / "old").exists()


def test_other_pooling_than_the_mean_is_refused(checkpoint: Path, tmp_path: Path) -> None:
    copied = Path(shutil.copytree(checkpoint, tmp_path / "copy"))
    (copied / "1_Pooling" / "config.json").write_text('{"pooling_mode": "cls"}', "utf-8")
    with pytest.raises(ValueError, match="mean pooling"):
        write_encoder(copied, tmp_path / "encoder")


def test_another_activation_than_gelu_is_refused(checkpoint: Path, tmp_path: Path) -> None:
    copied = Path(shutil.copytree(checkpoint, tmp_path / "copy"))
    config = json.loads((copied / "config.json").read_text("utf-8"))
    (copied / "config.json").write_text(json.dumps({**config, "hidden_act": "relu"}), "utf-8")
    with pytest.raises(ValueError, match="GELU"):
        write_encoder(copied, tmp_path / "encoder")
