"""Encoders: text in, vectors out."""

from pathlib import Path
from typing import Final

from index.encoders.encoder import Encoder
from index.encoders.model_files import CHECKSUMS

BUNDLED: Final = "bundled"
BUNDLED_FOLDER: Final = Path(__file__).parents[1] / "models" / "encoder"


def load_encoder(model: str, *, threads: int = 0, offline: bool = True) -> Encoder:
    """Load an encoder; the libraries that it needs are imported only now.

    Args:
        model: "bundled", or a sentence-transformers model by path or by its name on the hub.
            A directory that `training.encoder.build_encoder` wrote runs without PyTorch, too.
        threads: CPU threads; 0 for as many as there are cores.
        offline: Never to download anything.

    Raises:
        ModelError: The model is missing, damaged, or none.
    """
    folder = BUNDLED_FOLDER if model == BUNDLED else Path(model).expanduser()
    if model == BUNDLED or (folder / CHECKSUMS).is_file():
        from index.encoders.bundled_encoder import BundledEncoder

        return BundledEncoder(folder, threads=threads)
    from index.encoders.sentence_transformers import SentenceTransformerEncoder

    return SentenceTransformerEncoder(model, threads=threads, offline=offline)


__all__ = ["BUNDLED", "BUNDLED_FOLDER", "Encoder", "load_encoder"]
