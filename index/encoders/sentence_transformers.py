"""Any sentence-transformers model, by path or by its name on the hub."""

from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from index.encoders.encoder import Progress
from index.encoders.model_files import checksum_of, fingerprint
from index.errors import ModelError, ModelFault

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

MODULES: Final = "modules.json"
_DOCUMENTATION: Final = frozenset({".md", ".png"})
_AT_ONCE: Final = 64


class SentenceTransformerEncoder:
    """Runs a model through `SentenceTransformer`, on PyTorch.

    Questions get the model's "query" prompt and passages its "document" or "passage" prompt,
    where it has them. Code that a model brings along is never run.

    Safe to use from several threads at once; calls wait for each other.
    """

    def __init__(self, model: str, *, threads: int = 0, offline: bool = True) -> None:
        """Load the model; importing PyTorch takes seconds.

        Args:
            model: Path of a directory, or a name on the hub such as "BAAI/bge-small-zh-v1.5".
            threads: CPU threads of PyTorch, for the whole process; 0 leaves them as they are.
            offline: Only to use what is on this machine.

        Raises:
            ModelError: There is no such model here, or the directory is not one.
        """
        folder = _find(model, offline=offline)
        self._lock = Lock()
        # An online model is loaded by its name, which downloads its files into `folder`.
        by_name = not offline and not Path(model).is_dir()
        self._model = _load(model if by_name else str(folder), threads=threads, offline=offline)
        self._fingerprint = _fingerprint(folder)
        self._dimension: int = self.encode_questions(["?"]).shape[1]

    @property
    def fingerprint(self) -> str:
        """Hexadecimal identity of the files in the model's directory."""
        return self._fingerprint

    @property
    def dimension(self) -> int:
        """Width of a vector."""
        return self._dimension

    def encode_passages(
        self, texts: Sequence[str], progress: Progress | None = None
    ) -> NDArray[np.float32]:
        """Encode texts that are searched: float32, (len(texts), dimension), unit rows."""
        vectors = np.empty((len(texts), self._dimension), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda index: len(texts[index]), reverse=True)
        for start in range(0, len(order), _AT_ONCE):
            indices = order[start : start + _AT_ONCE]
            with self._lock:
                vectors[indices] = self._model.encode_document(
                    [texts[index] for index in indices],
                    normalize_embeddings=True,
                    show_progress_bar=False,
                )
            if progress is not None:
                progress(len(indices))
        return vectors

    def encode_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode texts that are searched for: float32, (len(texts), dimension), unit rows."""
        if not texts:
            return np.empty((0, self._dimension), dtype=np.float32)
        with self._lock:
            vectors = self._model.encode_query(
                list(texts), normalize_embeddings=True, show_progress_bar=False
            )
        return np.asarray(vectors, dtype=np.float32)


def _find(model: str, *, offline: bool) -> Path:
    """Return the directory that holds the model, downloading its list of modules if need be."""
    path = Path(model).expanduser()
    if path.is_dir():
        if not (path / MODULES).is_file():
            raise ModelError(path, ModelFault.NO_MODULES)
        return path
    if path.exists() or path.is_absolute() or model.startswith((".", "~")):
        raise ModelError(path, ModelFault.NO_DIRECTORY)
    return _find_on_hub(model, offline=offline)


def _find_on_hub(name: str, *, offline: bool) -> Path:
    try:
        from huggingface_hub import errors, hf_hub_download
    except ImportError as exc:
        raise ModelError(name, ModelFault.NO_LIBRARY) from exc
    try:
        return Path(hf_hub_download(name, MODULES, local_files_only=offline)).parent
    except errors.LocalEntryNotFoundError as exc:
        fault = ModelFault.NOT_DOWNLOADED if offline else ModelFault.NO_CONNECTION
        raise ModelError(name, fault) from exc
    except errors.EntryNotFoundError as exc:
        raise ModelError(name, ModelFault.NO_MODULES) from exc
    except (errors.HfHubHTTPError, errors.HFValidationError) as exc:
        raise ModelError(name, ModelFault.NOT_ON_HUB) from exc


def _load(model: str, *, threads: int, offline: bool) -> "SentenceTransformer":
    try:
        import torch
        from safetensors import SafetensorError
        from sentence_transformers import SentenceTransformer
    except ImportError as exc:
        raise ModelError(model, ModelFault.NO_LIBRARY) from exc
    if threads:
        torch.set_num_threads(threads)
    try:
        return SentenceTransformer(model, device="cpu", local_files_only=offline)
    except (OSError, ValueError, RuntimeError, KeyError, SafetensorError) as exc:
        raise ModelError(model, ModelFault.UNREADABLE) from exc


def _fingerprint(folder: Path) -> str:
    checksums = {
        path.relative_to(folder).as_posix(): checksum_of(path)
        for path in folder.rglob("*")
        if path.is_file() and path.suffix not in _DOCUMENTATION
    }
    return fingerprint(checksums)
