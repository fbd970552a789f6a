"""Takes attention heads and neurons out of a reader: those that its answers need least.

How much a head, or a neuron of the wide layer, matters is the mean square of the loss's gradient by
a mask on it, as in Kwon et al., "A Fast Post-Training Pruning Framework for Transformers"
(arXiv:2204.09656). All layers compete: one that does little keeps little. What is left is trained
on beside the whole reader (`training.reader.reader_training`), whose layers it has, one for one.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from training.reader.reader_input import Tokens

HEAD_COST: Final = 88.0
"""Time that a head takes in the int8 graph, with its products, in that of a neuron."""

STEP: Final = 16
"""Neurons are kept in multiples of this, as products of matrices like them."""

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Importance:
    """How much heads and neurons matter, higher is more: float64, (layers, heads or neurons)."""

    heads: Numbers
    neurons: Numbers


@dataclass(frozen=True, slots=True)
class Kept:
    """The heads and neurons that stay, by layer, each in rising order."""

    heads: tuple[tuple[int, ...], ...]
    neurons: tuple[tuple[int, ...], ...]


def importance(
    model: Any, batches: Iterable[Sequence[Tokens]], loss: Callable[[Any, Sequence[Tokens]], Tensor]
) -> Importance:
    """Return how much heads and neurons matter for the examples in `batches`.

    Args:
        model: A reader as `reader_model.load_model` gives it.
        batches: Examples.
        loss: The summed loss of the model on a batch.
    """
    layers = model.bert.encoder.layer
    inputs: dict[tuple[str, int], Tensor] = {}

    def watch(module: nn.Module, key: tuple[str, int]) -> Any:
        def keep(_: nn.Module, given: tuple[Tensor]) -> None:
            given[0].retain_grad()
            inputs[key] = given[0]

        return module.register_forward_pre_hook(keep)

    watched = [watch(layer.attention.output.dense, ("head", i)) for i, layer in enumerate(layers)]
    watched += [watch(layer.output.dense, ("neuron", i)) for i, layer in enumerate(layers)]
    sums: dict[tuple[str, int], Tensor] = {}
    for examples in batches:
        loss(model, examples).backward()  # type: ignore[no-untyped-call]
        for (kind, i), value in inputs.items():
            assert value.grad is not None
            slopes = (value * value.grad).detach().sum(dim=1)
            if kind == "head":
                heads = layers[i].attention.self.num_attention_heads
                slopes = slopes.reshape(len(slopes), heads, -1).sum(dim=2)
            squares = slopes.double().square().sum(dim=0)
            sums[kind, i] = sums.get((kind, i), torch.zeros_like(squares)) + squares
        model.zero_grad()
    for each in watched:
        each.remove()
    by_layer = range(len(layers))
    return Importance(
        np.stack([sums["head", i].numpy() for i in by_layer]),
        np.stack([sums["neuron", i].numpy() for i in by_layer]),
    )


def chosen(found: Importance, share: float) -> Kept:
    """Keep what matters most for its time, up to `share` of the time of all heads and neurons.

    Every layer keeps a head and `STEP` neurons at least.
    """
    worth = np.concatenate([found.heads.ravel() / HEAD_COST, found.neurons.ravel()])
    cost = np.repeat([HEAD_COST, 1.0], [found.heads.size, found.neurons.size])
    best = np.argsort(-worth, kind="stable")
    within = np.zeros(len(worth), dtype=bool)
    within[best] = np.cumsum(cost[best]) <= share * cost.sum()
    heads = within[: found.heads.size].reshape(found.heads.shape).sum(axis=1)
    neurons = within[found.heads.size :].reshape(found.neurons.shape).sum(axis=1)
    rounded = np.maximum(STEP, np.rint(neurons / STEP).astype(int) * STEP)
    return Kept(
        tuple(_first(row, max(1, n)) for row, n in zip(found.heads, heads, strict=True)),
        tuple(_first(row, n) for row, n in zip(found.neurons, rounded, strict=True)),
    )


def _first(row: Numbers, count: int) -> tuple[int, ...]:
    return tuple(sorted(np.argsort(-row, kind="stable")[:count].tolist()))


def prune(model: Any, kept: Kept) -> None:
    """Take everything but `kept` out of a model that is whole."""
    for layer, heads, neurons in zip(
        model.bert.encoder.layer, kept.heads, kept.neurons, strict=True
    ):
        attention = layer.attention
        width = attention.self.attention_head_size
        columns = torch.tensor([h * width + i for h in heads for i in range(width)])
        for name in ("query", "key", "value"):
            setattr(attention.self, name, _part(getattr(attention.self, name), columns, 0))
        attention.output.dense = _part(attention.output.dense, columns, 1)
        rows = torch.tensor(neurons)
        layer.intermediate.dense = _part(layer.intermediate.dense, rows, 0)
        layer.output.dense = _part(layer.output.dense, rows, 1)


def _part(whole: nn.Linear, rows: Tensor, axis: int) -> nn.Linear:
    weight = whole.weight.detach().index_select(axis, rows)
    part = nn.Linear(weight.shape[1], weight.shape[0])
    bias = whole.bias.detach()
    part.weight = nn.Parameter(weight)
    part.bias = nn.Parameter(bias[rows] if axis == 0 else bias.clone())
    return part


def shrink(model: Any, weights: Mapping[str, Tensor]) -> None:
    """Give a whole model the shapes of `weights`, those of a pruned one."""
    heads, neurons = [], []
    for i, layer in enumerate(model.bert.encoder.layer):
        name = f"bert.encoder.layer.{i}."
        width = layer.attention.self.attention_head_size
        columns = weights[name + "attention.output.dense.weight"].shape[1]
        heads.append(tuple(range(columns // width)))
        neurons.append(tuple(range(weights[name + "output.dense.weight"].shape[1])))
    prune(model, Kept(tuple(heads), tuple(neurons)))
