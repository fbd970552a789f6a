"""Choices: options with boxes before or behind them, of which the ticked one is what is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_TICKED: Final = "☑☒✓✔√■"
_EMPTY: Final = "☐□"
_BOX = re.compile(f"[{_TICKED}{_EMPTY}]")
_GROUP = re.compile(f"[^。；;！!\n]*[{_EMPTY}{_TICKED}][^。；;！!\n]*")
_LABEL = re.compile(r".*[：:]", re.DOTALL)
_EDGES: Final = " \t\u3000，,、/／|"
_LONGEST_OPTION = 30

_Option = tuple[int, int, bool]
"""The [start, end) of the words of an option, and whether it is ticked."""


def chosen(text: str, start: int, end: int) -> tuple[int, int]:
    """Return [start, end), or the options that are ticked where it names those of a choice.

    Asked for the grade in ☐优秀 ☑合格 ☐不合格, a reader may mark 优秀; the form says 合格.
    """
    for group in _GROUP.finditer(text):
        options = list(_options(text, group.start(), group.end()))
        named = [option for option in options if option[0] < end and start < option[1]]
        ticked = [option for option in options if option[2]]
        if named and ticked and len(ticked) < len(options) and named != ticked:
            return ticked[0][0], ticked[-1][1]
    return start, end


def _options(text: str, start: int, end: int) -> Iterator[_Option]:
    """Yield the options of a choice in [start, end), each from its box to the next."""
    boxes = list(_BOX.finditer(text, start, end))
    before = _LABEL.sub("", text[start : boxes[0].start()]).strip(_EDGES)
    behind = bool(before) and not text[boxes[-1].end() : end].strip(_EDGES)
    for i, box in enumerate(boxes):
        if behind:
            low = boxes[i - 1].end() if i else boxes[0].start() - len(before)
            words = low, box.start()
        else:
            words = box.end(), boxes[i + 1].start() if i + 1 < len(boxes) else end
        bare = text[slice(*words)].strip(_EDGES)
        if bare and len(bare) <= _LONGEST_OPTION:
            at = text.index(bare, words[0])
            yield at, at + len(bare), box[0] in _TICKED
