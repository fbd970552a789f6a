"""Readers: a question and passages in, the words that answer out."""

from pathlib import Path
from typing import Final

from index.encoders import BUNDLED, BUNDLED_FOLDER
from index.encoders.model_files import CHECKSUMS
from index.errors import ModelError, ModelFault
from index.readers.lexical_reader import LEXICAL, LexicalReader
from index.readers.reader import Reader, Reading, SentenceScore, heading

NONE: Final = "none"
READER_FOLDER: Final = Path(__file__).parents[1] / "models" / "reader"


def reader_folder(model: str) -> Path:
    """Return the directory of the reader that `model` names, which is not "none"."""
    return READER_FOLDER if model == BUNDLED else Path(model).expanduser()


def load_reader(model: str = BUNDLED, *, threads: int = 0) -> Reader:
    """Load a reader; the libraries that it needs are imported only now.

    Args:
        model: "bundled", "none", or a directory that `training.reader.build_reader` wrote.
        threads: Passages read at once; 0 for as many as there are cores.

    Raises:
        ModelError: The model is missing or damaged.
    """
    if model == NONE:
        return LexicalReader()
    folder = reader_folder(model)
    if not (folder / CHECKSUMS).is_file():
        raise ModelError(folder, ModelFault.NO_DIRECTORY)
    from index.readers.bundled_reader import BundledReader

    return BundledReader(folder, BUNDLED_FOLDER, threads=threads)


__all__ = [
    "LEXICAL",
    "NONE",
    "LexicalReader",
    "Reader",
    "Reading",
    "SentenceScore",
    "heading",
    "load_reader",
    "reader_folder",
]
