"""The ONNX graph of a BERT encoder, from an ordinary fp32 directory.

Written out by hand rather than traced from PyTorch: the same weights give the same bytes, no
PyTorch is needed, and the operators are the ones that measured fastest in onnxruntime 1.31
(`Add` and `LayerNormalization` rather than `SkipLayerNormalization`, which is several times
slower on a CPU). The graph has no attention mask: all texts of one call must have the same
number of tokens. The range of a quantised activation spans the whole call, so texts are
encoded one at a time anyway, lest a vector depend on its neighbours.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import onnx
from numpy.typing import NDArray
from safetensors.numpy import load_file

from training.onnx.onnx_graph import MICROSOFT, Graph
from training.onnx.quantise import linear, lookup, token_scaled_linear

SENTENCE_OUTPUT: Final = "sentence_embedding"


@dataclass(frozen=True, slots=True)
class Bert:
    """A BERT encoder's weights.

    Attributes:
        weights: float32 arrays by their names in transformers' `BertModel`.
        layers: Number of transformer layers.
        heads: Attention heads in a whole layer.
        hidden: Width of a token's vector.
        positions: Longest input in tokens.
        epsilon: Added to the variance in every layer norm.
    """

    weights: dict[str, NDArray[np.float32]]
    layers: int
    heads: int
    hidden: int
    positions: int
    epsilon: float


def read_bert(folder: Path, prefix: str = "") -> Bert:
    """Read `config.json` and `model.safetensors`.

    Args:
        folder: A directory as transformers or sentence-transformers saves it.
        prefix: What stands before the names of the encoder's weights, as "bert." in a model
            with a head.

    Raises:
        ValueError: The model is not a BERT encoder of the ordinary kind.
    """
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    kind = (config["model_type"], config["hidden_act"])
    if kind != ("bert", "gelu"):
        raise ValueError(f"{folder}: only BERT with GELU is exported, this is {kind}")
    weights = {
        name.removeprefix(prefix): np.asarray(values, dtype=np.float32)
        for name, values in load_file(folder / "model.safetensors").items()
        if name.startswith(prefix)
    }
    return Bert(
        weights,
        layers=config["num_hidden_layers"],
        heads=config["num_attention_heads"],
        hidden=config["hidden_size"],
        positions=config["max_position_embeddings"],
        epsilon=config["layer_norm_eps"],
    )


def sentence_model(bert: Bert) -> onnx.ModelProto:
    """Build the model of a sentence encoder: mean over the tokens, brought to length 1.

    Its output `sentence_embedding` is float32, (texts, hidden).
    """
    graph = Graph()
    tokens = token_vectors(graph, bert)
    mean = graph.add("ReduceMean", tokens, graph.integers(1), keepdims=0)
    unit = graph.add("LpNormalization", mean, axis=-1, p=2)
    return graph.model("encoder", {graph.rename(unit, SENTENCE_OUTPUT): (bert.hidden,)})


def token_vectors(graph: Graph, bert: Bert) -> str:
    """Add the whole encoder and return the value that is float32, (texts, tokens, hidden)."""
    value = _embeddings(graph, bert)
    for layer in range(bert.layers):
        name = f"encoder.layer.{layer}"
        value = _attention(graph, bert, name, value)
        value = _feed_forward(graph, bert, name, value)
    return value


def _embeddings(graph: Graph, bert: Bert) -> str:
    names = "embeddings.{}_embeddings.weight"
    words = lookup(graph, "words", bert.weights[names.format("word")], "input_ids")
    # All tokens are of the first type, so its vector is a part of every position's.
    positions = bert.weights[names.format("position")] + bert.weights[names.format("token_type")][0]
    length = graph.add("Shape", "input_ids", start=1, end=2)
    used = graph.add("Slice", graph.constant("positions", positions), graph.integers(0), length)
    return _norm(graph, bert, "embeddings.LayerNorm", graph.add("Add", words, used))


def _attention(graph: Graph, bert: Bert, name: str, value: str) -> str:
    kinds = [f"{name}.attention.self.{kind}" for kind in ("query", "key", "value")]
    weight = np.concatenate([bert.weights[f"{kind}.weight"] for kind in kinds])
    bias = np.concatenate([bert.weights[f"{kind}.bias"] for kind in kinds])
    joined = linear(graph, f"{name}.attention", value, weight, bias)
    parts = graph.add_many("Split", [joined], 3, axis=-1, num_outputs=3)
    heads = len(weight) // 3 * bert.heads // bert.hidden  # fewer where some were pruned
    mixed = graph.add("MultiHeadAttention", *parts, domain=MICROSOFT, num_heads=heads)
    dense = f"{name}.attention.output.dense"
    out = linear(graph, dense, mixed, **_layer(bert, dense))
    return _norm(graph, bert, f"{name}.attention.output.LayerNorm", graph.add("Add", out, value))


def _feed_forward(graph: Graph, bert: Bert, name: str, value: str) -> str:
    wide = f"{name}.intermediate.dense"
    inner = graph.add("Gelu", linear(graph, wide, value, **_layer(bert, wide)), domain=MICROSOFT)
    narrow = f"{name}.output.dense"
    out = token_scaled_linear(graph, narrow, inner, **_layer(bert, narrow))
    return _norm(graph, bert, f"{name}.output.LayerNorm", graph.add("Add", out, value))


def _layer(bert: Bert, name: str) -> dict[str, NDArray[np.float32]]:
    return {"weight": bert.weights[f"{name}.weight"], "bias": bert.weights[f"{name}.bias"]}


def _norm(graph: Graph, bert: Bert, name: str, value: str) -> str:
    weight, bias = (
        graph.constant(f"{name}.{kind}", bert.weights[f"{name}.{kind}"])
        for kind in ("weight", "bias")
    )
    attributes: dict[str, Any] = {"axis": -1, "epsilon": bert.epsilon}
    return graph.add("LayerNormalization", value, weight, bias, **attributes)
