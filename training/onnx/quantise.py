"""int8 weights, and the operators of onnxruntime that multiply with them.

Weights are quantised once, per output channel, symmetrically: w = scale * q, |q| <= 127, or
64 where the graph is a narrow one.
Activations are quantised while the model runs, to uint8 over the range that they have then
(`DynamicQuantizeMatMul`). That range is one for the whole input, so one outlier coarsens all:
after GELU a single token may reach 30 where the others stay below 2. The layer behind GELU
therefore divides each token by its own maximum first, which raises the cosine to the fp32
vectors from 0.998 to 0.999 and costs 4 % of the speed.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto

from training.onnx.onnx_graph import MICROSOFT, Graph

LARGEST_MODEL: Final = 40_000_000
"""Bytes of a bundled model, at most."""

WIDE: Final = 127
"""Largest weight in steps, of what is stored in int8."""

NARROW: Final = 64
"""Largest weight in steps whose products x86 adds exactly without VNNI, by twos in 16 bits."""

_SMALLEST_MAXIMUM: Final = np.float32(1e-3)


def quantise(
    weights: NDArray[np.float32], axis: int, largest: int = WIDE
) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """int8 weights with one scale for each slice along the other axis.

    Args:
        weights: float32, two-dimensional.
        axis: The axis that shares a scale.
        largest: Largest weight, in steps of its scale.

    Returns:
        int8 of the same shape, and float32 scales with `axis` kept as 1.
    """
    scales = np.abs(weights).max(axis=axis, keepdims=True) / np.float32(largest)
    scales = np.where(scales == 0, np.float32(1), scales).astype(np.float32)
    steps = np.rint(weights / scales).clip(-largest, largest)
    return steps.astype(np.int8), scales


def lookup(graph: Graph, name: str, table: NDArray[np.float32], ids: str) -> str:
    """Rows of an embedding table, stored as int8 with a scale for each row."""
    steps, scales = quantise(table, axis=1)
    rows = graph.add("Gather", graph.constant(f"{name}.int8", steps), ids)
    row_scales = graph.add("Gather", graph.constant(f"{name}.scales", scales), ids)
    return graph.add("Mul", graph.add("Cast", rows, to=TensorProto.FLOAT), row_scales)


def linear(
    graph: Graph, name: str, value: str, weight: NDArray[np.float32], bias: NDArray[np.float32]
) -> str:
    """`value @ weight.T + bias` with int8 weights; weight is (outputs, inputs)."""
    stored = graph.constant(f"{name}.bias", bias)
    return _multiply(graph, name, value, weight, stored)


def token_scaled_linear(
    graph: Graph, name: str, value: str, weight: NDArray[np.float32], bias: NDArray[np.float32]
) -> str:
    """As `linear`, each token divided by its largest value before it is quantised."""
    largest = graph.add("ReduceMax", value, graph.integers(-1), keepdims=1)
    floor = graph.constant(f"{name}.floor", np.array(_SMALLEST_MAXIMUM))
    largest = graph.add("Max", largest, floor)
    product = _multiply(graph, name, graph.add("Div", value, largest), weight)
    stored = graph.constant(f"{name}.bias", bias)
    return graph.add("Add", graph.add("Mul", product, largest), stored)


def _multiply(graph: Graph, name: str, value: str, weight: NDArray[np.float32], *bias: str) -> str:
    largest = NARROW if graph.narrow else WIDE
    steps, scales = quantise(np.ascontiguousarray(weight.T), axis=0, largest=largest)
    stored = graph.constant(f"{name}.int8", steps)
    stored_scales = graph.constant(f"{name}.scales", scales[0])
    no_zero_points = [""] if bias else []
    return graph.add(
        "DynamicQuantizeMatMul",
        value,
        stored,
        stored_scales,
        *no_zero_points,
        *bias,
        domain=MICROSOFT,
    )
