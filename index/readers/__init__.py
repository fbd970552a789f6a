"""Readers: a question and passages in, the words that answer out."""

from index.readers.base import Reader, Reading, heading

__all__ = ["Reader", "Reading", "heading"]
