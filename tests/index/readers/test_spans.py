from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from index.readers.reader import Reading, SentenceScore
from index.readers.spans import LONGEST_ANSWER, best_span, joined, read_window
from index.readers.windows import Window

TOKENS = 80
FRONT = 4


@pytest.fixture
def window() -> Window:
    """A passage of 80 tokens of two characters each, behind four other tokens."""
    return Window([7] * (FRONT + TOKENS + 1), FRONT, [(2 * i, 2 * i + 2) for i in range(TOKENS)])


def scores(**peaks: float) -> NDArray[np.float32]:
    """Zero everywhere but at the places named t0, t1, … in the passage, or at `none`."""
    values = np.zeros(FRONT + TOKENS + 1, np.float32)
    for name, value in peaks.items():
        values[0 if name == "none" else FRONT + int(name[1:])] = value
    return values


def test_the_span_is_from_the_best_start_to_the_best_end(window: Window) -> None:
    reading = best_span(window, scores(t3=5, none=1), scores(t6=4, none=2))
    assert (reading.start, reading.end) == (6, 14)
    assert (reading.score, reading.nothing, reading.margin) == (9, 3, 6)


def test_an_end_before_its_start_is_no_span(window: Window) -> None:
    reading = best_span(window, scores(t9=5), scores(t2=4, t10=1))
    assert (reading.start, reading.end) == (18, 22)


def test_a_span_is_no_longer_than_the_longest_answer(window: Window) -> None:
    last = f"t{LONGEST_ANSWER - 1}"
    assert best_span(window, scores(t0=5), scores(**{last: 5})).end == 2 * LONGEST_ANSWER
    beyond = f"t{LONGEST_ANSWER}"
    assert best_span(window, scores(t0=5), scores(**{beyond: 4})).score == 5


def test_tokens_in_front_of_the_passage_and_behind_it_are_no_answer(window: Window) -> None:
    starts, ends = scores(t5=1), scores(t5=1)
    starts[1:FRONT] = ends[1:FRONT] = 50
    starts[-1] = ends[-1] = 50
    assert best_span(window, starts, ends).score == 2


def test_an_empty_passage_never_answers() -> None:
    reading = best_span(
        Window([0, 2, 2, 2], 3, []), np.zeros(4, np.float32), np.zeros(4, np.float32)
    )
    assert reading.margin == -np.inf
    assert (reading.start, reading.end) == (0, 0)


PLACES = [(0, 40), (40, 100), (101, 160)]
"""Sentences of twenty tokens, thirty, and twenty-nine, white space between the last two."""


def test_the_score_of_a_sentence_is_the_mean_evidence_of_its_tokens(window: Window) -> None:
    marked = scores(none=3, t0=20, t25=60, t79=-59)
    three = np.stack([scores(t30=1), scores(t31=1), marked], axis=1)
    reading = read_window(window, three, PLACES)
    assert [(each.start, each.end) for each in reading.sentences] == PLACES
    # The token that straddles the end of a sentence's white space counts for the one it touches.
    assert [each.score for each in reading.sentences] == pytest.approx([1, 2, -59 / 30])
    assert reading.evidence == 3
    assert replace(reading, sentences=(), evidence=0.0) == best_span(
        window, three[:, 0], three[:, 1]
    )


def test_without_evidence_a_sentence_is_worth_its_best_span(window: Window) -> None:
    starts, ends = scores(t3=5, t30=2, none=1), scores(t6=4, t22=9, t31=1)
    reading = read_window(window, np.stack([starts, ends], axis=1), PLACES)
    inside = [
        best_span(Window(window.ids, FRONT + low, window.offsets[low:high]), starts, ends).margin
        for low, high in ((0, 20), (20, 50), (50, 80))
    ]
    assert [each.score for each in reading.sentences] == inside
    assert reading.evidence == reading.margin > max(inside)


def test_a_sentence_in_no_token_of_a_window_is_not_scored_by_it(window: Window) -> None:
    part = Window(window.ids[: FRONT + 21], FRONT, window.offsets[:20])
    three = np.zeros((len(part.ids), 3), np.float32)
    assert [each.start for each in read_window(part, three, PLACES).sentences] == [0]


def test_a_passage_takes_the_best_of_its_windows() -> None:
    first = Reading(0, 2, 5.0, 1.0, (SentenceScore(0, 4, 1.0), SentenceScore(4, 8, -2.0)), -1.0)
    second = Reading(8, 9, 3.0, 1.0, (SentenceScore(4, 8, 2.0), SentenceScore(8, 12, 0.5)), 4.0)
    whole = joined([first, second])
    assert (whole.start, whole.margin, whole.evidence) == (0, 4.0, 4.0)
    assert [(each.start, each.score) for each in whole.sentences] == [(0, 1.0), (4, 2.0), (8, 0.5)]
