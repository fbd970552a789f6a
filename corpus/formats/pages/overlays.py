"""Watermarks and their kin: letters drawn across the text that are no part of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from corpus.formats.pages.sheet import BLACK, Glyph, Ink, Sheet
from corpus.report import LeftOut, Reason

_LIGHTER = 0.35
_LARGER = 1.3
_FEWEST_LETTERS = 2
_CROSSING = 0.2
"""The share of its letters with which a watermark stands on letters of the text."""
_OVERLAP = 0.3
_AGAIN = 2

_Run = list[Glyph]


def without_overlays(sheets: Sequence[Sheet]) -> tuple[list[Sheet], list[LeftOut]]:
    """Return the pages without their watermarks, and these.

    A watermark is drawn otherwise than the text: on its letters and lighter, or on them again
    and again; or lighter, larger and again and again. What is written aslant is one, too.
    """
    usual = _usual(sheets)
    runs = {sheet.number: _runs(sheet.glyphs, usual) for sheet in sheets}
    again = Counter(_key(run) for each in runs.values() for run in each)
    found = {
        _key(run)
        for sheet in sheets
        for run in runs[sheet.number]
        if _is_watermark(run, sheet.glyphs, usual, again=again[_key(run)] >= _AGAIN)
    }
    left_out = []
    cleaned = []
    for sheet in sheets:
        marks = [run for run in runs[sheet.number] if _key(run) in found]
        texts = [*(_text(run) for run in marks), sheet.slanted.strip()]
        left_out += [
            LeftOut(0, text, Reason.WATERMARK, sheet.number)
            for text in dict.fromkeys(filter(None, texts))
        ]
        if marks:
            gone = {id(glyph) for run in marks for glyph in run}
            kept = tuple(glyph for glyph in sheet.glyphs if id(glyph) not in gone)
            cleaned.append(replace(sheet, glyphs=kept))
        else:
            cleaned.append(sheet)
    return cleaned, left_out


def _usual(sheets: Iterable[Sheet]) -> Ink:
    """Return how most letters are drawn."""
    inks: dict[int, Ink] = {}
    counts: Counter[Ink] = Counter()
    for sheet in sheets:
        inks.update({id(glyph.ink): glyph.ink for glyph in sheet.glyphs})
        for key, count in Counter(id(glyph.ink) for glyph in sheet.glyphs).items():
            counts[inks[key]] += count
    return counts.most_common(1)[0][0] if counts else BLACK


def _runs(glyphs: Sequence[Glyph], usual: Ink) -> list[_Run]:
    """Return the letters that are not drawn as most are, those of a line together."""
    runs: list[_Run] = []
    before: Glyph | None = None
    for glyph in glyphs:
        if glyph.ink is usual or glyph.ink == usual:
            before = None
            continue
        if before is None or not _goes_on(before, glyph):
            runs.append([])
        runs[-1].append(glyph)
        before = glyph
    return [run for run in runs if len(_text(run)) >= _FEWEST_LETTERS]


def _goes_on(before: Glyph, glyph: Glyph) -> bool:
    shift = abs(before.bottom - glyph.bottom)
    return before.ink == glyph.ink and shift < before.height / 2 and glyph.left >= before.left


def _is_watermark(run: _Run, glyphs: Sequence[Glyph], usual: Ink, *, again: bool) -> bool:
    ink = run[0].ink
    light = ink.lightness > usual.lightness + _LIGHTER
    large = ink.size > _LARGER * usual.size
    if light and large and again:
        return True
    return (light or again) and _crosses(run, glyphs)


def _crosses(run: _Run, glyphs: Sequence[Glyph]) -> bool:
    """Whether letters of a run stand on letters that are drawn otherwise."""
    ink = run[0].ink
    left, right = run[0].left, max(glyph.right for glyph in run)
    top, bottom = min(glyph.top for glyph in run), max(glyph.bottom for glyph in run)
    near = [
        glyph
        for glyph in glyphs
        if glyph.top < bottom and glyph.bottom > top and glyph.left < right and glyph.right > left
        and glyph.ink != ink
        and not glyph.text.isspace()
    ]  # fmt: skip
    crossed = sum(any(_on(glyph, other) for other in near) for glyph in run)
    return crossed >= max(_FEWEST_LETTERS, _CROSSING * len(run))


def _on(one: Glyph, other: Glyph) -> bool:
    wide = min(one.right, other.right) - max(one.left, other.left)
    high = min(one.bottom, other.bottom) - max(one.top, other.top)
    return wide > _OVERLAP * min(
        one.right - one.left, other.right - other.left
    ) and high > _OVERLAP * min(one.height, other.height)


def _text(run: _Run) -> str:
    return "".join(glyph.text for glyph in run).strip()


def _key(run: _Run) -> tuple[str, Ink]:
    return _text(run), run[0].ink
