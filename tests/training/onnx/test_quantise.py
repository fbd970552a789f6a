from __future__ import annotations

import numpy as np
import pytest

from index.encoders.onnx_session import open_session
from training.onnx.onnx_graph import Graph
from training.onnx.quantise import NARROW, linear, lookup, quantise, token_scaled_linear


def test_every_channel_is_within_half_a_step_of_its_own_scale() -> None:
    weights = np.random.default_rng(1).normal(size=(64, 8)).astype(np.float32)
    weights *= np.logspace(-3, 3, 8, dtype=np.float32)
    steps, scales = quantise(weights, axis=0)
    assert steps.dtype == np.int8
    assert scales.shape == (1, 8)
    assert (np.abs(steps * scales - weights) <= scales * 0.5001).all()


def test_a_channel_of_zeros_stays_zero() -> None:
    steps, scales = quantise(np.zeros((4, 2), np.float32), axis=0)
    assert not steps.any()
    assert np.isfinite(scales).all()


def test_rows_of_a_table_come_back_by_their_ids() -> None:
    table = np.random.default_rng(2).normal(size=(10, 16)).astype(np.float32)
    graph = Graph()
    value = lookup(graph, "table", table, "input_ids")
    rows = run(graph, graph.add("Squeeze", value, graph.integers(1)), 16, [[3], [7]])
    np.testing.assert_allclose(rows, table[[3, 7]], atol=np.abs(table).max() / 254)


@pytest.mark.parametrize("outlier", [1.0, 1000.0])
def test_an_outlier_in_one_token_leaves_the_others_exact(outlier: float) -> None:
    generator = np.random.default_rng(3)
    table = generator.normal(size=(2, 32)).astype(np.float32)
    table[1] *= outlier
    weight = generator.normal(size=(4, 32)).astype(np.float32)
    bias = generator.normal(size=4).astype(np.float32)
    first = first_token_through_a_layer(table, weight, bias)
    np.testing.assert_allclose(first, table[0] @ weight.T + bias, atol=0.25)


def test_a_token_of_zeros_gives_the_bias() -> None:
    weight, bias = np.ones((4, 32), np.float32), np.arange(4, dtype=np.float32)
    table = np.stack([np.zeros(32, np.float32), np.ones(32, np.float32)])
    np.testing.assert_allclose(first_token_through_a_layer(table, weight, bias), bias, atol=1e-4)


def first_token_through_a_layer(
    table: np.ndarray, weight: np.ndarray, bias: np.ndarray
) -> np.ndarray:
    graph = Graph()
    tokens = lookup(graph, "table", table, "input_ids")
    products = token_scaled_linear(graph, "layer", tokens, weight, bias)
    first = graph.add("Slice", products, graph.integers(0), graph.integers(1), graph.integers(1))
    return run(graph, graph.add("Squeeze", first, graph.integers(1)), 4, [[0, 1]])[0]


def run(
    graph: Graph, value: str, width: int, ids: list[list[int]], *, narrow: bool = False
) -> np.ndarray:
    model = graph.model("test", {graph.rename(value, "out"): (width,)})
    session = open_session(model.SerializeToString(), narrow=narrow)
    return session.run(None, {"input_ids": np.array(ids, np.int64)})[0]


@pytest.mark.parametrize("narrow", [True, False])
def test_products_are_exact_on_every_processor(narrow: bool) -> None:
    """Without VNNI 255 * 127 * 2 does not fit in the 16 bits that two products are added in."""
    table = np.full((2, 32), 255, np.float32)
    weight = np.full((4, 32), 127, np.float32)
    graph = Graph(narrow=narrow)
    tokens = lookup(graph, "table", table, "input_ids")
    products = linear(graph, "layer", tokens, weight, np.zeros(4, np.float32))
    first = graph.add("Slice", products, graph.integers(0), graph.integers(1), graph.integers(1))
    found = run(graph, graph.add("Squeeze", first, graph.integers(1)), 4, [[0, 1]], narrow=True)
    np.testing.assert_allclose(found[0], 255.0 * 127 * 32, rtol=1e-3)


def test_narrow_weights_have_fewer_steps() -> None:
    weights = np.random.default_rng(4).normal(size=(64, 8)).astype(np.float32)
    steps, scales = quantise(weights, axis=0, largest=NARROW)
    assert np.abs(steps).max(axis=0).tolist() == [NARROW] * 8
    assert (np.abs(steps * scales - weights) <= scales * 0.5001).all()
