"""Slips of sound and shape: a word that no report has, and that one character makes one they have.

The reports are the dictionary. A change needs strong evidence: a word of the dictionary that the
reports use and that sounds the same, or four characters in a row that they have; never a pair on
either side of a word's edge. A character is replaced where the pairs it makes with its
neighbours stand in no report, and another that sounds or looks alike makes words that do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from index.lexical.vocabulary import Vocabulary
from index.understanding.question import Change, Why
from index.understanding.words.similar_characters import alike_in_shape, alike_in_sound
from index.understanding.words.stopwords import says_nothing, without_asking

_HAN = re.compile(r"[\u3400-\u9fff]{2,}")
_LONGEST = 200
"""Characters of the longest text that is looked through: the work grows with its square."""

_OFTEN = 2
_TOGETHER = 0.15
_MOST = 2
_USED = 2
_COMMON = 10
_TITLES = frozenset("老小")
_WORDS_BY_THEMSELVES = frozenset(
    "多少大小高低长短好坏新旧前后上下外内中间吃喝睡打拿放走跑去来回开关收发送给要想能会可让叫请找看听说讲写教学考比跟和同与或但而且"
    "没不未无有是在过着了的得地个位名人家们年月日天周时分点几两三四五六七八九十百千万亿第头末哈挑知追拖初班级组园校师生娃钱价单件条项次场节门间层号"
    "现今昨明老总最更很太又再还也都就才只系冇哋嘅咗唔搞弄干做办换修装买卖交退补加减增降升报评选查管招进出入转调住用花占算"
)
"""Characters that are words of their own, and so are hardly ever slips."""


@dataclass(frozen=True, slots=True)
class _Better:
    """A replacement: the triples and pairs of the reports that it makes, and how common."""

    triples: int
    pairs: int
    by_sound: bool
    count: int
    character: str

    @property
    def rank(self) -> tuple[int, int, bool, int]:
        """What is compared; higher is better."""
        return self.triples, self.pairs, self.by_sound, self.count


class Speller:
    """Corrects questions by the words of the reports; immutable, safe to share."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def corrected(self, text: str) -> tuple[str, tuple[Change, ...]]:
        """Return folded `text` with its slips put right, and what was changed; two at most."""
        if len(text) > _LONGEST:
            return text, ()
        changes: list[Change] = []
        for start, end, run in _runs(text):
            for at in self._suspects(run):
                if len(changes) == _MOST:
                    break
                better = self._better(run, at)
                if better is None:
                    continue
                fixed = run[:at] + better.character + run[at + 1 :]
                if run[at] in _WORDS_BY_THEMSELVES:
                    continue
                a, b = _word_at(fixed, at)
                if self._four(run, at, better):
                    a, b = _around_word(run, at) if b - a == 1 else (a, b)
                elif not (better.by_sound and self._makes_a_word(run, fixed, at, a, b)):
                    continue
                why = Why.SOUND if better.by_sound else Why.SHAPE
                changes.append(Change(run[a:b], fixed[a:b], why))
                run = fixed  # noqa: PLW2901 - the next slip is looked for in the mended words
            text = text[:start] + run + text[end:]
        return text, tuple(changes)

    def _suspects(self, run: str) -> Iterator[int]:
        """Yield the places of characters that make no pair of the reports with one neighbour."""
        for at in range(len(run)):
            pairs = [run[i : i + 2] for i in (at - 1, at) if 0 <= i < len(run) - 1]
            if any(self._vocabulary.count(pair) == 0 for pair in pairs):
                yield at

    def _makes_a_word(self, run: str, fixed: str, at: int, a: int, b: int) -> bool:
        """Whether the change makes a word of the dictionary that the reports use, of what is none.

        Neither what stood there nor its character by itself may be a word that is meant.
        """
        word, count = fixed[a:b], self._vocabulary.count
        pairs = [word[i : i + 2] for i in range(len(word) - 1)]
        if (
            not pairs
            or min(map(count, pairs)) < _USED
            or count(run[at]) > _COMMON * count(word[:2])
        ):
            return False
        x, y = _word_at(run, at)
        return y - x == 1 and run[at - 1 : at] not in _TITLES

    def _better(self, run: str, at: int) -> _Better | None:
        before, others = self._made(run, at)
        if before.triples:
            return None
        real = says_nothing(run[at]) or _in_a_word(run, at)
        found = [each for each in others if self._holds(run, at, each)]
        if real or before.pairs or at == 0:
            found = [each for each in found if self._four(run, at, each)]
        else:
            found = [e for e in found if e.count >= _OFTEN or self._four(run, at, e)]
        return max(found, key=lambda each: each.rank, default=None)

    def _holds(self, run: str, at: int, better: _Better) -> bool:
        """Whether a pair that the replacement makes holds together as words do.

        The rarer of its two characters must stand in this pair often enough; where words only
        happen to meet, it seldom does.
        """
        fixed = run[:at] + better.character + run[at + 1 :]
        pairs = [fixed[i : i + 2] for i in (at - 1, at) if 0 <= i < len(fixed) - 1]
        count = self._vocabulary.count
        return any(count(p) >= _TOGETHER * min(count(p[0]), count(p[1])) > 0 for p in pairs)

    def _four(self, run: str, at: int, better: _Better) -> bool:
        """Whether the reports have four characters in a row that the replacement is one of."""
        count, new = self._vocabulary.count, better.character
        left = at > 2 and count(run[at - 3 : at]) > 0 and count(run[at - 2 : at] + new) > 0
        behind = run[at + 1 : at + 4]
        right = len(behind) == 3 and count(behind) > 0 and count(new + behind[:2]) > 0
        return better.triples > 1 or left or right

    def _made(self, run: str, at: int) -> tuple[_Better, list[_Better]]:
        """Return what the character in place `at` makes, and those like it that make more pairs."""
        sound, shape = alike_in_sound(run[at]), alike_in_shape(run[at])
        characters = run[at] + sound + shape
        pairs, triples = ([(run[i : i + n], at - i) for i in _around(run, at, n)] for n in (2, 3))
        counts = self._vocabulary.counts_with((*pairs, *triples), characters)
        known, whole = np.split(counts > 0, [len(pairs)])
        known, whole = known.sum(axis=0), whole.sum(axis=0)
        often = counts[: len(pairs)].max(axis=0, initial=0)

        def made(i: int) -> _Better:
            sounds = i <= len(sound)
            return _Better(int(whole[i]), int(known[i]), sounds, int(often[i]), characters[i])

        return made(0), [made(i) for i in np.flatnonzero(known > known[0]).tolist()]


def _around(run: str, at: int, length: int) -> range:
    """Return where the words of `length` in `run` that hold place `at` start."""
    return range(max(0, at - length + 1), min(at, len(run) - length) + 1)


def _runs(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the runs of Chinese between question words and particles, with their offsets."""
    blotted = without_asking(text)
    for match in _HAN.finditer(blotted):
        yield match.start(), match.end(), match[0]


def _around_word(run: str, at: int) -> tuple[int, int]:
    """Return the [start, end) of two characters around `at`, where no word holds it."""
    return (at - 1, at + 1) if at else (0, min(2, len(run)))


def _word_at(run: str, at: int) -> tuple[int, int]:
    """Return the [start, end) of the word of the dictionary that holds the character in a place."""
    import rjieba

    start = 0
    for word in rjieba.cut(run, False):
        if at < start + len(word):
            return start, start + len(word)
        start += len(word)
    return at, at + 1


def _in_a_word(run: str, at: int) -> bool:
    """Whether the dictionary has the character in a longer word: then it may well be meant."""
    import rjieba

    position = 0
    for word in rjieba.cut(run, False):
        if position <= at < position + len(word):
            return len(word) > 1
        position += len(word)
    return False
