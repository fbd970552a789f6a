"""How good answers are: retrieval, quotation, span and refusal.

Exact and F1 follow the evaluation script of CMRC 2018 (Cui et al., EMNLP 2019): punctuation is
dropped, Chinese counts by characters and Latin by words, and F1 rests on the longest common
run; the best of the given answers counts. A passage hits as baogao's eval contract says.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from corpus.report import Passage
from index.answering.answer import (
    AboutProgram,
    Answer,
    ItemList,
    KeySentences,
    Quotation,
    Refusal,
    SideBySide,
    Status,
)
from index.lexical.folding import comparable, fold
from index.readers.found import Found

_CMRC_PUNCTUATION = re.compile(r"[-:_*^/\\~`+=，。：？！“”；’《》·、「」（）－～『』…]")
_SEGMENT = re.compile(r"[\u4e00-\u9fa5]|[^\u4e00-\u9fa5\s]+")
DEPTHS = (1, 3, 5, 10)


@dataclass(frozen=True, slots=True)
class Case:
    """A question with its answers, as one line of an evaluation file gives it.

    `evidence` are the sentences that a good answer quotes, or their first words. Where no words
    answer, only sentences, they stand in for `answers`.
    """

    id: str
    question: str
    answers: tuple[str, ...]
    report: str | None
    answerable: bool
    evidence: tuple[str, ...] = ()
    kind: str | None = None

    @property
    def wanted(self) -> tuple[str, ...]:
        """What a passage or a quotation has to hold one of."""
        return self.answers or self.evidence


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a case: `rank` of the first hit from 1, None where there is none.

    `sentence`, `exact` and `f1` judge the first passage, whether or not it was then refused:
    refusals have figures of their own. `right`: all that is quoted holds an answer, `shown` that
    it is also shown; `items` is the share of the evidence that is quoted, None where none is
    marked.
    """

    case: Case
    answer: Answer
    rank: int | None
    sentence: bool
    exact: float
    f1: float
    right: bool = False
    items: float | None = None

    @property
    def shown(self) -> bool:
        """Whether an answer is quoted, asserted or as unsure."""
        return self.right and self.answer.status is not Status.NOT_FOUND


@dataclass(frozen=True, slots=True)
class EvaluationSummary:
    """The figures of an evaluation; NaN where no question counts for one.

    All are shares from 0 to 1 and better when higher, but for the two times in milliseconds.
    """

    n: int
    recall: dict[int, float]
    mrr: float
    sentence: float
    exact: float
    f1: float
    items: float
    answered_rate: float
    unsure_rate: float
    shown_right: float
    answered_precision: float
    asserted_wrongly: float
    refusal_precision: float
    refusal_recall: float
    auroc: float
    p50_ms: float
    p95_ms: float


def judge(case: Case, answer: Answer) -> Outcome:
    """Return what `answer` is worth for `case`."""
    wanted = [comparable(text) for text in case.wanted]
    hits = [hit(case, found) for found in answer.passages]
    rank = hits.index(True) + 1 if True in hits else None
    if not answer.passages:
        return Outcome(case, answer, None, sentence=False, exact=0.0, f1=0.0)
    first = answer.passages[0]
    quoted = comparable(first.words)
    sentence = hits[0] and any(text in quoted for text in wanted)
    span = "".join(first.passage.text[start:end] for start, end in first.spans)
    exact = max((exact_match(span, text) for text in case.answers), default=0.0)
    f1 = max((f1_score(span, text) for text in case.answers), default=0.0)
    said = comparable(answer.text or first.words)
    own = case.report is None or case.report in _quoted_reports(answer)
    return Outcome(
        case,
        answer,
        rank,
        sentence,
        exact,
        f1,
        right=case.answerable and own and any(text in said for text in wanted),
        items=_share_quoted(case, answer),
    )


def _share_quoted(case: Case, answer: Answer) -> float | None:
    if not case.answerable or not case.evidence:
        return None
    said = comparable(answer.text or "")
    own = case.report is None or case.report in _quoted_reports(answer)
    return _mean([own and comparable(words) in said for words in case.evidence])


def _quoted_reports(answer: Answer) -> set[str]:
    """Return the reports that are quoted, or would be were it not refused."""
    match answer.content:
        case ItemList(items) | KeySentences(items):
            return {item.cited.report for item in items}
        case SideBySide(sides):
            return {side.found[0].passage.report for side in sides if side.found}
        case Quotation() | Refusal() | AboutProgram():
            return {found.passage.report for found in answer.passages[:1]}


def hit(case: Case, found: Found) -> bool:
    """Whether a passage contains an answer, and comes from the report the case names."""
    return holds(case, found.passage)


