"""The named steps of a program that writes: what it is about to ask of the file system.

The functions of `os` are replaced for a while, so that the program itself knows nothing of it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

STEPS = ("fsync", "rename", "replace", "unlink", "remove", "mkdir", "rmdir")

Before = Callable[[str, str], None]
"""Told the step, and the path that it is about, before it is done."""


@contextmanager
def watched(before: Before) -> Iterator[None]:
    """Call `before` ahead of every step that this process takes while the block runs."""
    with mock.patch.multiple(os, **{name: _told(name, before) for name in STEPS}):
        yield


def _told(name: str, before: Before) -> Callable[..., Any]:
    done = getattr(os, name)

    def step(*args: Any, **kwargs: Any) -> Any:
        before(name, _path(name, args, kwargs))
        return done(*args, **kwargs)

    return step


def _path(name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> str:
    if name == "fsync":
        return str(Path(f"/proc/self/fd/{args[0]}").readlink())
    path = os.fspath(args[0])
    if kwargs.get("dir_fd") is not None:
        path = str(Path(f"/proc/self/fd/{kwargs['dir_fd']}").readlink() / path)
    return str(path)
