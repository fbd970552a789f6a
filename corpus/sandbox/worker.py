"""The process that parses: `python -m corpus.sandbox.worker`, started by `corpus.sandbox.pool`.

Files are nobody's promise, and the libraries that parse them are large: what goes wrong here
ends this process and nothing else. Requests come in on stdin, a line of JSON and the bytes of
the file; on stdout go out lines of JSON: each page that is begun, then the report or the reason
why there is none. Its environment holds no token, its limits are the kernel's.
"""

from __future__ import annotations

import json
import logging
import os
import resource
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from io import BufferedReader
from pathlib import Path
from typing import Any, BinaryIO

from corpus.errors import Trouble, UnreadableReport
from corpus.formats import Source
from corpus.limits import ParserLimits
from corpus.parsing.parse import understand
from corpus.sandbox.archive import unpacked
from corpus.sandbox.report_json import report_to_json

_log = logging.getLogger(__name__)
_LARGEST_FILE = 1024**3


def main() -> None:
    """Serve requests until stdin ends, or a file has used up the memory."""
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what libraries print must not look like a reply
    _confine()
    requests = sys.stdin.buffer
    while line := requests.readline():
        request = json.loads(line)
        data = requests.read(request["size"])
        if len(data) < request["size"]:
            return
        if request.get("unpack"):
            reply = unpack(request, data, replies)
        else:
            reply = answer(request, data, lambda page: _send(replies, page))
        _send(replies, reply)
        if reply.get("trouble") == Trouble.MEMORY:
            return


def request_of(data: bytes, path: Path, limits: ParserLimits, *, unpack: bool = False) -> bytes:
    """Return the request to read, or to unpack, the file `path` with the bytes `data`."""
    header: dict[str, Any] = {"name": path.name, "size": len(data), "limits": asdict(limits)}
    header |= {"unpack": True} if unpack else {}
    return json.dumps(header).encode("ascii") + b"\n"


def answer(
    request: dict[str, Any], data: bytes, send: Callable[[dict[str, Any]], None]
) -> dict[str, Any]:
    """Return the reply to one request."""
    limits = ParserLimits(**request["limits"])
    allow_time(limits)

    def told(page: int, pages: int) -> None:
        allow_time(limits)
        send({"page": [page, pages]})

    source = Source(data, Path(request["name"]), limits, told, allow_memory)
    allow_memory(limits.memory)
    try:
        return {"report": report_to_json(understand(source))}
    except UnreadableReport as exc:
        _log.debug("refused", exc_info=exc)
        return {"trouble": exc.trouble.value, "detail": exc.detail}
    except MemoryError:
        return {"trouble": Trouble.MEMORY.value, "detail": ""}
    except RecursionError:
        return {"trouble": Trouble.DAMAGED.value, "detail": ""}
    except Exception:  # noqa: BLE001 - one bad file must not stop the others; it is reported
        _log.exception("a file broke its converter")
        return {"trouble": Trouble.CRASHED.value, "detail": ""}


def unpack(
    request: dict[str, Any], data: bytes, replies: BinaryIO | BufferedReader
) -> dict[str, Any]:
    """Send the files of an archive, a line of JSON and the bytes of each; return the last reply."""
    limits = ParserLimits(**request["limits"])
    allow_time(limits)
    allow_memory(limits.memory)
    try:
        for file in unpacked(Source(data, Path(request["name"]), limits)):
            trouble = "" if file.trouble is None else file.trouble.value
            _send(replies, {"file": file.name, "size": len(file.data), "trouble": trouble})
            replies.write(file.data)
    except UnreadableReport as exc:
        return {"trouble": exc.trouble.value, "detail": exc.detail}
    except MemoryError:
        return {"trouble": Trouble.MEMORY.value, "detail": ""}
    return {"unpacked": True}


def allow_time(limits: ParserLimits) -> None:
    """Give this process another helping of processor time, on every core, from now on."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + limits.seconds * ((os.cpu_count() or 1) + 1)
    _limit(resource.RLIMIT_CPU, seconds)


def allow_memory(size: int) -> None:
    """Let this process, and what it starts, map `size` bytes of memory."""
    _limit(resource.RLIMIT_AS, size)


def _confine() -> None:
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, _LARGEST_FILE)


def _limit(kind: int, value: int) -> None:
    """Set a soft limit; some systems know a limit and do not let it be set."""
    with suppress(ValueError, OSError):
        _, hard = resource.getrlimit(kind)
        bounded = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (bounded, hard))


def _send(replies: BinaryIO | BufferedReader, message: dict[str, Any]) -> None:
    replies.write(json.dumps(message).encode("ascii") + b"\n")
    replies.flush()


if __name__ == "__main__":
    main()
