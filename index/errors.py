"""What can go wrong between passages and answers; every message is a sentence to act on.

SearchError
├── ModelError        a model that is missing, damaged or not one
├── IndexMissing      nothing has been indexed yet
├── IndexDamaged      a generation that cannot be trusted
├── IndexBusy         another process is changing the index
├── NoEarlierGeneration   nothing to go back to
├── BadCalibration    a calibration file that is not one
├── TooFewQuestions   too few to fit a calibration to
├── StoreError        the Milvus of the index cannot be used (away, no rights)
└── LanguageModelError    a language model says nothing that can be used
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path


class SearchError(Exception):
    """Base of every error of this room."""


class ModelFault(StrEnum):
    """Why a model cannot be used."""

    NO_DIRECTORY = "there is no such directory"
    NO_MODULES = "it has no modules.json, so it is not a sentence-transformers model"
    MISSING_FILE = "the file is missing"
    DAMAGED = "the file is damaged: its SHA-256 is not the one in SHA256SUMS"
    UNREADABLE = "it cannot be read as a sentence-transformers model"
    NOT_DOWNLOADED = "it is neither a directory nor downloaded, and encoder.offline is set"
    NO_CONNECTION = "it is neither a directory nor downloaded, and the hub cannot be reached"
    NOT_ON_HUB = "it is neither a directory nor a model on the hub"
    NO_LENGTH = "it does not say how many tokens a text may have"
    NO_LIBRARY = "it needs pip install 'baogao[sentence-transformers]'"


class LanguageModelFault(StrEnum):
    """Why a language model says nothing that can be used."""

    NO_LIBRARY = "it needs pip install 'baogao[llm]'"
    AWAY = "the server cannot be reached"
    TIMED_OUT = "there was no complete reply in time"
    LIMITED = "the server is asked too much (429)"
    KEY = "the key is wrong or lets too little"
    NO_MODEL = "the server has no model of that name, or nothing at this address"
    REFUSED = "the server refused the request"
    FAILED = "the server failed"
    BROKEN = "the reply is broken, or no chat completion"
    TOOLS = "the model calls tools that it was not given"
    TOO_LONG = "the reply does not end"
    FORMAT = "the reply does not have the form that was asked for"
    PAUSED = "it failed a moment ago and is left alone"


class Damage(StrEnum):
    """What is wrong with a generation on disk."""

    MISSING = "files are missing"
    CANNOT_READ = "cannot be read"
    WRONG_SIZE = "is not as long as it was written"
    ALTERED = "is not what was written: its checksum differs"
    NO_MANIFEST = "is not a manifest"
    OTHER_FORMAT = "has a format that this version does not read"
    UNUSABLE = "is not what this version writes"
    POINTER_LOST = "does not name a generation, so the newest one serves"
    ENTRIES_LOST = "held damaged entries, which were worked out anew"
    MADE_ANEW = "was damaged and has been made anew"


class StoreFault(StrEnum):
    """Why a Milvus cannot be used."""

    NO_LIBRARY = "it needs pip install 'baogao[milvus]'"
    AWAY = "it cannot be reached"
    IN_USE = "the file cannot be opened; only one program at a time can use it"
    NO_RIGHTS = "the token is wrong or lets too little"
    FAILED = "it refused or broke off"


class ModelError(SearchError):
    """A model cannot be used."""

    def __init__(self, path: Path | str, reason: ModelFault) -> None:
        self.path = Path(path)
        self.reason = reason
        super().__init__(f"the model {path}: {reason}")


class IndexMissing(SearchError):
    """There is no index to ask."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(f"there is no index in {folder} yet; run: baogao index")


class IndexDamaged(SearchError):
    """A generation on disk is not what was written; `detail` is names or numbers, no words."""

    def __init__(self, path: Path, reason: Damage, detail: str = "") -> None:
        self.path = path
        self.reason = reason
        self.detail = detail
        super().__init__(f"{path}: {reason}" + (f" ({detail})" if detail else ""))


class IndexBusy(SearchError):
    """Another process holds the lock of the index."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(f"another process is changing the index in {folder}; try again shortly")


class NoEarlierGeneration(SearchError):
    """There is no generation before the current one."""

    def __init__(self) -> None:
        super().__init__("there is no earlier generation to go back to")


class StoreError(SearchError):
    """The Milvus that holds the index cannot be asked or written; `uri` is where it is."""

    def __init__(self, uri: str, reason: StoreFault) -> None:
        self.uri = uri
        self.reason = reason
        super().__init__(f"Milvus at {uri}: {reason}")


class BadCalibration(SearchError):
    """The file that says how sure answers are is not what was written."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(f"{path}: {reason}")


class TooFewQuestions(SearchError):
    """There are too few questions to fit a calibration to.

    `answerable` and `unanswerable` are how many there are, `least` how many of each are needed.
    """

    def __init__(self, answerable: int, unanswerable: int, least: int) -> None:
        self.answerable = answerable
        self.unanswerable = unanswerable
        self.least = least
        super().__init__(
            f"{answerable} answerable and {unanswerable} unanswerable questions; "
            f"at least {least} of each are needed"
        )


class LanguageModelError(SearchError):
    """A language model says nothing that can be used; the answer is given without it."""

    def __init__(self, address: str, reason: LanguageModelFault) -> None:
        super().__init__(f"{address}: {reason}")
        self.address = address
        self.reason = reason
