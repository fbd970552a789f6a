"""Whether a composed sentence can be read off its evidence, token by token.

A sentence is made of runs. A run begins where a sentence of the evidence begins, goes through it in
its order, and ends with one of its clauses. In a clause without a figure, whole words may be left
out, if they are not weighty; in one with a figure only words that say nothing may be. Joining words
may be added. Nothing else may be left out, added, moved, or joined: so the subject of one sentence
never meets the predicate of another, no figure leaves what it counts, and no negation, comparison
or plan is turned.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from index.language_model.tokens import Sentence, Token
from index.language_model.wordlists import (
    MAY_BE_ADDED,
    MAY_BE_LEFT_OUT,
    MAY_BEGIN,
    NUMBERING,
    OPENERS,
    TAKES_BACK,
    WEIGHTY,
)

_LONGEST_ADDED = max(map(len, MAY_BEGIN))
_LONGEST_LEFT_OUT = max(map(len, MAY_BE_LEFT_OUT))
_STOPS = "。！？!?；;"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the reading of a sentence stands: behind token `behind` − 1 of evidence `sentence`.

    `sentence` is −1 before anything is read. `year` is the year that the sentence speaks of now,
    None where it named none. `single`: only one token was read since something was left out.
    """

    sentence: int = -1
    behind: int = 0
    year: int | None = None
    single: bool = False


class Alignment:
    """Looks for a reading of `composed` in `evidence`; one use, one thread.

    `reached` is the number of tokens that were read at the farthest, `used` the items that a
    complete reading rests on.
    """

    def __init__(self, composed: Sentence, evidence: Sequence[Sentence]) -> None:
        self._composed = composed
        self._evidence = evidence
        self._dead: set[tuple[int, Place]] = set()
        self.reached = 0
        self.used: frozenset[int] = frozenset()

    @cached_property
    def _several_years(self) -> bool:
        return len({each.year for each in self._evidence}) > 1

    @cached_property
    def _years(self) -> frozenset[int]:
        return frozenset(each.year for each in self._evidence if each.year is not None)

    def complete(self) -> bool:
        """Whether the whole of it can be read off the evidence."""
        stack: list[tuple[int, Place, frozenset[int]]] = [(0, Place(), frozenset())]
        while stack:
            at, place, used = stack.pop()
            self.reached = max(self.reached, at)
            if at == len(self._composed.tokens):
                if used and self._may_stop(place):
                    self.used = used
                    return True
                continue
            if (at, place) in self._dead:
                continue
            self._dead.add((at, place))
            stack.extend(self._steps(at, place, used))
        return False

    def _steps(
        self, at: int, place: Place, used: frozenset[int]
    ) -> Iterator[tuple[int, Place, frozenset[int]]]:
        """Yield what may come next; what is likeliest last, to be looked at first."""
        token = self._composed.tokens[at]
        for length in self._added(at):
            yield at + length, place, used
        if token.year in self._years and self._begins_clause(at):
            yield at + 1, replace(place, year=token.year), used
        moves = [*self._elsewhere(at, place), *self._onwards(at, place)]
        for moved in moves:
            item = self._evidence[moved.sentence].item
            yield at + 1, moved, used | {item}

    def _added(self, at: int) -> Iterator[int]:
        """Yield how many tokens from `at` are joining words that may be added."""
        words, known = "", MAY_BEGIN if self._begins_clause(at) else MAY_BE_ADDED
        for length in range(1, _LONGEST_ADDED + 1):
            if at + length > len(self._composed.tokens):
                return
            words += self._composed.tokens[at + length - 1].words
            if words in known:
                yield length

    def _begins_clause(self, at: int) -> bool:
        """Whether a clause of the composed sentence begins at `at`, joining words not counted."""
        tokens = self._composed.tokens
        first = at
        while first > 0 and tokens[first - 1].piece == tokens[at].piece:
            first -= 1
        before = "".join(token.words for token in tokens[first:at])
        return not _without(before, MAY_BEGIN) or (
            at - first == 1 and tokens[first].year in self._years
        )

    def _onwards(self, at: int, place: Place) -> Iterator[Place]:
        """Yield the places of the same sentence that may be read next, the nearest last."""
        if place.sentence < 0 or not self._in_year(self._evidence[place.sentence], place.year):
            return
        sentence, token = self._evidence[place.sentence], self._composed.tokens[at]
        found = [
            there
            for there in range(place.behind, len(sentence.tokens))
            if sentence.tokens[there].same(token)
            and (there == place.behind or not place.single)
            and may_leave_out(sentence, place.behind, there)
        ]
        for there in reversed(found):
            single = there > place.behind and not token.figure
            yield Place(place.sentence, there + 1, place.year, single)

    def _elsewhere(self, at: int, place: Place) -> Iterator[Place]:
        """Yield the beginnings of sentences that may be read next, with a new clause."""
        if not self._begins_clause(at) or not self._may_stop(place):
            return
        token = self._composed.tokens[at]
        anew = place.sentence < 0 or self._begins_sentence(at)
        for number, sentence in enumerate(self._evidence):
            if not self._in_year(sentence, place.year):
                continue
            for there in beginnings(sentence, without_openers=anew):
                if sentence.tokens[there].same(token):
                    yield Place(number, there + 1, place.year, not token.figure)

    def _in_year(self, sentence: Sentence, year: int | None) -> bool:
        """Whether a sentence speaks of the year that was named; with several, one must be."""
        if year is None:
            return not self._several_years
        return sentence.year is None or sentence.year == year

    def _begins_sentence(self, at: int) -> bool:
        """Whether the clause at `at` stands behind a stop or a semicolon, and not a comma."""
        tokens = self._composed.tokens
        first = next(i for i, token in enumerate(tokens) if token.piece == tokens[at].piece)
        between = self._composed.text[tokens[first - 1].end : tokens[first].start]
        return first == 0 or any(stop in between for stop in _STOPS)

    def _may_stop(self, place: Place) -> bool:
        if place.sentence < 0:
            return True
        return not place.single and may_stop(self._evidence[place.sentence], place.behind)


