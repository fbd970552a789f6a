"""Scores of tokens → the span that answers best, and a score for each sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.readers.reader import Reading, SentenceScore
from index.readers.windows import Window

LONGEST_ANSWER: Final = 48
"""Tokens of the longest span; a Chinese token is one and a half characters on average."""

START, END, EVIDENCE = range(3)
"""The columns of a reader's scores; one that was trained on spans only has no third."""

Scores = NDArray[np.float32]


def read_window(window: Window, scores: Scores, places: Sequence[tuple[int, int]]) -> Reading:
    """Return what a window says about the sentences of its passage that stand in it.

    A sentence's score is the mean of its tokens' evidence. Where `scores` has no third column it
    is the margin of the best span inside the sentence, and the evidence of the window is the
    margin of its best span.

    Args:
        window: What was read.
        scores: float32, (tokens, 2 or 3): the logits of `START`, `END` and `EVIDENCE`.
        places: [start, end) character offsets of the passage's sentences, in their order.
    """
    reading = best_span(window, scores[:, START], scores[:, END])
    learnt = scores.shape[1] > EVIDENCE
    found = []
    for place, low, high in tokens_of(window, places):
        first, last, best = _best_pair(scores[low:high])
        offsets = window.offsets[low - window.text_start : high - window.text_start]
        span = max(offsets[first][0], place[0]), min(offsets[last][1], place[1])
        margin = best - reading.nothing
        score = float(scores[low:high, EVIDENCE].mean()) if learnt else margin
        found.append(SentenceScore(*place, score, span, margin))
    evidence = float(scores[0, EVIDENCE]) if learnt else reading.margin
    return replace(reading, sentences=tuple(found), evidence=evidence)


def joined(windows: Sequence[Reading]) -> Reading:
    """Return the reading of a passage from those of its windows, at least one.

    The best span of all; a sentence that stands in two windows takes its highest score.
    """
    best = max(windows, key=lambda reading: reading.margin)
    scores: dict[tuple[int, int], SentenceScore] = {}
    for each in (each for reading in windows for each in reading.sentences):
        place = each.start, each.end
        if place not in scores or each.score > scores[place].score:
            scores[place] = each
    found = tuple(scores[place] for place in sorted(scores))
    return replace(best, sentences=found, evidence=max(reading.evidence for reading in windows))


def best_span(window: Window, starts: Scores, ends: Scores) -> Reading:
    """Return the best span of a window; its sentences are not scored.

    Args:
        window: What was read.
        starts: float32, (tokens,), logits of the answer's first token.
        ends: float32, (tokens,), logits of its last.
    """
    nothing = float(starts[0] + ends[0])
    low, high = window.text_start, window.text_start + len(window.offsets)
    if low == high:
        return Reading(0, 0, -np.inf, nothing)
    pairs = _pairs(starts[low:high], ends[low:high])
    first, last = np.unravel_index(np.argmax(pairs), pairs.shape)
    start, end = window.offsets[int(first)][0], window.offsets[int(last)][1]
    return Reading(start, end, float(pairs[first, last]), nothing)


def _pairs(starts: Scores, ends: Scores) -> Scores:
    """Logits of the spans from each token to each: (tokens, tokens), -inf where there is none."""
    pairs = starts[:, None] + ends[None, :]
    band = np.triu(np.ones(pairs.shape, np.bool_)) & ~np.triu(
        np.ones(pairs.shape, np.bool_), LONGEST_ANSWER
    )
    return np.where(band, pairs, np.float32(-np.inf))


def _best_pair(scores: Scores) -> tuple[int, int, float]:
    """Return the first and the last token of the best span, and its logit."""
    pairs = _pairs(scores[:, START], scores[:, END])
    first, last = np.unravel_index(np.argmax(pairs), pairs.shape)
    return int(first), int(last), float(pairs[first, last])


def tokens_of(
    window: Window, places: Sequence[tuple[int, int]]
) -> Iterator[tuple[tuple[int, int], int, int]]:
    """Yield the sentences that stand in a window with the [first, last) of their tokens."""
    for start, end in places:
        inside = [i for i, (a, b) in enumerate(window.offsets) if a < end and start < b]
        if inside:
            yield (start, end), window.text_start + inside[0], window.text_start + inside[-1] + 1
