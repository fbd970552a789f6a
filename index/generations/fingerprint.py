"""What an index depends on beside reports, corrections and encoder: the program that makes it."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

from corpus.sandbox import parsed_cache
from index.lexical import fields, folding, postings, terms, vocabulary


@cache
def cutting() -> str:
    """Return what the terms of a passage depend on beside its words."""
    digest = hashlib.sha256(f"{version('rjieba')} {version('opencc')}".encode())
    for module in (fields, folding, postings, terms, vocabulary):
        digest.update(Path(str(module.__file__)).read_bytes())
    return digest.hexdigest()


@cache
def program() -> str:
    """Return what a generation depends on beside its sources and its encoder."""
    return hashlib.sha256(f"{parsed_cache.program()} {cutting()}".encode()).hexdigest()
