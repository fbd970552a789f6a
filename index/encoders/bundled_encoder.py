"""The bundled encoder: onnxruntime and tokenizers, without PyTorch."""

import json
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.encoders.encoder import Progress
from index.encoders.model_files import fingerprint, verify
from index.encoders.onnx_session import open_session
from index.encoders.tokenizer import FILE as TOKENIZER
from index.encoders.tokenizer import load_tokenizer
from index.errors import ModelError, ModelFault

MODEL: Final = "model.onnx"
PROMPTS: Final = "config_sentence_transformers.json"
_WAVE: Final = 256


class BundledEncoder:
    """Runs a directory as `training.encoder.build_encoder` writes it.

    Texts are encoded one at a time, several at once on as many threads. The int8 model
    quantises activations over the range of all that it is given, so in a batch a vector would
    depend on its neighbours (cosine 0.996 to its own on its own, measured); alone it never
    does, nothing is wasted on padding, memory stays that of one text a thread, and a batch
    was no faster. The same text gives the same vector whatever it is encoded with, and on any
    number of threads.

    Safe to use from several threads at once.
    """

    def __init__(self, folder: Path, *, threads: int = 0) -> None:
        """Verify and load the model.

        Args:
            folder: The model's directory.
            threads: Texts encoded at once; 0 for as many as there are cores.

        Raises:
            ModelError: A file is missing or damaged; the error names it.
        """
        checksums = verify(folder)
        self.folder = folder
        self._threads = threads or os.cpu_count() or 1
        self._tokenizer, self._max_tokens = load_tokenizer(folder)
        if not self._max_tokens:
            raise ModelError(folder / TOKENIZER, ModelFault.NO_LENGTH)
        self._prompts = _read_prompts(folder / PROMPTS)
        self._fingerprint = fingerprint(
            {
                MODEL: checksums[MODEL],
                TOKENIZER: checksums[TOKENIZER],
                PROMPTS: json.dumps(self._prompts, sort_keys=True),
            }
        )
        self._session = open_session(folder / MODEL)
        self._dimension = int(self._session.get_outputs()[0].shape[1])

    @property
    def fingerprint(self) -> str:
        """Hexadecimal identity of weights, tokenizer and prompts."""
        return self._fingerprint

    @property
    def dimension(self) -> int:
        """Width of a vector."""
        return self._dimension

    @property
    def max_tokens(self) -> int:
        """Number of tokens after which a text is cut."""
        return self._max_tokens

    def encode_passages(
        self, texts: Sequence[str], progress: Progress | None = None
    ) -> NDArray[np.float32]:
        """Encode texts that are searched: float32, (len(texts), dimension), unit rows."""
        return self._encode(texts, self._prompts["document"], progress)

    def encode_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode texts that are searched for: float32, (len(texts), dimension), unit rows."""
        return self._encode(texts, self._prompts["query"], None)

    def tokenise(self, text: str) -> list[int]:
        """Token ids of a text that has its prompt already, cut at `max_tokens`."""
        ids = list(self._tokenizer.encode(text).ids)
        return ids if len(ids) <= self._max_tokens else [*ids[: self._max_tokens - 1], ids[-1]]

    def embed(self, ids: Sequence[int]) -> NDArray[np.float32]:
        """Return the vector of one text's token ids: float32, (dimension,), of length 1."""
        inputs = {"input_ids": np.array([ids], dtype=np.int64)}
        vector: NDArray[np.float32] = self._session.run(None, inputs)[0][0]
        return vector

    def _encode(
        self, texts: Sequence[str], prompt: str, progress: Progress | None
    ) -> NDArray[np.float32]:
        vectors = np.empty((len(texts), self._dimension), dtype=np.float32)

        def encode(index: int) -> None:
            vectors[index] = self.embed(self.tokenise(prompt + texts[index]))

        # Long texts first, so that no thread is left alone with one at the end.
        order = sorted(range(len(texts)), key=lambda index: len(texts[index]), reverse=True)
        with ThreadPoolExecutor(self._threads) as pool:
            for start in range(0, len(order), _WAVE):
                for _ in pool.map(encode, order[start : start + _WAVE]):
                    if progress is not None:
                        progress(1)
        return vectors


def _read_prompts(path: Path) -> dict[str, str]:
    try:
        prompts = json.loads(path.read_text(encoding="utf-8"))["prompts"]
    except FileNotFoundError as exc:
        raise ModelError(path, ModelFault.MISSING_FILE) from exc
    return {name: str(prompts[name]) for name in ("query", "document")}
