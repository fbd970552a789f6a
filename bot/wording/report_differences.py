"""What differs between a report and the one that it replaces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from bot.messages import Messages
from corpus.report import Report

_ALIKE = 0.5
_MOST_SHOWN = 6
_LONGEST_WORDS = 24
_PIECE = re.compile(r"[0-9０-９]+(?:[.．,，][0-9]+)*[%％]?|[A-Za-z]+|.", re.DOTALL)
_UNIT = re.compile(r"[㐀-鿿%％]")
_BESIDE = re.compile(r"[A-Za-z0-9㐀-鿿]")


@dataclass(frozen=True, slots=True)
class ReportDifferences:
    """How many paragraphs came and went, and which words of the others were changed.

    `changed` are pairs, before and after, in the order of the report.
    """

    added: int
    removed: int
    changed: tuple[tuple[str, str], ...]


def differences(before: Report, after: Report) -> ReportDifferences:
    """Return what differs between two versions of a report, by paragraph."""
    old = [before.words(p) for p in before.paragraphs]
    new = [after.words(p) for p in after.paragraphs]
    added = removed = 0
    changed: list[tuple[str, str]] = []
    for tag, i, j, k, n in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        pairs = list(_paired(old[i:j], new[k:n]))
        changed += (words for one, other in pairs for words in _words(one, other))
        removed += j - i - len(pairs)
        added += n - k - len(pairs)
    return ReportDifferences(added, removed, tuple(changed))


def describe_differences(found: ReportDifferences, m: Messages) -> list[str]:
    """Return the differences, a line each; one line where there are none in the text."""
    words = m.admin
    shown = [
        words.difference.format(before=before or "—", after=after or "—")
        for before, after in found.changed[:_MOST_SHOWN]
    ]
    if len(found.changed) > _MOST_SHOWN:
        shown.append(words.differences_more.format(count=len(found.changed) - _MOST_SHOWN))
    if found.added:
        shown.append(words.paragraphs_added.format(count=found.added))
    if found.removed:
        shown.append(words.paragraphs_removed.format(count=found.removed))
    return shown or [words.no_difference]


def _paired(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the paragraphs that are versions of each other, each at most once, in order."""
    start = 0
    for one in old:
        for at in range(start, len(new)):
            if SequenceMatcher(None, one, new[at], autojunk=False).ratio() >= _ALIKE:
                yield one, new[at]
                start = at + 1
                break


def _words(one: str, other: str) -> Iterator[tuple[str, str]]:
    """Yield what differs in two versions of a paragraph: figures with their units, else words."""
    a, b = _PIECE.findall(one), _PIECE.findall(other)
    for tag, i, j, k, n in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        before, after = "".join(a[i:j]), "".join(b[k:n])
        behind = a[j] if j < len(a) else ""
        if _UNIT.fullmatch(behind) and before[-1:].isdigit() and after[-1:].isdigit():
            before, after = before + behind, after + behind
        elif not (before and after):
            around = "".join(_around(a, i))
            before, after = around + before, around + after
        yield _short(before), _short(after)


def _around(pieces: list[str], at: int) -> list[str]:
    """Return the few words before a place, where something was put in or left out."""
    found: list[str] = []
    for piece in reversed(pieces[max(0, at - 4) : at]):
        if not _BESIDE.match(piece):
            break
        found.insert(0, piece)
    return found


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _LONGEST_WORDS else words[: _LONGEST_WORDS - 1] + "…"
