from __future__ import annotations

import json
import random
from dataclasses import fields, replace
from pathlib import Path

import pytest

from index.answering.confidence import WITHOUT_READER, Calibration, Evidence
from index.errors import BadCalibration, TooFewQuestions
from index.evaluation.calibration import (
    FILE,
    PRECISION,
    REFUSED,
    Judged,
    fit,
    load,
    save,
    shipped,
)


def evidence(*, cosine: float, margin: float) -> Evidence:
    """Evidence that says nothing beside cosine and margin."""
    return Evidence(
        cosine=cosine,
        coverage=0.5,
        lead=0.1,
        sentence=0.0,
        margin=margin,
        passage=0.0,
        best=0.0,
        in_section=1.0,
        typed=0.0,
    )


def questions(count: int = 400, apart: float = 4.0, seed: int = 1) -> list[Judged]:
    """Questions whose reader's margin says most about them, the cosine a little."""
    rng = random.Random(seed)
    found = []
    for number in range(count):
        good = number % 2 == 0
        margin = rng.gauss(apart / 2 if good else -apart / 2, 2)
        cosine = rng.gauss(0.86 if good else 0.84, 0.02)
        found.append(Judged(evidence(cosine=cosine, margin=margin), good, good))
    return found


def test_the_confidence_is_the_share_of_answerable_questions() -> None:
    fitted = fit(questions(4000), "e", "r")
    fresh = questions(4000, seed=2)
    for low, high in ((0.2, 0.4), (0.4, 0.6), (0.6, 0.8)):
        group = [q for q in fresh if low <= fitted.confidence(q.evidence) < high]
        share = sum(q.answerable for q in group) / len(group)
        assert low - 0.05 <= share <= high + 0.05


def test_evidence_that_says_nothing_gets_no_weight() -> None:
    fitted = fit(questions(), "e", "r")
    weights = dict(zip((f.name for f in fields(Evidence)), fitted.weights, strict=True))
    assert weights.pop("margin") > 0
    assert weights.pop("cosine") > 0
    assert list(weights.values()) == pytest.approx([0] * len(weights), abs=1e-9)


def test_a_threshold_refuses_at_most_its_share_of_answerable_questions() -> None:
    judged = questions(2000)
    fitted = fit(judged, "e", "r")
    sure = [fitted.confidence(q.evidence) for q in judged if q.answerable]
    for word, share in REFUSED.items():
        refused = sum(c < fitted.thresholds[word].unsure for c in sure) / len(sure)
        assert share - 0.003 <= refused <= share
    least = [fitted.thresholds[word] for word in ("eager", "balanced", "strict")]
    assert least == sorted(least, key=lambda t: (t.answered, t.unsure))
    assert fitted.thresholds_for(0.3).answered == 0.3
    assert fitted.thresholds_for(0.3).unsure < 0.3


@pytest.mark.parametrize("word", list(PRECISION))
def test_what_is_asserted_is_right_in_its_share_and_as_much_as_can_be(word: str) -> None:
    judged = questions(4000)
    fitted = fit(judged, "e", "r")
    least = fitted.thresholds[word]
    assert least.unsure <= least.answered
    asserted = [q.right for q in judged if fitted.confidence(q.evidence) >= least.answered]
    assert sum(asserted) >= PRECISION[word] * len(asserted)
    more = [q.right for q in judged if fitted.confidence(q.evidence) >= least.answered - 0.1]
    assert least.answered == least.unsure or sum(more) < PRECISION[word] * len(more)


def test_questions_that_count_more_move_the_threshold() -> None:
    light = questions(400)
    heavy = [
        Judged(q.evidence, q.answerable, q.right, 100.0 if q.evidence.margin < 0 else 1.0)
        for q in light
    ]
    assert (
        fit(heavy, "e", "r").thresholds["strict"].unsure
        < fit(light, "e", "r").thresholds["strict"].unsure
    )


