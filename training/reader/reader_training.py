"""The training loop of the reader.

On a CPU every process computes with one thread, and gradients are averaged between processes
after each step: threads that meet at every matrix product lose half their time wherever
another program runs beside them. bfloat16 is twice as fast as float32 on processors that have
it. Denormal numbers are flushed to zero, or steps become three times slower. The model learns with
its weights rounded as they will be in int8.
"""

import json
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import torch
from torch import Tensor, distributed

from training.reader import reader_model
from training.reader.reader_input import Tokens

LIKENESS: Final = 10.0
"""Weight of the layers' likeness to the teacher's, where student and teacher have as many."""

_EPSILON = 1e-8
_CLIP = 1.0
_BUCKET = 40


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long is trained, and how fast.

    `minutes` ends a run on a busy machine in time: the learning rate follows whichever of
    steps and minutes is further on. Without it a run is the same every time.
    """

    steps: int
    batch: int = 16
    rate: float = 1e-4
    warm_up: float = 0.06
    decay: float = 0.01
    minutes: float | None = None
    save_every: int = 400
    seed: int = 20

    def learning_rate(self, progress: float) -> float:
        """Return the rate where `progress` (0 to 1) of the training is done: up, then down to 0."""
        if progress < self.warm_up:
            return self.rate * progress / self.warm_up
        return self.rate * max(0.0, (1 - progress) / (1 - self.warm_up))


@dataclass(frozen=True, slots=True)
class Workers:
    """A process among those that train together."""

    rank: int = 0
    count: int = 1

    def average(self, values: Sequence[Tensor]) -> None:
        """Replace values by their mean over all processes."""
        if self.count == 1:
            return
        joined = torch.cat([value.flatten() for value in values])
        distributed.all_reduce(joined)
        joined /= self.count
        for value, mean in zip(
            values, torch.split(joined, [v.numel() for v in values]), strict=True
        ):
            value.copy_(mean.view_as(value))

    def agree(self, value: float) -> float:
        """Return the first process's value in all of them."""
        if self.count == 1:
            return value
        shared = torch.tensor([value], dtype=torch.float64)
        distributed.broadcast(shared, 0)
        return float(shared.item())


Measure = Callable[[Any], dict[str, float]]
Epochs = Callable[[int], Sequence[Tokens]]


def train(
    model: Any,
    epochs: Epochs,
    schedule: Schedule,
    folder: Path,
    workers: Workers,
    measure: Measure,
    teacher: Any = None,
) -> None:
    """Train `model`, with a checkpoint in `folder` every now and then; goes on from the last one.

    Args:
        model: As `reader_model.load_model` gives it.
        epochs: Gives the examples of an epoch, by its number.
        schedule: How long and how fast.
        folder: Where checkpoints and the log go.
        workers: This process's place.
        measure: Gives the figures of a model, in the first process only.
        teacher: A reader whose scores the model learns beside the answers, or none; its layers,
            too, if it has as many.
    """
    learning = [p for p in model.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(
        _groups(model, schedule.decay), lr=0.0, eps=_EPSILON, fused=not torch.cuda.is_available()
    )
    step, spent = _restore(model, optimiser, folder)
    begun = time.monotonic() - spent
    losses: list[float] = []
    for number, examples in _batches(epochs, schedule, workers):
        if number < step:
            continue
        elapsed = (time.monotonic() - begun) / 60
        share = elapsed / schedule.minutes if schedule.minutes else 0.0
        progress = workers.agree(max(number / schedule.steps, share))
        if progress >= 1:
            break
        for group in optimiser.param_groups:
            group["lr"] = schedule.learning_rate(progress)
        losses.append(_step(model, optimiser, learning, examples, workers, teacher))
        if workers.rank == 0 and number % 20 == 0:
            _log(folder, step=number, minutes=elapsed, loss=sum(losses[-40:]) / len(losses[-40:]))
        if (number + 1) % schedule.save_every == 0 and workers.rank == 0:
            _save(model, optimiser, folder, number + 1, time.monotonic() - begun)
            _log(folder, step=number + 1, **_measured(model, measure))
    if workers.rank == 0:
        _save(model, optimiser, folder, schedule.steps, time.monotonic() - begun)
        _log(folder, step=schedule.steps, **_measured(model, measure))


def _measured(model: Any, measure: Measure) -> dict[str, float]:
    with reader_model.rounded(model):
        return measure(model)


def _step(
    model: Any,
    optimiser: Any,
    learning: Sequence[Tensor],
    examples: Sequence[Tokens],
    w: Workers,
    teacher: Any,
) -> float:
    model.train()
    device = next(iter(learning)).device
    given = reader_model.batch(examples).to(device)
    with reader_model.rounded(model):
        scores, layers = reader_model.outputs(model, given, inner=teacher is not None)
        value = reader_model.loss(scores, given)
        if teacher is not None:
            with torch.no_grad():
                taught, inner = reader_model.outputs(teacher, given, inner=True)
            value = value + reader_model.distillation(scores, taught)
            if len(inner) == len(layers):
                value = value + LIKENESS * reader_model.unlikeness(layers, inner, given.attended)
        value.backward()  # type: ignore[no-untyped-call]
    w.average([p.grad for p in learning if p.grad is not None])
    torch.nn.utils.clip_grad_norm_(learning, _CLIP)
    optimiser.step()
    optimiser.zero_grad(set_to_none=False)
    return float(value.item())


def _batches(
    epochs: Epochs, schedule: Schedule, workers: Workers
) -> Iterator[tuple[int, Sequence[Tokens]]]:
    """Yield numbered batches of this process; texts of nearly one length go together."""
    number = 0
    epoch = 0
    while number < schedule.steps:
        examples = list(epochs(epoch))
        rng = random.Random(schedule.seed + epoch)
        size = schedule.batch
        found: list[list[Tokens]] = []
        for at in range(0, len(examples), size * _BUCKET):
            near = sorted(examples[at : at + size * _BUCKET], key=lambda e: len(e.ids))
            parts = [near[i : i + size] for i in range(0, len(near), size)]
            rng.shuffle(parts)
            found.extend(part for part in parts if len(part) == size)
        for part in found:
            yield number, part[workers.rank :: workers.count]
            number += 1
        epoch += 1


def _groups(model: Any, decay: float) -> list[dict[str, Any]]:
    named = [(name, p) for name, p in model.named_parameters() if p.requires_grad]
    matrices = [p for _, p in named if p.ndim > 1]
    vectors = [p for _, p in named if p.ndim == 1]
    return [{"params": matrices, "weight_decay": decay}, {"params": vectors, "weight_decay": 0.0}]


def _save(model: Any, optimiser: Any, folder: Path, step: int, spent: float) -> None:
    part = folder / "state.part"
    torch.save({"optimiser": optimiser.state_dict(), "step": step, "spent": spent}, part)
    model.save_pretrained(folder / "model")
    part.replace(folder / "state.pt")


def _restore(model: Any, optimiser: Any, folder: Path) -> tuple[int, float]:
    state = folder / "state.pt"
    if not state.is_file():
        return 0, 0.0
    kept = torch.load(state, weights_only=True)
    model.load_state_dict(reader_model.load_model(folder / "model").state_dict())
    optimiser.load_state_dict(kept["optimiser"])
    return int(kept["step"]), float(kept["spent"])


def _log(folder: Path, **figures: float) -> None:
    line = json.dumps({name: round(value, 4) for name, value in figures.items()})
    print(line, flush=True)
    with (folder / "log.jsonl").open("a", encoding="utf-8") as file:
        file.write(line + "\n")
