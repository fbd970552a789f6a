"""Threads for what would hold up the event loop."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


class ThreadPools:
    """Threads for what would hold up the event loop: a few for questions, one for the library.

    One more waits for a language model, where there is one. An index that is being built takes no
    thread from questions, and two are never built at once.
    """

    def __init__(self) -> None:
        count = max(2, min(4, os.cpu_count() or 2))
        self._questions = ThreadPoolExecutor(count, thread_name_prefix="question")
        self._library = ThreadPoolExecutor(1, thread_name_prefix="library")
        self._model = ThreadPoolExecutor(1, thread_name_prefix="language-model")

    async def ask(
        self,
        call: Callable[Arguments, Result],
        *args: Arguments.args,
        **kwargs: Arguments.kwargs,
    ) -> Result:
        """Do something quick, such as answering a question."""
        return await self._run(self._questions, call, *args, **kwargs)

    async def change(
        self,
        call: Callable[Arguments, Result],
        *args: Arguments.args,
        **kwargs: Arguments.kwargs,
    ) -> Result:
        """Read files, change the library, build an index: one such thing at a time."""
        return await self._run(self._library, call, *args, **kwargs)

    async def consult(
        self,
        call: Callable[Arguments, Result],
        *args: Arguments.args,
        **kwargs: Arguments.kwargs,
    ) -> Result:
        """Wait for a language model: one such thing at a time."""
        return await self._run(self._model, call, *args, **kwargs)

    def close(self) -> None:
        """Begin nothing more."""
        self._model.shutdown(wait=False, cancel_futures=True)
        self._questions.shutdown(wait=False, cancel_futures=True)
        self._library.shutdown(wait=False, cancel_futures=True)

    async def _run(
        self,
        pool: ThreadPoolExecutor,
        call: Callable[Arguments, Result],
        *args: Arguments.args,
        **kwargs: Arguments.kwargs,
    ) -> Result:
        return await asyncio.get_running_loop().run_in_executor(pool, lambda: call(*args, **kwargs))