def holds(case: Case, passage: Passage) -> bool:
    """Whether `passage` contains an answer, and comes from the report the case names."""
    if case.report is not None and passage.report != case.report:
        return False
    text = comparable(passage.text)
    return any(comparable(words) in text for words in case.wanted)


def withheld(cases: Sequence[Case]) -> list[tuple[Case, Callable[[Passage], bool] | None]]:
    """Return the cases, every second answerable one made unanswerable.

    With it comes what hides the passages that would answer it; None where nothing is hidden.
    """
    result: list[tuple[Case, Callable[[Passage], bool] | None]] = []
    hide = False
    for case in cases:
        if case.answerable and hide:
            result.append((replace(case, answerable=False), partial(holds, case)))
        else:
            result.append((case, None))
        hide ^= case.answerable
    return result


def summarise(outcomes: Sequence[Outcome]) -> EvaluationSummary:
    """Return the figures over all outcomes."""
    answerable = [o for o in outcomes if o.case.answerable]
    refused = [o for o in outcomes if o.answer.status is Status.NOT_FOUND]
    rightly = [o for o in refused if not o.case.answerable]
    times = sorted(o.answer.milliseconds["total"] for o in outcomes)
    return EvaluationSummary(
        n=len(outcomes),
        recall={k: _mean([(o.rank or math.inf) <= k for o in answerable]) for k in DEPTHS},
        mrr=_mean([1 / o.rank if o.rank and o.rank <= 10 else 0.0 for o in answerable]),
        sentence=_mean([o.sentence for o in answerable]),
        exact=_mean([o.exact for o in answerable]),
        f1=_mean([o.f1 for o in answerable]),
        items=_mean([o.items for o in answerable if o.items is not None]),
        answered_rate=_mean([o.answer.status is Status.ANSWERED for o in outcomes]),
        unsure_rate=_mean([o.answer.status is Status.UNSURE for o in outcomes]),
        shown_right=_mean([o.shown for o in answerable]),
        answered_precision=_mean([o.right for o in outcomes if o.answer.status is Status.ANSWERED]),
        asserted_wrongly=_mean(
            [o.answer.status is Status.ANSWERED for o in outcomes if not o.case.answerable]
        ),
        refusal_precision=len(rightly) / len(refused) if refused else math.nan,
        refusal_recall=_mean(
            [o.answer.status is Status.NOT_FOUND for o in outcomes if not o.case.answerable]
        ),
        auroc=auroc([o.answer.confidence for o in outcomes], [o.case.answerable for o in outcomes]),
        p50_ms=_quantile(times, 0.5),
        p95_ms=_quantile(times, 0.95),
    )


def exact_match(span: str, answer: str) -> float:
    """Return 1.0 if span and answer are the same but for punctuation, else 0.0."""
    return float(_bare(span) == _bare(answer))


def f1_score(span: str, answer: str) -> float:
    """Return the F1, 0 to 1, of the longest run that span and answer share."""
    a, b = _SEGMENT.findall(_bare(span)), _SEGMENT.findall(_bare(answer))
    common = _longest_common_run(a, b)
    if not common:
        return 0.0
    precision, recall = common / len(a), common / len(b)
    return 2 * precision * recall / (precision + recall)


def auroc(scores: Sequence[float], positive: Sequence[bool]) -> float:
    """Return the area under the ROC curve: the chance that a positive outscores a negative.

    Ties count half (Mann–Whitney). NaN unless there are both positives and negatives.
    """
    positives = sum(positive)
    negatives = len(positive) - positives
    if not positives or not negatives:
        return math.nan
    order = sorted(range(len(scores)), key=lambda i: scores[i])
    rank_sum = 0.0
    start = 0
    while start < len(order):
        end = start
        while end < len(order) and scores[order[end]] == scores[order[start]]:
            end += 1
        mean_rank = (start + 1 + end) / 2
        rank_sum += mean_rank * sum(positive[i] for i in order[start:end])
        start = end
    return (rank_sum - positives * (positives + 1) / 2) / (positives * negatives)


def _bare(text: str) -> str:
    return _CMRC_PUNCTUATION.sub("", fold(text)).strip()


def _longest_common_run(a: Sequence[str], b: Sequence[str]) -> int:
    longest = 0
    previous = [0] * (len(b) + 1)
    for x in a:
        row = [0] * (len(b) + 1)
        for j, y in enumerate(b, start=1):
            if x == y:
                row[j] = previous[j - 1] + 1
                longest = max(longest, row[j])
        previous = row
    return longest


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else math.nan


def _quantile(ordered: Sequence[float], q: float) -> float:
    return ordered[min(int(q * len(ordered)), len(ordered) - 1)] if ordered else math.nan
