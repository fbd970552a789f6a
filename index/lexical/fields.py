"""What of a passage is searched.

The report's title and year are left out on purpose: they are a filter, and as text they make
every passage of the year look alike (docs/retrieval.md).
"""

from __future__ import annotations

from corpus.report import Passage
from index.lexical.folding import fold
from index.lexical.terms import terms


def dense_text(passage: Passage) -> str:
    """Return the text that the encoder sees: the words, without the headings.

    Headings are the same for several passages, and pull their vectors together.
    """
    return fold(passage.text)


def lexical_terms(passage: Passage) -> list[str]:
    """Return the terms of the lexical index, of the headings above and of the words."""
    return [term for text in (*passage.path, passage.text) for term in terms(text)]
