"""The trained reader in float32 on PyTorch, to hold the int8 one against."""

from collections.abc import Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer

from corpus.report import Passage
from corpus.text.sentences import sentences
from index.lexical.folding import fold
from index.readers import Reading, heading
from index.readers.spans import joined, read_window
from index.readers.windows import Layout, Window
from training.reader import reader_model


class TorchReader:
    """Reads with the weights of a checkpoint; see `index.readers.reader.Reader`."""

    fingerprint = "float32"

    def __init__(self, checkpoint: Path, tokenizer: Path) -> None:
        """Load the checkpoint, and the tokenizer file of the encoder that it was made from."""
        whole = Tokenizer.from_file(str(tokenizer))
        whole.no_truncation()
        self._layout = Layout(whole)
        self._model = reader_model.load_model(checkpoint).eval()

    def read(
        self, question: str, passages: Sequence[Passage], beside: Sequence[str] = ()
    ) -> list[Reading]:
        """Read every passage for itself."""
        found = []
        for passage in passages:
            text = fold(passage.text)
            windows = self._layout.windows(fold(question), heading(passage), text, beside)
            places = sentences(passage.text)
            found.append(joined([self._read(window, places) for window in windows]))
        return found

    def _read(self, window: Window, places: Sequence[tuple[int, int]]) -> Reading:
        with torch.inference_mode():
            output = self._model.bert(input_ids=torch.tensor([window.ids]))
            scores = self._model.qa_outputs(output.last_hidden_state)[0]
        return read_window(window, scores.numpy(), places)
