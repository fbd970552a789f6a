"""The reader in PyTorch: BERT, and a linear layer that scores starts, ends and evidence."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from transformers import BertConfig, BertForQuestionAnswering, BertModel

from index.readers.spans import EVIDENCE
from training.onnx.quantise import NARROW
from training.processor import multiplies_bfloat16
from training.reader.reader_input import Tokens
from training.reader.reader_pruning import shrink

_PAD = 1
_IMPOSSIBLE = -1e4
_SMALLEST = 1e-12

COLUMNS: Final = 3
"""Scores of a token: start, end, evidence."""

TEMPERATURE: Final = 2.0
"""How much a teacher's scores are softened."""

BELONGING: Final = 4.0
"""Weight of a sentence that belongs to the answer, beside one that does not."""

HOLDING: Final = 0.5
"""Weight of what the first token says about the whole passage, beside its sentences."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Examples, padded.

    Attributes:
        ids: int64, (examples, tokens).
        attended: bool, (examples, tokens).
        allowed: bool, (examples, tokens), where a span may start or end; the first is "none".
        targets: int64, (examples, 2), first and last token of the answer.
        marked: bool, (examples,), whether `targets` are known.
        members: float32, (examples, sentences, tokens), rows that take the mean of a sentence.
        belongs: float32, (examples, sentences), 1 for evidence, 0 for none, -1 not known.
        holds: float32, (examples,), whether a sentence of the passage is evidence.
    """

    ids: Tensor
    attended: Tensor
    allowed: Tensor
    targets: Tensor
    marked: Tensor
    members: Tensor
    belongs: Tensor
    holds: Tensor

    def to(self, device: torch.device) -> "Batch":
        """Return the same on another device."""
        return Batch(*(getattr(self, field.name).to(device) for field in fields(self)))


