"""Writes the bundled reader: int8 ONNX weights beside licence, card and checksums."""

import shutil
from pathlib import Path
from typing import Final

import onnx

from index.encoders import model_files
from training.onnx.bert_graph import Bert, read_bert, token_vectors
from training.onnx.onnx_graph import Graph
from training.onnx.quantise import LARGEST_MODEL

CARD: Final = Path(__file__).parent / "card"
SCORES: Final = "scores"
_LAYER: Final = "qa_outputs"


def write_reader(checkpoint: Path, folder: Path) -> None:
    """Quantise the trained reader in `checkpoint` into `folder`, and remove what was there.

    The same checkpoint gives the same bytes. The tokenizer is the bundled encoder's.

    Raises:
        ValueError: The checkpoint is not a BERT with a span layer, or too large.
    """
    weights = reader_model(read_bert(checkpoint)).SerializeToString(deterministic=True)
    if len(weights) > LARGEST_MODEL:
        raise ValueError(f"model.onnx would take {len(weights)} bytes, more than {LARGEST_MODEL}")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "model.onnx").write_bytes(weights)
    for name in ("LICENSE", "README.md"):
        shutil.copyfile(CARD / name, folder / name)
    model_files.write(folder, [path.name for path in folder.iterdir()])


def reader_model(bert: Bert) -> onnx.ModelProto:
    """Build the graph: token ids in, `scores` out: float32, (texts, tokens, 2 or 3).

    The columns are `index.readers.spans.START`, `END` and `EVIDENCE`, the last where the
    checkpoint has it. The layer that scores has few columns and stays in float32. The weights are
    narrow: on processors without VNNI five passages are read in a quarter less time.
    """
    inner = Bert(
        {name.removeprefix("bert."): values for name, values in bert.weights.items()},
        bert.layers,
        bert.heads,
        bert.hidden,
        bert.positions,
        bert.epsilon,
    )
    graph = Graph(narrow=True)
    tokens = token_vectors(graph, inner)
    columns = len(bert.weights[f"{_LAYER}.weight"])
    weight = graph.constant(f"{_LAYER}.weight", bert.weights[f"{_LAYER}.weight"].T)
    bias = graph.constant(f"{_LAYER}.bias", bert.weights[f"{_LAYER}.bias"])
    scores = graph.add("Add", graph.add("MatMul", tokens, weight), bias)
    return graph.model("reader", {graph.rename(scores, SCORES): ("tokens", columns)})
