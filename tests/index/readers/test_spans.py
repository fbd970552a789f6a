from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from index.readers.spans import LONGEST_ANSWER, best_span
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
