"""The connection to a Milvus, with its errors translated."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import StoreError, StoreFault

if TYPE_CHECKING:
    from pymilvus import MilvusClient
    from pymilvus.exceptions import MilvusException

PATIENCE = 10.0
"""Seconds that a question waits for an answer of Milvus."""

LOADING = 600.0
"""Seconds that loading a collection may take."""

NOT_LOADED = 101
NO_ALIAS = frozenset({100, 1600})
"""Codes of errors as Milvus numbers them (pkg/util/merr); milvus-lite knows only the hundreds."""

_PAGE = 500

_NO_RIGHTS = {1401, 1402, 7}
"""`ErrPrivilegeNotAuthenticated`, `ErrPrivilegeNotPermitted`, and gRPC's permission denied."""

_AWAY = ("fail connecting", "unavailable", "deadline", "timeout", "connection", "closed channel")


def connect(uri: str, token: str | None) -> MilvusClient:
    """Return a client of the Milvus at `uri`.

    Raises:
        StoreError: it cannot be reached, or pymilvus is not installed.
    """
    try:
        from pymilvus import MilvusClient
    except ImportError as exc:
        raise StoreError(uri, StoreFault.NO_LIBRARY) from exc
    logging.getLogger("pymilvus").setLevel(logging.CRITICAL)  # it logs each error with its trace
    if "://" not in uri:
        return _open_file(MilvusClient, Path(uri))
    with translated(uri):
        return MilvusClient(uri, token=token or "", timeout=PATIENCE)


def _open_file(client: type[MilvusClient], path: Path) -> MilvusClient:
    try:
        import milvus_lite  # noqa: F401 - only whether it is there
    except ImportError as exc:
        raise StoreError(str(path), StoreFault.NO_LIBRARY) from exc
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as exc:
        raise StoreError(str(path), StoreFault.IN_USE) from exc
    with translated(str(path)):
        return client(str(path))


@contextmanager
def translated(uri: str) -> Iterator[None]:
    """Turn the errors of Milvus into ours.

    Raises:
        StoreError: Milvus refused, broke off or could not be reached.
    """
    try:
        import grpc
        from pymilvus.exceptions import MilvusException
    except ImportError as exc:
        raise StoreError(uri, StoreFault.NO_LIBRARY) from exc

    try:
        yield
    except MilvusException as exc:
        raise StoreError(uri, _fault(exc)) from exc
    except (grpc.RpcError, OSError, ValueError) as exc:  # ValueError: a channel that was closed
        raise StoreError(uri, StoreFault.AWAY) from exc


class Loaded:
    """Questions to collections, which are loaded again where another bot let go of them."""

    def __init__(self, client: MilvusClient, uri: str) -> None:
        self._client = client
        self._uri = uri

    def query(self, name: str, **question: Any) -> list[dict[str, Any]]:
        """Return the rows of `name` that `MilvusClient.query` finds.

        Raises:
            StoreError: Milvus cannot be asked.
        """
        return list(self._asked(name, partial(self._client.query, name, **question)))

    def every(self, name: str, **question: Any) -> list[dict[str, Any]]:
        """Return the rows of `name` that `MilvusClient.query_iterator` finds, however many.

        Raises:
            StoreError: Milvus cannot be asked.
        """
        rows: list[dict[str, Any]] = []
        with translated(self._uri):
            pages = self._client.query_iterator(name, batch_size=_PAGE, **question)
            while page := pages.next():
                rows += page
            pages.close()
        return rows

    def search(self, name: str, **question: Any) -> list[dict[str, Any]]:
        """Return the hits in `name` that `MilvusClient.search` finds for the one vector in `data`.

        Raises:
            StoreError: Milvus cannot be asked.
        """
        return list(self._asked(name, partial(self._client.search, name, **question))[0])

    def load(self, *names: str) -> None:
        """Load collections, and wait for it."""
        with translated(self._uri):
            for name in names:
                self._client.load_collection(name, timeout=LOADING)

    def _asked(self, name: str, ask: Callable[..., Any]) -> Any:
        from pymilvus.exceptions import MilvusException

        with translated(self._uri):
            try:
                return ask(timeout=PATIENCE)
            except MilvusException as exc:
                if exc.code != NOT_LOADED:
                    raise
            self._client.load_collection(name, timeout=LOADING)
            return ask(timeout=PATIENCE)


def _fault(exc: MilvusException) -> StoreFault:
    words = str(exc.message).lower()
    if "open local milvus failed" in words:
        return StoreFault.IN_USE
    if exc.code in _NO_RIGHTS or "permission" in words or "auth check" in words:
        return StoreFault.NO_RIGHTS
    return StoreFault.AWAY if any(sign in words for sign in _AWAY) else StoreFault.FAILED
