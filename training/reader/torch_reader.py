"""The trained reader in float32 on PyTorch, to hold the int8 one against."""

from collections.abc import Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer

from corpus.report import Passage
from index.lexical.folding import fold
from index.readers import Reading, heading
from index.readers.spans import best_span
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

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """Read every passage for itself."""
        found = []
        for passage in passages:
            text = fold(passage.text)
            windows = self._layout.windows(fold(question), heading(passage), text)
            readings = [self._read(window) for window in windows]
            found.append(max(readings, key=lambda reading: reading.margin))
        return found

    def _read(self, window: Window) -> Reading:
        with torch.inference_mode():
            output = self._model(input_ids=torch.tensor([window.ids]))
        starts, ends = output.start_logits[0].numpy(), output.end_logits[0].numpy()
        return best_span(window, starts, ends)
