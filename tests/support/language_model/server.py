"""A strict stand-in of a chat-completions server on loopback, that can be told to misbehave.

See README.md beside this file for what it holds and what it can be told.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

_KNOWN = {"model", "messages", "temperature", "max_tokens", "stream", "response_format"}
_ROLES = {"system", "user", "assistant"}


@dataclass
class Behaviour:
    """What the server does with the next requests.

    `text` is what it says. `status` other than 200 is an error, with `headers`. `stall` seconds
    are waited before the first byte, `drip` seconds between chunks. `cut`: the connection ends in
    the middle of the text. `garbage`: the body is no completion. `tool`: it calls a tool.
    `schemas`: it knows response_format. `endless`: it never stops talking.
    """

    text: str = '{"numbers": []}'
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    stall: float = 0.0
    drip: float = 0.0
    cut: bool = False
    garbage: bool = False
    tool: bool = False
    schemas: bool = True
    endless: bool = False


@dataclass
class ChatCompletions:
    """The server: its address, its behaviour, and every request body that it accepted."""

    key: str = "secret"
    model: str = "small"
    behaviour: Behaviour = field(default_factory=Behaviour)
    requests: list[dict[str, Any]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    address: str = ""
    stopped: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def running(self) -> Iterator[ChatCompletions]:
        """Serve on a free port of loopback until the block ends."""
        server = ThreadingHTTPServer(
            ("127.0.0.1", 0), type("Handler", (_Handler,), {"stand_in": self})
        )
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        self.address = f"http://127.0.0.1:{server.server_address[1]}/v1"
        try:
            yield self
        finally:
            self.stopped.set()
            server.shutdown()
            server.server_close()
            thread.join()

    def problem(self, body: Any) -> str | None:
        """Return what is wrong with a request, as a strict server sees it."""
        if not isinstance(body, dict):
            return "the body is no object"
        if unknown := set(body) - _KNOWN:
            return f"unknown parameters: {sorted(unknown)}"
        messages = body.get("messages")
        if not isinstance(messages, list) or not messages:
            return "messages must be a list that is not empty"
        for each in messages:
            if set(each) != {"role", "content"} or each["role"] not in _ROLES:
                return "a message has a role and a content"
            if not isinstance(each["content"], str) or not each["content"]:
                return "a content is text"
        if not 0 <= body.get("temperature", 1) <= 2 or not 0 < body.get("max_tokens", 1) <= 4096:
            return "temperature or max_tokens out of range"
        form = body.get("response_format")
        if form is not None and not self.behaviour.schemas:
            return "response_format is not supported"
        if form is not None and not _is_schema(form):
            return "response_format is no strict json_schema"
        return None


def _is_schema(form: Any) -> bool:
    """Whether a form is a schema whose objects are closed, as strict servers demand."""
    if form.get("type") != "json_schema" or not form["json_schema"].get("strict"):
        return False
    return _closed(form["json_schema"]["schema"])


def _closed(schema: dict[str, Any]) -> bool:
    if schema.get("type") == "object":
        named = set(schema.get("properties", {})) == set(schema.get("required", ()))
        closed = schema.get("additionalProperties") is False
        return named and closed and all(map(_closed, schema["properties"].values()))
    return _closed(schema["items"]) if schema.get("type") == "array" else True


class _Handler(BaseHTTPRequestHandler):
    stand_in: ChatCompletions

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: Any) -> None: ...

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers["content-length"]))
        behaviour = self.stand_in.behaviour
        if self.path != "/v1/chat/completions":
            self._error(404, "no such path")
        elif self.headers["authorization"] != f"Bearer {self.stand_in.key}":
            self._error(401, "wrong key")
        elif (problem := self.stand_in.problem(json.loads(raw))) is not None:
            self.stand_in.refused.append(problem)
            self._error(400, problem)
        elif json.loads(raw)["model"] != self.stand_in.model:
            self._error(404, "no such model")
        else:
            self.stand_in.requests.append(json.loads(raw))
            self.stand_in.stopped.wait(behaviour.stall)
            self._answer(behaviour)

    def _answer(self, behaviour: Behaviour) -> None:
        if behaviour.status != 200:
            self._error(behaviour.status, "as told", behaviour.headers)
            return
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("connection", "close")
        self.end_headers()
        self.close_connection = True
        with suppress(OSError):  # the client may hang up
            self._stream(behaviour)

    def _stream(self, behaviour: Behaviour) -> None:
        if behaviour.garbage:
            self._write("data: {this is no json\n\n")
            return
        if behaviour.tool:
            call = {"index": 0, "id": "1", "type": "function"}
            call["function"] = {"name": "send_mail", "arguments": "{}"}
            self._chunk({"tool_calls": [call]})
        pieces = [behaviour.text[i : i + 8] for i in range(0, len(behaviour.text), 8)]
        if behaviour.cut:
            pieces = pieces[: len(pieces) // 2]
        for piece in pieces:
            self._chunk({"content": piece})
            self.stand_in.stopped.wait(behaviour.drip)
        while behaviour.endless and not self.stand_in.stopped.is_set():
            self._chunk({"content": "好" * 500})
        if not behaviour.cut:
            self._chunk({}, "stop")
            self._write("data: [DONE]\n\n")

    def _chunk(self, delta: dict[str, Any], finish: str | None = None) -> None:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        chunk = {"id": "1", "object": "chat.completion.chunk", "created": int(time.time())}
        self._write(
            f"data: {json.dumps({**chunk, 'model': self.stand_in.model, 'choices': [choice]})}\n\n"
        )

    def _write(self, text: str) -> None:
        self.wfile.write(text.encode())
        self.wfile.flush()

    def _error(self, status: int, words: str, headers: dict[str, str] | None = None) -> None:
        body = json.dumps({"error": {"message": words, "type": "error"}}).encode()
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
