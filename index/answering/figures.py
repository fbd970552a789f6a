"""Years side by side → one figure a year, where figures answer, and the most or the least of them.

Figures are of one kind: 元 beside 万元, never 节 beside 名. A year whose words have none of that
kind has no figure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from index.answering.answer import Extreme, Figure, Side
from index.lexical.folding import fold
from index.readers.found import Found
from index.understanding.extremes import extreme_asked
from index.understanding.quantities.expected import ExpectedType
from index.understanding.quantities.parse_quantities import NUMBERED, Quantity, quantities
from index.understanding.question import Question, QuestionKind

_NUMERIC = frozenset({ExpectedType.MONEY, ExpectedType.PEOPLE, ExpectedType.NUMBER})

Kind = tuple[str, bool]
"""The common unit of quantities that can be compared, and whether they are shares."""


def figures_of(question: Question, sides: Sequence[Side]) -> tuple[Figure, ...]:
    """Return the figure of each year that has one; () where figures do not answer."""
    numeric = question.wanted in _NUMERIC or extreme_asked(question.clean) is not None
    if not numeric or question.kind is QuestionKind.COMPARISON:
        return ()
    said = {side.year: list(_said(side.found[0])) for side in sides if side.found}
    kind = _commonest(said.values())
    if kind is None:
        return ()
    firsts = {
        year: next((each for each in found if _kind(each[0]) == kind), None)
        for year, found in said.items()
    }
    return tuple(
        Figure(year, found[0].measured[0], kind[0], words=found[1])
        for year, found in firsts.items()
        if found is not None
    )


def extreme_of(question: Question, figures: Sequence[Figure]) -> Extreme | None:
    """Return the most or the least of the figures, where the question asks in which year it was."""
    most = extreme_asked(question.clean)
    if most is None or len(figures) < 2:
        return None
    best = (max if most else min)(figure.value for figure in figures)
    return Extreme(most, tuple(figure for figure in figures if figure.value == best))


def unit_of(passages: Sequence[Found]) -> str:
    """Return the unit of the first figure in what is quoted first; "" where there is none."""
    units = (quantity.unit for found in passages[:1] for quantity, _ in _said(found))
    return next(filter(None, units), "")


def _said(found: Found) -> Iterator[tuple[Quantity, str]]:
    """Yield the quantities of the words that answer, then of the sentences around them."""
    text = found.passage.text
    places = [*found.spans, found.quote] if found.spans else [found.quote]
    for place in places:
        for mention in quantities(fold(text[slice(*place)])):
            if mention.quantity.unit not in NUMBERED and not mention.limit:
                yield mention.quantity, mention.words


def _commonest(said: Iterable[Sequence[tuple[Quantity, str]]]) -> Kind | None:
    """Return the kind that most years say; of several, the one that is said first."""
    tally = Counter(
        kind for found in said for kind in dict.fromkeys(_kind(quantity) for quantity, _ in found)
    )
    return max(tally, key=lambda kind: tally[kind], default=None)


def _kind(quantity: Quantity) -> Kind:
    return quantity.measured[1], quantity.percent
