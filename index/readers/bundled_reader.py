"""The bundled reader, on onnxruntime and tokenizers; PyTorch is not needed."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import numpy as np

from corpus.report import Passage
from corpus.text.sentences import sentences
from index.encoders.model_files import fingerprint, verify
from index.encoders.onnx_session import open_session
from index.encoders.tokenizer import load_tokenizer
from index.lexical.folding import fold
from index.readers.reader import Reading, heading
from index.readers.spans import joined, read_window
from index.readers.windows import Layout, Window

MODEL: Final = "model.onnx"


class BundledReader:
    """Runs a directory as `training.reader.build_reader` writes it.

    Passages are read one at a time, several at once on as many threads, for the reasons that
    `index.encoders.bundled_encoder` gives: a reading never depends on its neighbours.

    Safe to use from several threads at once.
    """

    def __init__(self, folder: Path, tokenizer: Path, *, threads: int = 0) -> None:
        """Verify and load the model.

        Args:
            folder: The model's directory.
            tokenizer: The directory with `tokenizer.json`: the reader's own, or the encoder's
                that it was made from.
            threads: Passages read at once; 0 for as many as there are cores.

        Raises:
            ModelError: A file is missing or damaged; the error names it.
        """
        checksums = verify(folder)
        self._fingerprint = fingerprint({MODEL: checksums[MODEL]})
        self._threads = threads or os.cpu_count() or 1
        self._layout = Layout(load_tokenizer(tokenizer)[0])
        self._session = open_session(folder / MODEL, narrow=True)

    @property
    def fingerprint(self) -> str:
        """Hexadecimal identity of the weights."""
        return self._fingerprint

    def read(
        self, question: str, passages: Sequence[Passage], beside: Sequence[str] = ()
    ) -> list[Reading]:
        """Read every passage for itself; see `index.readers.reader.Reader`."""
        asked = fold(question)
        windows = [
            self._layout.windows(asked, heading(passage), fold(passage.text), beside)
            for passage in passages
        ]
        places = [sentences(passage.text) for passage in passages]
        jobs = [(row, window) for row, several in enumerate(windows) for window in several]
        # Long ones first, so that no thread is left alone with one at the end.
        jobs.sort(key=lambda job: len(job[1].ids), reverse=True)
        found: list[list[Reading]] = [[] for _ in passages]
        with ThreadPoolExecutor(min(self._threads, len(jobs)) or 1) as pool:
            readings = pool.map(lambda job: self._read(job[1], places[job[0]]), jobs)
            for (row, _), reading in zip(jobs, readings, strict=True):
                found[row].append(reading)
        return [joined(several) for several in found]

    def _read(self, window: Window, places: Sequence[tuple[int, int]]) -> Reading:
        inputs = {"input_ids": np.array([window.ids], dtype=np.int64)}
        return read_window(window, self._session.run(None, inputs)[0][0], places)
