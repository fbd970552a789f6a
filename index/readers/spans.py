"""Scores of tokens → the span that answers best."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.readers.reader import Reading
from index.readers.windows import Window

LONGEST_ANSWER: Final = 48
"""Tokens of the longest span; a Chinese token is one and a half characters on average."""


def best_span(window: Window, starts: NDArray[np.float32], ends: NDArray[np.float32]) -> Reading:
    """Return the best span of a window.

    Args:
        window: What was read.
        starts: float32, (tokens,), logits of the answer's first token.
        ends: float32, (tokens,), logits of its last.
    """
    nothing = float(starts[0] + ends[0])
    low, high = window.text_start, window.text_start + len(window.offsets)
    if low == high:
        return Reading(0, 0, -np.inf, nothing)
    pairs = starts[low:high, None] + ends[None, low:high]
    band = np.triu(np.ones(pairs.shape, np.bool_)) & ~np.triu(
        np.ones(pairs.shape, np.bool_), LONGEST_ANSWER
    )
    first, last = np.unravel_index(np.argmax(np.where(band, pairs, -np.inf)), pairs.shape)
    start, end = window.offsets[int(first)][0], window.offsets[int(last)][1]
    return Reading(start, end, float(pairs[first, last]), nothing)
