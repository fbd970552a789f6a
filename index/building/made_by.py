"""What a prepared report depends on beside its file, its correction and the encoder."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version

from corpus.sandbox import parsed_cache
from index.lexical.version import LEXICAL_VERSION


@cache
def made_by() -> tuple[str, ...]:
    """Return the versions of the analysis, of the cutting into terms, and of what they use."""
    libraries = (f"{name} {version(name)}" for name in ("rjieba", "opencc"))
    return (parsed_cache.program(), f"terms {LEXICAL_VERSION}", *libraries)
