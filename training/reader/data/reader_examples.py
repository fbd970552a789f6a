"""Questions → what the reader is trained on: a question beside one passage.

For every passage that answers there are passages that do not, as the program would offer them:
what its own retrieval ranks first without holding the answer, the look-alikes of the staff
questions, and the right passage with the answering sentence taken out.
"""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.report import Passage
from corpus.text.sentences import sentences
from index.encoders import Encoder
from index.lexical.bm25 import LexicalIndex
from index.lexical.fields import dense_text, lexical_terms
from index.lexical.folding import comparable, fold
from index.lexical.terms import terms
from index.readers import heading
from index.weights import WEIGHTS
from training.reader.data.reader_sources import Material, TrainingQuestion

NEAR_SHARE = 0.5
HARDEST = 5
"""How many of the passages that are ranked first without an answer are used."""

TOPICAL = frozenset({"topic"})
"""Groups whose questions are answered by more sentences than the one that is marked."""

_YEAR = re.compile(r"\d{2,4}(?:学)?年|[一二][九〇○零]..年")


@dataclass(frozen=True, slots=True)
class Example:
    """A question beside a passage, both folded; [start, end) answers, (-1, -1) where nothing does.

    `evidence` are [start, end) of words in the sentences that belong to the answer; where it is
    not `complete`, others may, too. `marked`: the words that answer are known, or that none do.
    """

    question: str
    context: str
    text: str
    start: int
    end: int
    group: str
    evidence: tuple[tuple[int, int], ...] = ()
    complete: bool = True
    marked: bool = True


@dataclass(frozen=True, slots=True)
class Family:
    """All examples of one question: the one that answers, if any, and those that do not."""

    asked: TrainingQuestion
    answering: Example | None
    empty: tuple[Example, ...]
    near: Example | None = None

    def nothing(self, rng: random.Random) -> Example:
        """Draw an example without an answer: the look-alike, if there is one, half of the time."""
        if self.near is not None and (not self.empty or rng.random() < NEAR_SHARE):
            return self.near
        return rng.choice(self.empty)


def near_families(material: Material) -> list[Family]:
    """Return the examples of questions for which no other passages are looked for."""
    return [_family(asked, material, []) for asked in material.questions]


def families(material: Material, encoder: Encoder, *, own_report: bool) -> list[Family]:
    """Return the examples of every question.

    Args:
        material: The questions, and the passages among which hard ones are looked for.
        encoder: Finds them, together with BM25, as the program does.
        own_report: Whether the reports look alike. Then a question that names no year is
            answered by each of them, so only its own report gives hard passages.
    """
    questions = [asked.question for asked in material.questions]
    scores = fused_scores(material.passages, questions, encoder)
    texts = [comparable(passage.text) for passage in material.passages]
    result = []
    for asked, row in zip(material.questions, scores, strict=True):
        banned = _same_answer_elsewhere(asked, material.passages) if own_report else set()
        result.append(_family(asked, material, _hardest(asked, row, texts, banned)))
    return result


def _family(asked: TrainingQuestion, material: Material, hard: Sequence[int]) -> Family:
    empty = [_example(asked, material.passages[other]) for other in hard if other != asked.near]
    near = None if asked.near is None else _example(asked, material.passages[asked.near])
    answering = None
    if asked.place is not None:
        place, start, end = asked.place
        answering = _example(asked, material.passages[place], start, end)
        empty.extend(_without_answer(answering, asked))
    return Family(asked, answering, tuple(empty), near)


def epoch(
    every: Sequence[Family], *, empty_share: float, copies: Mapping[str, float], seed: int
) -> list[Example]:
    """Draw the examples of one epoch, in random order.

    Args:
        every: The examples to draw from.
        empty_share: Share of examples without an answer, of the questions that have one.
        copies: How often the questions of a group are used, on average; once where it is not named.
        seed: Decides the draw.
    """
    rng = random.Random(seed)
    chance = empty_share / (1 - empty_share)
    drawn: list[Example] = []
    for family in every:
        wanted = copies.get(family.asked.group, 1)
        for _ in range(int(wanted) + (rng.random() < wanted % 1)):
            if family.answering is None:
                drawn.append(family.nothing(rng))
                continue
            drawn.append(family.answering)
            if family.empty and rng.random() < chance:
                drawn.append(family.nothing(rng))
    rng.shuffle(drawn)
    return drawn


def fused_scores(
    every: Sequence[Passage], questions: Sequence[str], encoder: Encoder
) -> Iterator[NDArray[np.float32]]:
    """Yield for each question the scores that retrieval gives the passages: float32, (passages,).

    Higher is better.
    """
    vectors = encoder.encode_passages([dense_text(passage) for passage in every])
    asked = encoder.encode_questions(questions)
    index = LexicalIndex.build(map(lexical_terms, every))
    for question, vector in zip(questions, asked, strict=True):
        lexical = index.scores(terms(question))
        yield vectors @ vector + WEIGHTS.fusion.lexical * lexical / (
            lexical + WEIGHTS.fusion.saturation
        )


def _hardest(
    asked: TrainingQuestion, scores: NDArray[np.float32], texts: Sequence[str], banned: set[int]
) -> list[int]:
    wanted = [comparable(answer) for answer in asked.answers]
    hard: list[int] = []
    for row in np.argsort(-scores)[: 4 * HARDEST + len(banned)].tolist():
        if row not in banned and not any(answer in texts[row] for answer in wanted):
            hard.append(row)
        if len(hard) == HARDEST:
            break
    return hard


def _same_answer_elsewhere(asked: TrainingQuestion, every: Sequence[Passage]) -> set[int]:
    if asked.report is None or _YEAR.search(asked.question):
        return set()
    return {row for row, passage in enumerate(every) if passage.report != asked.report}


def _without_answer(answering: Example, asked: TrainingQuestion) -> Iterator[Example]:
    """Yield the right passage without the sentences that hold an answer, if any are left."""
    wanted = [comparable(answer) for answer in asked.answers]
    kept = [
        answering.text[start:end]
        for start, end in sentences(answering.text)
        if not (start < answering.end and answering.start < end)
    ]
    text = "".join(kept)
    if len(text) >= 20 and not any(answer in comparable(text) for answer in wanted):
        yield Example(asked.question, answering.context, text, -1, -1, f"{asked.group} removed")


def _example(asked: TrainingQuestion, passage: Passage, start: int = -1, end: int = -1) -> Example:
    group = asked.group if start >= 0 else f"{asked.group} empty"
    return Example(
        asked.question,
        heading(passage),
        fold(passage.text),
        start,
        end,
        group,
        evidence=((start, end),) if start >= 0 else (),
        complete=asked.group not in TOPICAL,
    )
