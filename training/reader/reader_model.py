"""The reader in PyTorch: BERT, and a linear layer that scores starts and ends."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from transformers import BertConfig, BertForQuestionAnswering, BertModel

from training.onnx.quantise import NARROW
from training.processor import multiplies_bfloat16
from training.reader.reader_input import Tokens
from training.reader.reader_pruning import shrink

_PAD = 1
_IMPOSSIBLE = -1e4
_SMALLEST = 1e-12

TEMPERATURE: Final = 2.0
"""How much a teacher's scores are softened."""


def load_model(folder: Path, layers: int | None = None) -> Any:
    """Load a reader, or an encoder that gets a fresh span layer; its embeddings do not learn.

    With `layers`, only so many of its layers are kept, spread evenly from the first to the last
    (Sajjad et al., "On the effect of dropping layers of pre-trained Transformer models", 2023).
    """
    given: dict[str, Any] = {
        "attn_implementation": "sdpa",
        "hidden_dropout_prob": 0.0,
        "attention_probs_dropout_prob": 0.0,
        "local_files_only": True,
    }
    weights = load_file(folder / "model.safetensors")
    if "qa_outputs.weight" in weights:  # a reader, whole or pruned
        model = BertForQuestionAnswering(BertConfig.from_pretrained(folder, **given))
        shrink(model, weights)
        model.load_state_dict(weights)
    else:
        model = BertForQuestionAnswering.from_pretrained(folder, **given)
    model.bert.embeddings.requires_grad_(False)
    have = len(model.bert.encoder.layer)
    if layers is not None and layers < have:
        kept = [round(i * (have - 1) / max(1, layers - 1)) for i in range(layers)]
        model.bert.encoder.layer = nn.ModuleList(model.bert.encoder.layer[i] for i in kept)
        model.config.num_hidden_layers = layers
    return model


def share_layers(model: Any, encoder: Path, count: int) -> None:
    """Give `model` the lowest `count` layers of the encoder in `encoder`; they do not learn."""
    lowest = BertModel.from_pretrained(encoder, local_files_only=True).encoder.layer[:count]
    for layer, shared in zip(model.bert.encoder.layer, lowest, strict=False):
        layer.load_state_dict(shared.state_dict())
        layer.requires_grad_(False)


def batch(examples: Sequence[Tokens]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Pad examples.

    Returns:
        ids: int64, (examples, tokens).
        attended: bool, (examples, tokens).
        allowed: bool, (examples, tokens), where a span may start or end; the first is "none".
        targets: int64, (examples, 2), first and last token of the answer.
    """
    longest = max(len(example.ids) for example in examples)
    shape = (len(examples), longest)
    ids = torch.full(shape, _PAD)
    attended = torch.zeros(shape, dtype=torch.bool)
    allowed = torch.zeros(shape, dtype=torch.bool)
    for row, example in enumerate(examples):
        length = len(example.ids)
        ids[row, :length] = torch.tensor(example.ids)
        attended[row, :length] = True
        allowed[row, 0] = True
        allowed[row, example.text_start : length - 1] = True
    targets = torch.tensor([(example.first, example.last) for example in examples])
    return ids, attended, allowed, targets


def logits(model: Any, ids: Tensor, attended: Tensor, allowed: Tensor) -> Tensor:
    """Scores of starts and ends: float32, (examples, tokens, 2)."""
    return outputs(model, ids, attended, allowed)[0]


def outputs(
    model: Any, ids: Tensor, attended: Tensor, allowed: Tensor
) -> tuple[Tensor, tuple[Tensor, ...]]:
    """Scores as `logits` gives them, and what each layer makes: (examples, tokens, hidden)."""
    with torch.autocast(ids.device.type, torch.bfloat16, enabled=multiplies_bfloat16()):
        found = model.bert(ids, attention_mask=attended.long(), output_hidden_states=True)
    scores: Tensor = model.qa_outputs(found.last_hidden_state.float())
    return scores.masked_fill(~allowed.unsqueeze(-1), _IMPOSSIBLE), tuple(
        layer.float() for layer in found.hidden_states[1:]
    )


@contextmanager
def rounded(model: Any) -> Iterator[None]:
    """Give the weights of `model` the values that they will have in int8, for a while.

    Gradients that are found meanwhile are taken for those of the exact weights ("straight-through",
    Bengio et al., arXiv:1308.3432), so a model learns to do with rounded ones.
    """
    exact = [
        (weight, weight.data)
        for layer in model.bert.encoder.layer
        for weight in layer.parameters()
        if weight.ndim > 1
    ]
    for weight, values in exact:
        scales = values.abs().amax(dim=1, keepdim=True).clamp_min(_SMALLEST) / NARROW
        weight.data = torch.round(values / scales) * scales
    try:
        yield
    finally:
        for weight, values in exact:
            weight.data = values


def loss(scores: Tensor, targets: Tensor) -> Tensor:
    """Return the mean cross-entropy of starts and ends."""
    both = nn.functional.cross_entropy(scores.transpose(1, 2)[:, 0], targets[:, 0])
    return (both + nn.functional.cross_entropy(scores.transpose(1, 2)[:, 1], targets[:, 1])) / 2


def summed_loss(model: Any, examples: Sequence[Tokens]) -> Tensor:
    """Return the loss of `model` on `examples`, summed over them."""
    ids, attended, allowed, targets = batch(examples)
    return loss(logits(model, ids, attended, allowed), targets) * len(examples)


def distillation(scores: Tensor, taught: Tensor) -> Tensor:
    """Return how far the distributions of starts and ends are from a teacher's; 0 is the same.

    The Kullback-Leibler divergence of both, scores softened by `TEMPERATURE` (Hinton et al.,
    arXiv:1503.02531).
    """
    wanted = nn.functional.log_softmax(taught / TEMPERATURE, dim=1)
    given = nn.functional.log_softmax(scores / TEMPERATURE, dim=1)
    divergence = nn.functional.kl_div(given, wanted, reduction="none", log_target=True)
    return divergence.sum(dim=1).mean() * TEMPERATURE**2


def unlikeness(layers: Sequence[Tensor], taught: Sequence[Tensor], attended: Tensor) -> Tensor:
    """Return how far a student's layers are from its teacher's; 0 is the same, 1 is far.

    The squared error over the teacher's square, its mean over all layers (after Jiao et al.,
    "TinyBERT", arXiv:1909.10351).
    """
    mask = attended.unsqueeze(-1)
    apart = [
        ((layer.float() - other.float()).square() * mask).sum()
        / (other.float().square() * mask).sum()
        for layer, other in zip(layers, taught, strict=True)
    ]
    return torch.stack(apart).mean()
