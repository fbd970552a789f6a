"""Lets `SentenceTransformer` load the bundled encoder.

The class is named in the model's `modules.json`. sentence-transformers 6 imports a class that
is not its own only when told to: `SentenceTransformer(folder, trust_remote_code=True)`.
"""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
import torch
from sentence_transformers.base.modules import InputModule
from torch.nn.utils.rnn import pad_sequence

from index.encoders import model_files
from index.encoders.bundled_encoder import MODEL, BundledEncoder
from index.encoders.tokenizer import FILE as TOKENIZER


class OnnxModule(InputModule):
    """Tokenizer, ONNX network, pooling and normalisation in one module."""

    def __init__(self, folder: str | Path) -> None:
        """Load the model in `folder`; raises ModelError where it is missing or damaged."""
        super().__init__()  # type: ignore[no-untyped-call]
        self.encoder = BundledEncoder(Path(folder))

    @property
    def max_seq_length(self) -> int:
        """Number of tokens after which a text is cut."""
        return self.encoder.max_tokens

    def get_embedding_dimension(self) -> int:
        """Width of a vector."""
        return self.encoder.dimension

    def preprocess(
        self, inputs: Sequence[Any], prompt: str | None = None, **kwargs: Any
    ) -> dict[str, torch.Tensor]:
        """Token ids and their mask: int64, (texts, longest)."""
        ids = [torch.tensor(self.encoder.tokenise((prompt or "") + text)) for text in inputs]
        return {
            "input_ids": pad_sequence(ids, batch_first=True),
            "attention_mask": pad_sequence([torch.ones_like(row) for row in ids], batch_first=True),
        }

    def forward(
        self, features: dict[str, torch.Tensor | Any], **kwargs: Any
    ) -> dict[str, torch.Tensor | Any]:
        """Add `sentence_embedding`: float32, (texts, dimension), unit rows."""
        lengths = features["attention_mask"].sum(dim=1)
        rows = zip(features["input_ids"].cpu(), lengths.tolist(), strict=True)
        vectors = np.stack([self.encoder.embed(ids[:length].tolist()) for ids, length in rows])
        features["sentence_embedding"] = torch.from_numpy(vectors)
        return features

    @classmethod
    def load(cls, model_name_or_path: str, subfolder: str = "", *args: Any, **kwargs: Any) -> Self:
        """Load the module from a local directory."""
        return cls(Path(model_name_or_path) / subfolder)

    def save(self, output_path: str, *args: Any, **kwargs: Any) -> None:
        """Copy the model; sentence-transformers writes the modules and prompts itself."""
        for name in (MODEL, TOKENIZER):
            shutil.copyfile(self.encoder.folder / name, Path(output_path) / name)
        model_files.write(Path(output_path), [MODEL, TOKENIZER])
