"""Fits the confidence to questions whose answers are known, and keeps the fit.

A fit is a JSON file. One for the bundled models ships beside the reader; `baogao eval
--calibrate` writes one for an admin's own reports into the state directory.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, astuple, dataclass, fields, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from corpus.durable.atomic_files import write_file
from corpus.durable.faults import StateError, StateFault
from index.answering.confidence import (
    WITHOUT_READER,
    WORDS,
    Calibration,
    Evidence,
    Thresholds,
)
from index.errors import BadCalibration, TooFewQuestions
from index.readers import NONE, reader_folder

FILE: Final = "calibration.json"
FORMAT: Final = 3

PRECISION: Final = {"strict": 0.95, "balanced": 0.92, "eager": 0.85}
"""The share of what is asserted that has to be right, by the word in the configuration."""

REFUSED: Final = {"strict": 0.06, "balanced": 0.03, "eager": 0.01}
"""The share of answerable questions that may be refused, neither asserted nor shown as unsure."""

LEAST: Final = 10
"""Questions of either kind without which nothing is fitted."""

_RIDGE: Final = 1e-3
_ROUNDS: Final = 100
_NAMES: Final = tuple(f.name for f in fields(Evidence))


@dataclass(frozen=True, slots=True)
class Judged:
    """The evidence of a question, whether what would be quoted is right, and how much it counts.

    `answerable`: the reports answer it, whether or not the right words would be quoted. `open`:
    it hangs on the confidence alone whether it is asserted (`index.answering.decision.Grounds`);
    where it does not, it says nothing about the least confidence that may be.
    """

    evidence: Evidence
    answerable: bool
    right: bool
    weight: float = 1.0
    open: bool = True


def fit(judged: Sequence[Judged], encoder: str, reader: str) -> Calibration:
    """Return the logistic regression of `judged` with its thresholds.

    The figures are brought to one scale and the weights are held small by an L2 penalty, so
    that a separable set has a fit, too (Newton's method; Hastie, Tibshirani, Friedman, "The
    Elements of Statistical Learning", section 4.4.1). Asserted is what is at least as sure as
    the least confidence from which on `PRECISION` of all is right; unsure, what is above the
    confidence below which `REFUSED` of the answerable questions lie.

    Raises:
        TooFewQuestions: there are fewer than ten of either kind.
    """
    right = np.array([each.right for each in judged], np.bool_)
    good, bad = int(right.sum()), int((~right).sum())
    if min(good, bad) < LEAST:
        raise TooFewQuestions(good, bad, LEAST)
    x = np.array([astuple(each.evidence) for each in judged])
    count = np.array([each.weight for each in judged])
    centre, scale = x.mean(axis=0), x.std(axis=0)
    scale[scale < 1e-9] = 1.0
    scaled = np.column_stack([(x - centre) / scale, np.ones(len(x))])
    found = _newton(scaled, right.astype(float), count)
    weights = found[:-1] / scale
    bias = float(found[-1] - weights @ centre)
    fitted = Calibration(tuple(map(float, weights)), bias, {}, encoder, reader, len(judged))
    return _with_thresholds(fitted, judged)


def _newton(
    x: NDArray[np.float64], y: NDArray[np.float64], count: NDArray[np.float64]
) -> NDArray[np.float64]:
    weights = np.zeros(x.shape[1])
    penalty = np.full(x.shape[1], _RIDGE * count.sum())
    penalty[-1] = 1e-9
    for _ in range(_ROUNDS):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        gradient = x.T @ (count * (p - y)) + penalty * weights
        curvature = (x * (count * p * (1 - p))[:, None]).T @ x + np.diag(penalty + 1e-9)
        step = np.linalg.solve(curvature, gradient)
        weights -= step
        if np.abs(step).max() < 1e-9:
            break
    return np.asarray(weights)


def _with_thresholds(fitted: Calibration, judged: Sequence[Judged]) -> Calibration:
    thresholds = {}
    for word in WORDS:
        unsure = _refusing(fitted, judged, REFUSED[word])
        asserted = _precise(fitted, judged, PRECISION[word])
        thresholds[word] = Thresholds(max(asserted, unsure), unsure)
    return replace(fitted, thresholds=thresholds)


def _precise(fitted: Calibration, judged: Sequence[Judged], share: float) -> float:
    """Return the least confidence from which on `share` of all questions is right, else 1."""
    rated = sorted(
        ((fitted.confidence(j.evidence), j) for j in judged if j.open), key=lambda r: -r[0]
    )
    total = right = 0.0
    least = 1.0
    for confidence, each in rated:
        total += each.weight
        right += each.weight * each.right
        if right >= share * total:
            least = _rounded_down(confidence)
    return least


def _refusing(fitted: Calibration, judged: Sequence[Judged], share: float) -> float:
    """Return the confidence below which `share` of the answerable questions lies."""
    rated = sorted((fitted.confidence(j.evidence), j.weight) for j in judged if j.answerable)
    total = sum(weight for _, weight in rated)
    below = 0.0
    for confidence, weight in rated:
        below += weight
        if below > share * total:
            return _rounded_down(confidence)
    return 0.0


def _rounded_down(confidence: float) -> float:
    """Return a threshold at which the question of that confidence is still within."""
    return math.floor(confidence * 1e4) / 1e4


def save(calibration: Calibration, path: Path) -> None:
    """Write a calibration; what was there is replaced at once or not at all."""
    content = asdict(calibration) | {
        "format": FORMAT,
        "weights": dict(zip(_NAMES, calibration.weights, strict=True)),
    }
    write_file(path, (json.dumps(content, indent=2, sort_keys=True) + "\n").encode())


def shipped(model: str) -> Calibration:
    """Return the calibration that came with the reader that `model` names in the configuration.

    Raises:
        BadCalibration: there is none, or it is damaged.
    """
    if model == NONE:
        return WITHOUT_READER
    path = reader_folder(model) / FILE
    try:
        return _parsed(path, json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, RecursionError) as exc:
        raise BadCalibration(path, "it cannot be read as JSON") from exc


def load(path: Path, encoder: str, reader: str) -> Calibration | None:
    """Read a calibration; None where there is none, or it belongs to other models or evidence.

    Raises:
        BadCalibration: the file is not one.
        StateError: it cannot be reached.
    """
    try:
        raw = json.loads(path.read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as exc:
        raise StateError(path, StateFault.of(exc)) from exc
    except (ValueError, RecursionError) as exc:
        raise BadCalibration(path, "it cannot be read as JSON") from exc
    if isinstance(raw, dict) and raw.get("format") in range(1, FORMAT):
        return None
    found = _parsed(path, raw)
    return found if (found.encoder, found.reader) == (encoder, reader) else None


def _parsed(path: Path, raw: Any) -> Calibration:
    try:
        if raw["format"] != FORMAT:
            raise BadCalibration(path, f"its format is {raw['format']!r}, not {FORMAT}")
        weights = tuple(_number(raw["weights"][name]) for name in _NAMES)
        thresholds = {word: _thresholds(raw["thresholds"][word]) for word in WORDS}
        bias, questions = _number(raw["bias"]), int(_number(raw["questions"]))
        encoder, reader = str(raw["encoder"]), str(raw["reader"])
    except (KeyError, TypeError, ValueError, IndexError) as exc:
        raise BadCalibration(path, f"{exc} is missing or wrong") from exc
    levels = [thresholds[word] for word in ("eager", "balanced", "strict")]
    asserted, unsure = [t.answered for t in levels], [t.unsure for t in levels]
    if not unsure[0] >= 0 or asserted[-1] > 1 or any(t.unsure > t.answered for t in levels):
        raise BadCalibration(path, "its thresholds are out of range")
    if asserted != sorted(asserted) or unsure != sorted(unsure):
        raise BadCalibration(path, "its thresholds are not in order")
    return Calibration(weights, bias, thresholds, encoder, reader, questions)


def _thresholds(raw: Any) -> Thresholds:
    return Thresholds(_number(raw["answered"]), _number(raw["unsure"]))


def _number(raw: Any) -> float:
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not math.isfinite(raw):
        raise ValueError(f"{raw!r}")
    return float(raw)