def load_model(folder: Path, layers: int | None = None) -> Any:
    """Load a reader, or an encoder that gets a fresh layer of scores; its embeddings do not learn.

    A reader of two columns, starts and ends, keeps them; `score_evidence` gives it the third.
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
        given["num_labels"] = len(weights["qa_outputs.weight"])
        model = BertForQuestionAnswering(BertConfig.from_pretrained(folder, **given))
        shrink(model, weights)
        model.load_state_dict(weights)
    else:
        given["num_labels"] = COLUMNS
        model = BertForQuestionAnswering.from_pretrained(folder, **given)
    model.bert.embeddings.requires_grad_(False)
    have = len(model.bert.encoder.layer)
    if layers is not None and layers < have:
        kept = [round(i * (have - 1) / max(1, layers - 1)) for i in range(layers)]
        model.bert.encoder.layer = nn.ModuleList(model.bert.encoder.layer[i] for i in kept)
        model.config.num_hidden_layers = layers
    return model


def score_evidence(model: Any) -> None:
    """Give a reader of starts and ends a third column: at first no token is evidence, nor none."""
    known = model.qa_outputs
    if known.out_features == COLUMNS:
        return
    layer = nn.Linear(known.in_features, COLUMNS)
    with torch.no_grad():
        layer.weight.zero_()
        layer.bias.zero_()
        layer.weight[:EVIDENCE] = known.weight
        layer.bias[:EVIDENCE] = known.bias
    model.qa_outputs = layer
    model.config.num_labels = COLUMNS


def share_layers(model: Any, encoder: Path, count: int) -> None:
    """Give `model` the lowest `count` layers of the encoder in `encoder`; they do not learn."""
    lowest = BertModel.from_pretrained(encoder, local_files_only=True).encoder.layer[:count]
    for layer, shared in zip(model.bert.encoder.layer, lowest, strict=False):
        layer.load_state_dict(shared.state_dict())
        layer.requires_grad_(False)


def batch(examples: Sequence[Tokens]) -> Batch:
    """Pad examples."""
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
    most = max(1, *(len(example.sentences) for example in examples))
    members = torch.zeros((len(examples), most, longest))
    belongs = torch.full((len(examples), most), -1.0)
    for row, example in enumerate(examples):
        for place, each in enumerate(example.sentences):
            members[row, place, each.first : each.last] = 1 / (each.last - each.first)
            belongs[row, place] = -1.0 if each.belongs is None else float(each.belongs)
    return Batch(
        ids,
        attended,
        allowed,
        torch.tensor([(example.first, example.last) for example in examples]),
        torch.tensor([example.marked for example in examples]),
        members,
        belongs,
        torch.tensor([float(example.holds) for example in examples]),
    )


def logits(model: Any, given: Batch) -> Tensor:
    """Scores of starts, ends and evidence: float32, (examples, tokens, 3), or 2 without it."""
    return outputs(model, given)[0]


def outputs(model: Any, given: Batch, *, inner: bool = False) -> tuple[Tensor, tuple[Tensor, ...]]:
    """Scores as `logits` gives them; with `inner`, what the layers make.

    That is float32, (examples, tokens, hidden), for each of them.
    """
    with torch.autocast(given.ids.device.type, torch.bfloat16, enabled=multiplies_bfloat16()):
        found = model.bert(
            given.ids, attention_mask=given.attended.long(), output_hidden_states=inner
        )
    scores: Tensor = model.qa_outputs(found.last_hidden_state.float())
    layers = found.hidden_states[1:] if inner else ()
    barred = scores.masked_fill(~given.allowed.unsqueeze(-1), _IMPOSSIBLE)
    return barred, tuple(layer.float() for layer in layers)


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


def loss(scores: Tensor, given: Batch) -> Tensor:
    """Return the loss of spans, and of evidence where `scores` has it; a mean over the examples."""
    if scores.shape[2] <= EVIDENCE:
        return span_loss(scores, given)
    return span_loss(scores, given) + evidence_loss(scores, given)


def span_loss(scores: Tensor, given: Batch) -> Tensor:
    """Return the mean cross-entropy of starts and ends, of the examples where they are known."""
    both = sum(
        nn.functional.cross_entropy(
            scores[:, :, column], given.targets[:, column], reduction="none"
        )
        for column in range(EVIDENCE)
    )
    return (both * given.marked).sum() / 2 / len(scores)


def evidence_loss(scores: Tensor, given: Batch) -> Tensor:
    """Return the mean binary cross-entropy of the sentences, and of the passage as a whole.

    A sentence's logit is the mean over its tokens; every example counts the same, however many
    sentences it has.
    """
    evidence = scores[:, :, EVIDENCE]
    rated = torch.einsum("nst,nt->ns", given.members, evidence)
    known = (given.belongs >= 0).float()
    weight = known * (1 + (BELONGING - 1) * given.belongs.clamp_min(0))
    apart = nn.functional.binary_cross_entropy_with_logits(
        rated, given.belongs.clamp_min(0), weight, reduction="none"
    )
    each = apart.sum(dim=1) / known.sum(dim=1).clamp_min(1)
    whole = nn.functional.binary_cross_entropy_with_logits(evidence[:, 0], given.holds)
    return each.mean() + HOLDING * whole


def summed_loss(model: Any, examples: Sequence[Tokens]) -> Tensor:
    """Return the loss of `model` on `examples`, summed over them."""
    given = batch(examples)
    return loss(logits(model, given), given) * len(examples)


def distillation(scores: Tensor, taught: Tensor) -> Tensor:
    """Return how far the distributions of starts and ends are from a teacher's; 0 is the same.

    A third column is not looked at. The Kullback-Leibler divergence of both, scores softened by
    `TEMPERATURE` (Hinton et al., arXiv:1503.02531).
    """
    wanted = nn.functional.log_softmax(taught[:, :, :EVIDENCE] / TEMPERATURE, dim=1)
    given = nn.functional.log_softmax(scores[:, :, :EVIDENCE] / TEMPERATURE, dim=1)
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
