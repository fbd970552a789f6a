from __future__ import annotations

import json
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import numpy as np
import pytest
from numpy.typing import NDArray

from index.encoders import BUNDLED_FOLDER
from index.encoders.bundled_encoder import BundledEncoder
from tests.index.encoders.tiny_model import write_tiny_model

GOLDEN = Path(__file__).parent / "golden"


@dataclass(frozen=True, slots=True)
class Golden:
    """Sentences, and the vectors of the fp32 weights: float32, (n, 384), unit rows."""

    questions: list[str]
    passages: list[str]
    vectors: NDArray[np.float32]

    @property
    def question_vectors(self) -> NDArray[np.float32]:
        return self.vectors[: len(self.questions)]

    @property
    def passage_vectors(self) -> NDArray[np.float32]:
        return self.vectors[len(self.questions) :]


@pytest.fixture(scope="session")
def golden() -> Golden:
    sentences = json.loads((GOLDEN / "sentences.json").read_text("utf-8"))
    vectors = np.load(GOLDEN / "vectors.npy", allow_pickle=False).astype(np.float32)
    return Golden(sentences["questions"], sentences["passages"], vectors)


@pytest.fixture(scope="session")
def bundled() -> BundledEncoder:
    return BundledEncoder(BUNDLED_FOLDER, threads=2)


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An ordinary sentence-transformers directory with random weights."""
    return write_tiny_model(tmp_path_factory.mktemp("model"))


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> NoReturn:
        raise AssertionError("a connection was attempted")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
