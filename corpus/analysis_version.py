"""The number of the way this program reads reports."""

from __future__ import annotations

from typing import Final

ANALYSIS_VERSION: Final = 6
"""Raised by hand whenever the same file becomes another report or other passages.

What was read before is then read anew, scans among it. `tests/corpus/test_analysis_version.py`
reads fixed texts of every kind and says when it is due.
"""
