"""A server that speaks chat completions: one question in, one text out, or one error."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol

from index.errors import LanguageModelError, LanguageModelFault

if TYPE_CHECKING:
    from openai import AsyncOpenAI

LONGEST: Final = 8_000
"""Characters of a reply that are read, at most: a model that does not stop is cut off."""

_TOKENS: Final = 1_500
_PAUSE: Final = 30.0
"""Seconds in which a server is left alone that could not be reached or is asked too much."""

_LONGEST_PAUSE: Final = 600.0


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """What a model is told: `role` is "system" or "user"."""

    role: str
    text: str


@dataclass(frozen=True, slots=True)
class Schema:
    """The JSON schema that a reply has to keep to, and its name."""

    name: str
    content: Mapping[str, Any]


class ChatModel(Protocol):
    """Answers messages with a text; safe to use from several threads at once."""

    def reply(self, messages: Sequence[ChatMessage], schema: Schema) -> str:
        """Return what the model says, which may be anything.

        Raises:
            LanguageModelError: it says nothing that can be used.
        """
        ...

    def close(self) -> None:
        """Break off what is waited for, in whatever thread; ask nothing more."""
        ...


class ChatServer:
    """A server of chat completions, through the `openai` client.

    Nothing is asked twice: what fails costs its sentences. After a failure of the network or a
    429 the server is left alone for a while, so that an answer does not wait for it again.
    """

    def __init__(self, base_url: str, model: str, key: str = "", timeout: float = 20.0) -> None:
        """Ask `model` at `base_url`; a reply is waited for `timeout` seconds in all."""
        self._base_url = base_url
        self._model = model
        self._key = key
        self._timeout = timeout
        self._schemas = True
        self._paused_until = 0.0
        self._lock = threading.Lock()
        self._running: set[tuple[asyncio.AbstractEventLoop, asyncio.Task[str]]] = set()
        self._closed = False

    def reply(self, messages: Sequence[ChatMessage], schema: Schema) -> str:
        """Return what the model says within the time; see `ChatModel`. Not in an event loop."""
        if self._closed or time.monotonic() < self._paused_until:
            raise LanguageModelError(self._base_url, LanguageModelFault.PAUSED)
        try:
            # what the client would import at its first request counts for no reply, either
            import openai.resources.chat.completions  # noqa: F401
        except ImportError as exc:
            raise LanguageModelError(self._base_url, LanguageModelFault.NO_LIBRARY) from exc
        return asyncio.run(self._within_time(messages, schema))

    def close(self) -> None:
        """Break off what is waited for, in whatever thread; ask nothing more."""
        self._closed = True
        with self._lock:
            for loop, task in self._running:
                loop.call_soon_threadsafe(task.cancel)

    async def _within_time(self, messages: Sequence[ChatMessage], schema: Schema) -> str:
        task = asyncio.ensure_future(self._ask(messages, schema))
        running = (asyncio.get_running_loop(), task)
        with self._lock:
            self._running.add(running)
        try:
            async with asyncio.timeout(self._timeout):
                return await task
        except TimeoutError as exc:
            raise self._failed(LanguageModelFault.TIMED_OUT) from exc
        except asyncio.CancelledError as exc:
            raise LanguageModelError(self._base_url, LanguageModelFault.PAUSED) from exc
        finally:
            with self._lock:
                self._running.discard(running)

    async def _ask(self, messages: Sequence[ChatMessage], schema: Schema) -> str:
        """Return the reply of the server, or say in a `LanguageModelError` why there is none."""
        import openai

        try:
            async with openai.AsyncOpenAI(
                base_url=self._base_url,
                api_key=self._key or "none",
                timeout=self._timeout,
                max_retries=0,
            ) as client:
                return await self._with_schema(client, messages, schema)
        except openai.OpenAIError as exc:
            raise self._failed(fault_of(exc), _retry_after(exc)) from exc
        except (ValueError, TypeError, AttributeError) as exc:  # what is no chat completion
            raise LanguageModelError(self._base_url, LanguageModelFault.BROKEN) from exc

    async def _with_schema(
        self, client: AsyncOpenAI, messages: Sequence[ChatMessage], schema: Schema
    ) -> str:
        """Ask with the schema, and without it where the server does not know schemas."""
        import openai

        if self._schemas:
            try:
                return await self._stream(client, messages, schema)
            except (openai.BadRequestError, openai.UnprocessableEntityError):
                self._schemas = False
        return await self._stream(client, messages, None)

    async def _stream(
        self, client: AsyncOpenAI, messages: Sequence[ChatMessage], schema: Schema | None
    ) -> str:
        """Return the text of a reply as it streams in.

        Raises:
            LanguageModelError: it calls tools, is too long, or was broken off.
        """
        given: dict[str, Any] = {}
        if schema is not None:
            form = {"name": schema.name, "schema": dict(schema.content), "strict": True}
            given["response_format"] = {"type": "json_schema", "json_schema": form}
        said: list[str] = []
        ended = False
        stream: Any = await client.chat.completions.create(
            model=self._model,
            messages=[{"role": each.role, "content": each.text} for each in messages],  # type: ignore[misc]
            temperature=0,
            max_tokens=_TOKENS,
            stream=True,
            **given,
        )
        async with stream:
            async for chunk in stream:
                if not chunk.choices:
                    continue
                delta = chunk.choices[0].delta
                if delta.tool_calls or getattr(delta, "function_call", None):
                    raise LanguageModelError(self._base_url, LanguageModelFault.TOOLS)
                said.append(delta.content or "")
                if sum(map(len, said)) > LONGEST:
                    raise LanguageModelError(self._base_url, LanguageModelFault.TOO_LONG)
                ended = ended or chunk.choices[0].finish_reason is not None
        if not ended:
            raise LanguageModelError(self._base_url, LanguageModelFault.BROKEN)
        return "".join(said)

    def _failed(self, fault: LanguageModelFault, pause: float | None = None) -> LanguageModelError:
        """Leave the server alone for a while where that helps; return the error to raise."""
        if fault in _PAUSES:
            seconds = _PAUSE if pause is None else pause
            self._paused_until = time.monotonic() + min(seconds, _LONGEST_PAUSE)
        return LanguageModelError(self._base_url, fault)


_PAUSES: Final = frozenset(
    {
        LanguageModelFault.AWAY,
        LanguageModelFault.TIMED_OUT,
        LanguageModelFault.LIMITED,
        LanguageModelFault.KEY,
        LanguageModelFault.NO_MODEL,
    }
)


def fault_of(exc: Exception) -> LanguageModelFault:
    """Return what an error of the `openai` client means."""
    import openai

    kinds = (
        (openai.RateLimitError, LanguageModelFault.LIMITED),
        (openai.AuthenticationError, LanguageModelFault.KEY),
        (openai.PermissionDeniedError, LanguageModelFault.KEY),
        (openai.NotFoundError, LanguageModelFault.NO_MODEL),
        (openai.APITimeoutError, LanguageModelFault.TIMED_OUT),
        (openai.APIConnectionError, LanguageModelFault.AWAY),
        (openai.InternalServerError, LanguageModelFault.FAILED),
        (openai.APIStatusError, LanguageModelFault.REFUSED),
    )
    return next(
        (fault for kind, fault in kinds if isinstance(exc, kind)), LanguageModelFault.BROKEN
    )


def _retry_after(exc: Any) -> float | None:
    """Return the seconds that a 429 asks to wait, in its header; None where it does not."""
    try:
        return max(0.0, float(exc.response.headers["retry-after"]))
    except (AttributeError, KeyError, TypeError, ValueError):
        return None
