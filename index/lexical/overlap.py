"""How much texts have in common: sets of their characters and pairs of characters, compared.

What is compared is folded. Every likeness is from 0 to 1, higher where there is more in common;
the three differ in what they divide the common terms by (Manning and Schütze, "Foundations of
Statistical Natural Language Processing", table 8.7).
"""

from __future__ import annotations

from index.lexical.terms import HAN, RUN

Terms = frozenset[str]


def bigrams(text: str) -> Terms:
    """Return every character, pair of characters, word and number in folded `text`."""
    found: set[str] = set()
    for match in RUN.finditer(text):
        run = match[0]
        if run[0] < HAN:
            found.add(run.replace(",", ""))
            continue
        found.update(run)
        found.update(run[i : i + 2] for i in range(len(run) - 1))
    return frozenset(found)


def pairs(text: str) -> Terms:
    """Return every pair of characters, word and number of two or more in folded `text`."""
    return frozenset(term for term in bigrams(text) if len(term) > 1)


def share_held(wanted: Terms, terms: Terms) -> float:
    """Return the share of `wanted` that is among `terms`; 0 where nothing is wanted."""
    return len(wanted & terms) / len(wanted) if wanted else 0.0


def overlap(one: Terms, other: Terms) -> float:
    """Return the overlap coefficient, what is common by the fewer; 1 where there are none."""
    fewer = min(len(one), len(other))
    return len(one & other) / fewer if fewer else 1.0


def dice(one: Terms, other: Terms) -> float:
    """Return the Dice coefficient, what is common by the mean; 1 where there are none."""
    both = len(one) + len(other)
    return 2 * len(one & other) / both if both else 1.0
