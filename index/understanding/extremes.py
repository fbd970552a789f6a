"""Questions for the year in which something was most or least (哪一年公开课最多)."""

from __future__ import annotations

import re

_WHICH_YEAR = re.compile(r"哪一?个?(?:学年|年)|which year")
_ASKING = re.compile(r"(?:的?(?:是|在))?哪一?个?(?:学年|年)|(?:in )?which year(?: was| had)?")
_MOST = re.compile(r"最(?:多|高|大|好|长)|\b(?:most|highest|largest)\b")
_LEAST = re.compile(r"最(?:少|低|小|差|短)|\b(?:least|fewest|lowest|smallest)\b")


def extreme_asked(text: str) -> bool | None:
    """Return whether folded `text` asks for the year of the most (True) or the least (False).

    None where it asks for neither.
    """
    if not _WHICH_YEAR.search(text):
        return None
    if _MOST.search(text):
        return True
    return False if _LEAST.search(text) else None


def how_much(text: str, unit: str = "") -> str:
    """Return folded `text` as it asks one year for its figure: no year is the most by itself.

    `unit` is what the figure is counted in (节), "" where that is not known.
    """
    wanted = f"有几{unit}" if unit else "有多少"
    text = _ASKING.sub("", text)
    return _LEAST.sub(wanted, _MOST.sub(wanted, text))
