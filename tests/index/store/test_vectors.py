from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.errors import IndexDamaged
from index.search.retriever import CANDIDATES
from index.store.embedded.vectors import EXACT, VectorIndex

Vectors = NDArray[np.float32]


def unit(rows: Vectors) -> Vectors:
    return (rows / np.linalg.norm(rows, axis=-1, keepdims=True)).astype(np.float32)


@pytest.fixture(scope="module")
def vectors() -> Vectors:
    rng = np.random.default_rng(7)
    centres = rng.standard_normal((40, 48))
    return unit(np.repeat(centres, 50, axis=0) + 0.2 * rng.standard_normal((2000, 48)))


@pytest.fixture(scope="module")
def large(vectors: Vectors, tmp_path_factory: pytest.TempPathFactory) -> VectorIndex:
    """Return what a large index is, small."""
    folder = tmp_path_factory.mktemp("vectors")
    VectorIndex.build(vectors, flat=0).save(folder)
    return VectorIndex.load(folder)


def test_a_small_index_is_exact(vectors: Vectors) -> None:
    index = VectorIndex.build(vectors)
    expected = np.argsort(-(vectors @ vectors[3]), kind="stable")[:10]
    assert index.nearest(vectors[3], 10, None).tolist() == expected.tolist()


def test_a_quantised_index_finds_what_exact_search_finds(
    vectors: Vectors, large: VectorIndex
) -> None:
    assert large.exact is not None
    questions = unit(vectors[::40] + 0.05)
    found = [set(large.nearest(q, CANDIDATES, None)[:10].tolist()) for q in questions]
    right = [set(np.argsort(-(vectors @ q))[:10].tolist()) for q in questions]
    recall = np.mean([len(a & b) / 10 for a, b in zip(found, right, strict=True)])
    assert recall >= 0.98


def test_a_filter_does_not_cost_a_large_index_what_it_finds(
    vectors: Vectors, large: VectorIndex
) -> None:
    rng = np.random.default_rng(3)
    for share in (0.5, 0.1, 0.01):
        allowed = rng.random(len(vectors)) < share
        cosines = np.where(allowed, vectors @ vectors[700], -2)
        right = np.argsort(-cosines)[: min(10, int(allowed.sum()))]
        found = large.nearest(vectors[700], CANDIDATES, allowed)[:10]
        assert len(set(found.tolist()) & set(right.tolist())) >= 0.9 * len(right)
        assert allowed[found].all()


def test_exact_vectors_that_are_cut_short_under_a_running_index_are_noticed(
    vectors: Vectors, tmp_path: Path
) -> None:
    VectorIndex.build(vectors, flat=0).save(tmp_path)
    index = VectorIndex.load(tmp_path)
    whole = index.nearest(vectors[5], 10, None)
    assert whole[0] == 5
    os.truncate(tmp_path / EXACT, 4096)
    with pytest.raises(IndexDamaged):
        index.nearest(vectors[5], 10, None)


def test_a_large_index_is_the_same_each_time_it_is_made(vectors: Vectors) -> None:
    one, two = (VectorIndex.build(vectors, flat=0) for _ in range(2))
    assert one.nearest(vectors[9], 50, None).tolist() == two.nearest(vectors[9], 50, None).tolist()


def test_cosines_of_a_quantised_index_are_exact(vectors: Vectors, large: VectorIndex) -> None:
    rows = np.array([5, 1999, 0])
    np.testing.assert_allclose(
        large.cosines(vectors[9], rows), vectors[rows] @ vectors[9], atol=1e-6
    )


@pytest.mark.parametrize("flat", [0, 10_000])
def test_only_allowed_rows_are_found_however_few(
    vectors: Vectors, large: VectorIndex, flat: int
) -> None:
    allowed = np.zeros(len(vectors), np.bool_)
    allowed[[4, 1500, 1501]] = True
    index = large if flat == 0 else VectorIndex.build(vectors, flat=flat)
    found = index.nearest(vectors[700], 10, allowed)
    assert sorted(found.tolist()) == [4, 1500, 1501]


def test_exact_vectors_of_another_index_are_noticed(vectors: Vectors, tmp_path: Path) -> None:
    VectorIndex.build(vectors, flat=0).save(tmp_path)
    np.save(tmp_path / EXACT, vectors[:-1])
    with pytest.raises(IndexDamaged):
        VectorIndex.load(tmp_path)
    (tmp_path / EXACT).unlink()
    with pytest.raises(IndexDamaged):
        VectorIndex.load(tmp_path)