def may_leave_out(sentence: Sentence, start: int, end: int) -> bool:
    """Whether the tokens [start, end) of a sentence may be passed over between two others."""
    tokens = sentence.tokens
    if start == end:
        return True
    before, after = tokens[start - 1], tokens[end]
    if before.piece == after.piece:
        return _droppable(sentence, tokens[start:end], whole_words=True, ends_with=after)
    tail = [token for token in tokens[start:end] if token.piece == before.piece]
    head = [token for token in tokens[start:end] if token.piece == after.piece]
    skipped = _clauses(tokens[start:end], {before.piece, after.piece})
    return (
        _droppable(sentence, tail, whole_words=True)
        and not _without("".join(token.words for token in head), MAY_BE_LEFT_OUT)
        and not any(TAKES_BACK.match(clause) for clause in skipped)
    )


def may_stop(sentence: Sentence, behind: int) -> bool:
    """Whether a sentence may be left behind token `behind` − 1."""
    tokens = sentence.tokens
    if behind >= len(tokens):
        return True
    piece = tokens[behind - 1].piece
    tail = [token for token in tokens[behind:] if token.piece == piece]
    rest = _clauses(tokens[behind:], {piece})
    return _droppable(sentence, tail, whole_words=True) and not any(
        TAKES_BACK.match(clause) for clause in rest[:1]
    )


def beginnings(sentence: Sentence, *, without_openers: bool) -> Iterator[int]:
    """Yield where a run may begin: at the first word, or behind a number before it.

    With `without_openers` also behind clauses that only say when, how or why.
    """
    tokens = sentence.tokens
    yield from _behind_light(tokens, 0)
    number = NUMBERING.match(sentence.text)
    start = 0
    if number is not None:
        start = next((i for i, t in enumerate(tokens) if t.start >= number.end()), len(tokens))
        if start < len(tokens):
            yield from _behind_light(tokens, start)
    while without_openers and start < len(tokens):
        piece = tokens[start].piece
        words = "".join(token.words for token in tokens[start:] if token.piece == piece)
        start = next((i for i in range(start, len(tokens)) if tokens[i].piece > piece), len(tokens))
        if not OPENERS.fullmatch(words) or TAKES_BACK.match(words) or start == len(tokens):
            return
        yield from _behind_light(tokens, start)


def _behind_light(tokens: Sequence[Token], start: int) -> Iterator[int]:
    """Yield `start` and each place behind words after it that may be left out."""
    yield start
    for length in range(1, _LONGEST_LEFT_OUT + 1):
        if start + length >= len(tokens):
            return
        words = "".join(token.words for token in tokens[start : start + length])
        if words in MAY_BE_LEFT_OUT:
            yield from _behind_light(tokens, start + length)


def _droppable(
    sentence: Sentence,
    left_out: Sequence[Token],
    *,
    whole_words: bool = False,
    ends_with: Token | None = None,
) -> bool:
    """Whether words of one clause may be left out of it."""
    if not left_out:
        return True
    words = "".join(token.words for token in left_out)
    if not _without(words, MAY_BE_LEFT_OUT):
        return True
    if left_out[0].piece in sentence.figures or any(token.quoted for token in left_out):
        return False
    if whole_words and not (left_out[0].opens and (ends_with is None or ends_with.opens)):
        return False
    return WEIGHTY.search(words) is None


def _without(words: str, known: frozenset[str]) -> str:
    """Return `words` without those of a closed list, the longest first, from the left."""
    at = 0
    while at < len(words):
        length = next((n for n in range(4, 0, -1) if words[at : at + n] in known), 0)
        if not length:
            return words[at:]
        at += length
    return ""


def _clauses(tokens: Sequence[Token], but: set[int]) -> list[str]:
    """Return the words of each clause that is wholly among `tokens`, in their order."""
    found: dict[int, str] = {}
    for token in tokens:
        if token.piece not in but:
            found[token.piece] = found.get(token.piece, "") + token.words
    return list(found.values())
