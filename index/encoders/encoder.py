"""What every encoder can do."""

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Progress = Callable[[int], None]


class Encoder(Protocol):
    """Turns text into vectors whose dot product says how near two texts are: higher is nearer.

    Safe to use from several threads at once.
    """

    @property
    def fingerprint(self) -> str:
        """Hexadecimal identity of everything that decides a vector.

        Weights, tokenizer, prompts, pooling. Vectors of two fingerprints must never meet.
        """
        ...

    @property
    def dimension(self) -> int:
        """Width of a vector."""
        ...

    def encode_passages(
        self, texts: Sequence[str], progress: Progress | None = None
    ) -> NDArray[np.float32]:
        """Encode texts that are searched.

        Args:
            texts: Any number of texts; longer ones than the model reads are cut at its limit.
            progress: Called with the number of texts just finished, from the calling thread.

        Returns:
            float32, (len(texts), dimension), unit rows, in the order of `texts`.
        """
        ...

    def encode_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode texts that are searched for; as `encode_passages` otherwise."""
        ...
