"""Tokenizers, each loaded once for all that use it: one takes 30 MB and a tenth of a second."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import ModelError, ModelFault

if TYPE_CHECKING:
    from tokenizers import Tokenizer

FILE = "tokenizer.json"


def load_tokenizer(folder: Path) -> tuple[Tokenizer, int]:
    """Return the tokenizer of a model, which does not cut, and where the model has to.

    Safe to use from several threads at once, and shared: nobody may change it. The number is that
    of tokens, with those that begin and end a text; 0 where the file names none.

    Raises:
        ModelError: There is none in `folder`.
    """
    path = folder / FILE
    try:
        stat = path.stat()
    except OSError as exc:
        raise ModelError(path, ModelFault.MISSING_FILE) from exc
    return _load(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=2)
def _load(path: Path, _changed: int, _size: int) -> tuple[Tokenizer, int]:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(path))
    longest = int((tokenizer.truncation or {}).get("max_length", 0))
    tokenizer.no_truncation()
    return tokenizer, longest
