"""Gives the bundled reader back as a checkpoint to train on, or to take layers from.

    python -m training.reader.reader_checkpoint OUT --base CHECKPOINT [--reader DIR]

Its fp32 weights are not kept: these are the int8 ones, multiplied out; quantised again, they are
the same. CHECKPOINT is the fp32 directory of the encoder (`training.encoder.build_encoder
--checkpoint`), whose configuration and tokenizer the reader shares. DIR is another reader than
the bundled one, if that is wanted, as `training.reader.build_reader` exports it.
"""

import argparse
import json
import shutil
from pathlib import Path
from typing import Final

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import numpy_helper
from safetensors.numpy import save_file

BUNDLED: Final = Path(__file__).parents[2] / "index" / "models" / "reader"

Weights = dict[str, NDArray[np.float32]]


def main() -> None:
    """Write the checkpoint as the command line says."""
    parser = argparse.ArgumentParser(description="Multiply the bundled reader out to fp32.")
    parser.add_argument("out", type=Path)
    parser.add_argument("--base", type=Path, required=True, metavar="CHECKPOINT")
    parser.add_argument("--reader", type=Path, default=BUNDLED, metavar="DIR")
    options = parser.parse_args()
    write_reader_checkpoint(options.reader, options.base, options.out)
    print(f"wrote {options.out}")


def write_reader_checkpoint(reader: Path, base: Path, out: Path) -> None:
    """Write the int8 model in `reader` to `out` in float32, with what `base` has beside weights."""
    out.mkdir(parents=True, exist_ok=True)
    config = json.loads((base / "config.json").read_text(encoding="utf-8"))
    weights = reader_weights(onnx.load(reader / "model.onnx"), config["hidden_size"])
    layers = {name.split(".")[3] for name in weights if name.startswith("bert.encoder.layer.")}
    config |= {"architectures": ["BertForQuestionAnswering"], "num_hidden_layers": len(layers)}
    (out / "config.json").write_text(json.dumps(config, indent=2), encoding="utf-8")
    save_file(weights, out / "model.safetensors")
    shutil.copyfile(base / "tokenizer.json", out / "tokenizer.json")


def reader_weights(model: onnx.ModelProto, hidden: int) -> Weights:
    """Return the weights of a model of `training.reader.reader_folder`, by transformers' names.

    Args:
        model: The ONNX model.
        hidden: Width of a token's vector.
    """
    stored = {item.name: numpy_helper.to_array(item) for item in model.graph.initializer}
    found: Weights = {
        "bert.embeddings.word_embeddings.weight": _multiplied(stored, "words"),
        "bert.embeddings.position_embeddings.weight": stored["positions"],
        "bert.embeddings.token_type_embeddings.weight": np.zeros((2, hidden), np.float32),
        "qa_outputs.weight": stored["qa_outputs.weight"].T,
        "qa_outputs.bias": stored["qa_outputs.bias"],
    }
    for name, values in stored.items():
        if name.endswith(".int8") and name != "words.int8":
            found |= _linear(stored, name.removesuffix(".int8"))
        elif "LayerNorm" in name:
            found[f"bert.{name}"] = values
    return {name: np.ascontiguousarray(weight) for name, weight in found.items()}


def _linear(stored: dict[str, NDArray[np.float32]], name: str) -> Weights:
    weight, bias = _multiplied(stored, name).T, stored[f"{name}.bias"]
    if not name.endswith(".attention"):
        return {f"bert.{name}.weight": weight, f"bert.{name}.bias": bias}
    found: Weights = {}
    parts = zip(np.split(weight, 3), np.split(bias, 3), strict=True)
    for kind, (part_weight, part_bias) in zip(("query", "key", "value"), parts, strict=True):
        found[f"bert.{name}.self.{kind}.weight"] = part_weight
        found[f"bert.{name}.self.{kind}.bias"] = part_bias
    return found


def _multiplied(stored: dict[str, NDArray[np.float32]], name: str) -> NDArray[np.float32]:
    product: NDArray[np.float32] = stored[f"{name}.int8"].astype(np.float32)
    product *= stored[f"{name}.scales"]
    return product


if __name__ == "__main__":
    main()
