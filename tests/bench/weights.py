"""What each number that ranks is worth: it is left out, and the questions are asked again.

    python -m tests.bench.weights SET … [--limit N] [--only NAME …] [--state DIR]

SET is train, dev or test of training/data/staff, or a folder with questions.jsonl and reports/, as
the benchmark's school; each report is asked alone. The numbers are those of `index.weights`, each
with the value that leaves it out; `--only` names some (lists, reading.span). Prints for each set
the figures as they are, and for each number by how much they change without it: shown rightly and
refused of the answerable questions, the precision of those asserted, unanswerable ones asserted.
Then the number of answers that are not the same. The confidence is not fitted anew.

Each report is indexed once, each question encoded and each passage read once: leaving a number out
costs little but where it brings up passages that were not read before.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.answering.answer import Answer
from index.answering.engine import Engine, Restrictions
from index.encoders import Encoder
from index.evaluation.metrics import Outcome, judge
from index.weights import OFF, WEIGHTS, RankingWeights
from tests.bench.question_sets import cases_by_report, services
from tests.bench.staff import TOP, figures, folder_of, kept_or_temporary
from training.reader.calibrate_reader import Remembering

SHOWN = ("shown_rightly", "refused", "precision", "asserted")
AS_IT_IS = "as it is"


class EncodingOnce:
    """An encoder that encodes no question twice."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._known: dict[str, NDArray[np.float32]] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._encoder, name)

    def encode_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        for text in texts:
            if text not in self._known:
                self._known[text] = self._encoder.encode_questions([text])[0]
        return np.stack([self._known[text] for text in texts])


def main() -> None:
    """Ask every set with each number left out, and print what changes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("sets", nargs="+", metavar="SET")
    parser.add_argument("--limit", type=int, metavar="N", help="questions of each report, at most")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="only these numbers or groups")
    parser.add_argument("--state", type=Path, help="where to keep the indexes for another time")
    args = parser.parse_args()
    tried = dict(without(WEIGHTS))
    if args.only:
        wanted = set(args.only)
        tried = {n: w for n, w in tried.items() if {n, n.partition(".")[0]} & wanted}
        if not tried:
            parser.error(f"no such number: {' '.join(args.only)}")
    with kept_or_temporary(args.state) as state:
        for name in args.sets:
            folder = folder_of(name)
            print(f"{name}")
            for line in table(asked(folder, state, {AS_IT_IS: WEIGHTS} | tried, args.limit)):
                print(line, flush=True)


def without(weights: RankingWeights) -> Iterator[tuple[str, RankingWeights]]:
    """Yield the weights with each number left out that can be, and its name."""
    for group in fields(weights):
        own = getattr(weights, group.name)
        for field in fields(own):
            if OFF in field.metadata:
                changed = replace(own, **{field.name: field.metadata[OFF]})
                yield f"{group.name}.{field.name}", replace(weights, **{group.name: changed})


def asked(
    folder: Path, state: Path, tried: dict[str, RankingWeights], limit: int | None
) -> dict[str, list[Outcome]]:
    """Return what became of each question under each of `tried`."""
    outcomes: dict[str, list[Outcome]] = {name: [] for name in tried}
    cases = cases_by_report(folder, limit)
    for service, own in zip(services(list(cases), state), cases.values(), strict=True):
        store, calibration = service.opened().engine.store, service.calibration
        encoder, reader = EncodingOnce(service.encoder), Remembering(service.reader)
        restrictions = Restrictions(top=TOP, refusal=service.config.answer.refusal)
        for name, weights in tried.items():
            engine = Engine(store, encoder, reader, calibration, weights=weights)
            outcomes[name] += [judge(c, engine.ask(c.question, restrictions)) for c in own]
    return outcomes


def table(outcomes: dict[str, list[Outcome]]) -> Iterator[str]:
    """Yield a line for the figures as they are, and one for each number left out."""
    plain = outcomes[AS_IT_IS]
    base = figures(plain, plain)
    width = max(map(len, outcomes))
    names = "  ".join(f"{name.replace('_', ' '):>13}" for name in (*SHOWN, "others"))
    yield f"{'':<{width}}  {names}"
    cells = "  ".join(f"{getattr(base, name):13.3f}" for name in SHOWN)
    yield f"{AS_IT_IS:<{width}}  {cells}  {len(plain):13}"
    for name, found in outcomes.items():
        if name == AS_IT_IS:
            continue
        own = figures(found, found)
        cells = "  ".join(f"{getattr(own, f) - getattr(base, f):+13.3f}" for f in SHOWN)
        others = sum(told(a.answer) != told(b.answer) for a, b in zip(plain, found, strict=True))
        yield f"{name:<{width}}  {cells}  {others:13}"


def told(answer: Answer) -> tuple[object, ...]:
    """Return what of an answer is seen."""
    return answer.status, answer.text


if __name__ == "__main__":
    main()
