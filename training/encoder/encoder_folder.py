"""Writes the bundled encoder: a sentence-transformers directory with int8 ONNX weights."""

import json
import shutil
from pathlib import Path
from typing import Any, Final

from tokenizers import Tokenizer

from index.encoders import model_files
from training.onnx.bert_graph import read_bert, sentence_model
from training.onnx.quantise import LARGEST_MODEL

CARD: Final = Path(__file__).parent / "card"
MODULE: Final = "index.encoders.st_module.OnnxModule"


def write_encoder(checkpoint: Path, folder: Path) -> None:
    """Quantise the fp32 sentence-transformers directory `checkpoint` into `folder`.

    The same checkpoint gives the same bytes. What was in `folder` before is removed.

    Raises:
        ValueError: The checkpoint is not a BERT with mean pooling, or too large.
    """
    _check_pooling(checkpoint)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    bert = read_bert(checkpoint)
    weights = sentence_model(bert).SerializeToString(deterministic=True)
    if len(weights) > LARGEST_MODEL:
        raise ValueError(f"model.onnx would take {len(weights)} bytes, more than {LARGEST_MODEL}")
    (folder / "model.onnx").write_bytes(weights)
    _write_tokenizer(checkpoint, folder, bert.positions)
    _write_json(folder / "modules.json", [{"idx": 0, "name": "0", "path": "", "type": MODULE}])
    _write_prompts(checkpoint, folder)
    for name in ("LICENSE", "README.md"):
        shutil.copyfile(CARD / name, folder / name)
    model_files.write(folder, [path.name for path in folder.iterdir()])


def _check_pooling(checkpoint: Path) -> None:
    config = json.loads((checkpoint / "1_Pooling" / "config.json").read_text(encoding="utf-8"))
    if config.get("pooling_mode") != "mean" and not config.get("pooling_mode_mean_tokens"):
        raise ValueError(f"{checkpoint}: only mean pooling is exported")


def _write_tokenizer(checkpoint: Path, folder: Path, positions: int) -> None:
    tokenizer = Tokenizer.from_file(str(checkpoint / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(positions)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)


def _write_prompts(checkpoint: Path, folder: Path) -> None:
    name = "config_sentence_transformers.json"
    config = json.loads((checkpoint / name).read_text(encoding="utf-8"))
    kept = {
        "model_type": "SentenceTransformer",
        "prompts": config["prompts"],
        "default_prompt_name": None,
        "similarity_fn_name": "cosine",
    }
    _write_json(folder / name, kept)


def _write_json(path: Path, content: Any) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
