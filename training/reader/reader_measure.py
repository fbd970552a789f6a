"""How good a reader is on held-out questions, each with the right passage and a hard wrong one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch

from corpus.text.sentences import sentences
from index.evaluation.metrics import auroc, exact_match, f1_score
from index.lexical.folding import comparable
from index.readers import Reading
from index.readers.spans import read_window
from index.readers.windows import Layout
from training.reader import reader_model
from training.reader.data.reader_examples import Example, Family
from training.reader.reader_input import Tokens, window_of

_AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Held:
    """A held-out question's answers and examples: the right passage, and one without answer."""

    answers: tuple[str, ...]
    right: Example
    wrong: Example


def held(families: Sequence[Family], limit: int) -> list[Held]:
    """Return up to `limit` held-out questions, spread over all."""
    usable = [f for f in families if f.answering is not None and f.empty]
    every = usable[:: max(1, len(usable) // limit)][:limit]
    return [Held(f.asked.answers, f.answering, f.empty[0]) for f in every if f.answering]


def figures(model: Any, layout: Layout, questions: Sequence[Held]) -> dict[str, float]:
    """Return sentence, exact and f1 given the right passage, and the auroc of the margin."""
    right = predict(model, layout, [q.right for q in questions])
    wrong = predict(model, layout, [q.wrong for q in questions])
    spans = [q.right.text[r[0] : r[1]] for q, r in zip(questions, right, strict=True)]
    pairs = list(zip(questions, spans, strict=True))
    good = [_sentence_holds(q, r[0], r[1]) for q, r in zip(questions, right, strict=True)]
    margins = [r[2] for r in right] + [r[2] for r in wrong]
    count = len(questions)
    return {
        "sentence": sum(good) / count,
        "exact": sum(max(exact_match(s, a) for a in q.answers) for q, s in pairs) / count,
        "f1": sum(max(f1_score(s, a) for a in q.answers) for q, s in pairs) / count,
        "auroc": auroc(margins, [True] * count + [False] * count),
    }


def predict(
    model: Any, layout: Layout, examples: Sequence[Example]
) -> list[tuple[int, int, float]]:
    """Return [start, end) and the margin of each example's best span in its first window."""
    found = read_examples(model, layout, examples)
    return [(reading.start, reading.end, reading.margin) for reading in found]


def read_examples(model: Any, layout: Layout, examples: Sequence[Example]) -> list[Reading]:
    """Return the reading of each example's first window."""
    windows = [window_of(layout, e) for e in examples]
    order = sorted(range(len(windows)), key=lambda i: len(windows[i].ids))
    device = next(model.parameters()).device
    found: dict[int, Reading] = {}
    model.eval()
    for at in range(0, len(order), _AT_ONCE):
        rows = order[at : at + _AT_ONCE]
        tokens = [Tokens(tuple(windows[i].ids), windows[i].text_start, 0, 0) for i in rows]
        with torch.inference_mode():
            scores = reader_model.logits(model, reader_model.batch(tokens).to(device)).cpu().numpy()
        for i, score in zip(rows, scores, strict=True):
            places = sentences(examples[i].text)
            found[i] = read_window(windows[i], score[: len(windows[i].ids)], places)
    return [found[i] for i in range(len(windows))]


def _sentence_holds(question: Held, start: int, end: int) -> bool:
    text = question.right.text
    touched = [text[a:b] for a, b in sentences(text) if a < end and start < b]
    quoted = comparable("".join(touched))
    return any(comparable(answer) in quoted for answer in question.answers)
