"""Text → terms of the lexical index."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.lexical.folding import fold

RUN = re.compile(
    r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+"
    r"|(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?|[a-z]+"
)
"""A run of Chinese characters, a number, a Latin word; all else parts them."""

HAN = "\u3400"
"""The first Chinese character: a run that begins below it is a number or Latin."""


def terms(text: str) -> list[str]:
    """Return the terms of `text`: Chinese words, characters and bigrams, Latin words, numbers.

    Words alone would miss what a segmenter cuts differently in question and passage (师德 in
    师德师风), characters alone say too little; bigrams are what meets. Terms of different
    kinds are kept apart only by their length. A number counts without its commas: 15,000 is 15000.
    """
    return list(_terms(fold(text)))


def _terms(folded: str) -> Iterator[str]:
    import rjieba

    for match in RUN.finditer(folded):
        run = match[0]
        if run[0] < HAN:
            yield run.replace(",", "")
            continue
        yield from run
        yield from (run[i : i + 2] for i in range(len(run) - 1))
        yield from (word for word in rjieba.cut(run) if len(word) > 2)