def test_a_set_that_falls_apart_cleanly_has_a_fit() -> None:
    fitted = fit(questions(60, apart=200.0), "e", "r")
    assert all(abs(weight) < 1e6 for weight in fitted.weights)
    assert fitted.thresholds["balanced"].unsure > 0.5


@pytest.mark.parametrize("count", [0, 8, 18])
def test_too_few_questions_are_an_error_that_counts_them(count: int) -> None:
    with pytest.raises(TooFewQuestions) as caught:
        fit(questions(count), "e", "r")
    assert caught.value.answerable == caught.value.unanswerable == count // 2


def test_what_is_saved_is_loaded_for_the_same_models_only(tmp_path: Path) -> None:
    fitted = fit(questions(), "encoder", "reader")
    save(fitted, tmp_path / FILE)
    assert load(tmp_path / FILE, "encoder", "reader") == fitted
    assert load(tmp_path / FILE, "another", "reader") is None
    assert load(tmp_path / FILE, "encoder", "another") is None
    assert load(tmp_path / "missing.json", "encoder", "reader") is None


def test_a_calibration_of_an_older_format_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / FILE
    save(fit(questions(), "e", "r"), path)
    old = json.loads(path.read_text("utf-8")) | {"format": 1, "weights": {"surest": 1.0}}
    path.write_text(json.dumps(old), "utf-8")
    assert load(path, "e", "r") is None


def level(answered: float, unsure: float | None = None) -> dict[str, float]:
    return {"answered": answered, "unsure": answered if unsure is None else unsure}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("format", 4),
        ("bias", "high"),
        ("bias", None),
        ("weights", {"cosine": 1}),
        ("weights", [1, 2, 3, 4, 5]),
        ("thresholds", {"strict": level(0.1), "balanced": level(0.5), "eager": level(0.9)}),
        ("thresholds", {"strict": level(0.5), "balanced": level(0.5, 0.6), "eager": level(0.1)}),
        ("thresholds", {"strict": 0.5, "balanced": 0.4, "eager": 0.3}),
        ("thresholds", {"strict": level(2), "balanced": level(0.5), "eager": level(0.1)}),
        ("questions", True),
    ],
)
def test_a_calibration_that_is_none_is_refused_with_its_path(
    tmp_path: Path, key: str, value: object
) -> None:
    path = tmp_path / FILE
    save(fit(questions(), "e", "r"), path)
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | {key: value}), "utf-8")
    with pytest.raises(BadCalibration) as caught:
        load(path, "e", "r")
    assert caught.value.path == path


@pytest.mark.parametrize("text", ["", "{", "[]", "3", "\0", "null"])
def test_a_damaged_file_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text, "utf-8")
    with pytest.raises(BadCalibration):
        load(tmp_path / FILE, "e", "r")


def test_without_a_reader_the_calibration_is_the_one_of_the_search() -> None:
    assert shipped("none") is WITHOUT_READER


def test_a_readers_folder_without_a_calibration_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadCalibration):
        shipped(str(tmp_path))


def test_no_evidence_is_beyond_the_scale() -> None:
    steep = Calibration((1e9, *(0.0,) * 8), 0.0, {})
    assert steep.confidence(evidence(cosine=1, margin=0)) == pytest.approx(1)
    assert steep.confidence(evidence(cosine=-1, margin=0)) == pytest.approx(0)


def test_what_is_not_asserted_whatever_its_confidence_does_not_raise_the_threshold() -> None:
    judged = questions()
    wrong = [replace(each, right=False) for each in judged if each.right][:40]
    counted = fit([*judged, *wrong], "e", "r")
    apart = fit([*judged, *(replace(each, open=False) for each in wrong)], "e", "r")
    assert apart.weights == counted.weights
    assert apart.thresholds["strict"].answered < counted.thresholds["strict"].answered
    assert apart.thresholds["strict"].unsure == counted.thresholds["strict"].unsure
