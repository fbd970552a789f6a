"""The process that parses: `python -m corpus.sandbox.worker`, started by `corpus.sandbox.pool`.

Files are nobody's promise, and the libraries that parse them are large: what goes wrong here
ends this process and nothing else. Requests come in on stdin, a line of JSON and the bytes of
the file; on stdout go out lines of JSON: each page that is begun, then the report or the reason
why there is none. Its environment holds no token. The kernel limits its time and memory and, where
it can, lets it reach no network, write nothing but a folder of its own, and read nothing but the
programs and libraries that it needs (see `corpus.sandbox.confinement`).
"""

from __future__ import annotations

import json
import logging
import os
import resource
import sys
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict
from io import BufferedReader
from pathlib import Path
from typing import Any, BinaryIO

from corpus.errors import Trouble, UnreadableReport
from corpus.formats import Source
from corpus.formats.installed import find_office
from corpus.formats.office import PIPES
from corpus.limits import ParserLimits
from corpus.parsing.parse import understand
from corpus.sandbox.archive import unpacked
from corpus.sandbox.confinement import confine_files, drop_capabilities, forbid_network
from corpus.sandbox.report_json import report_to_json

_log = logging.getLogger(__name__)
_LARGEST_FILE = 1024**3

_OWN_FOLDER = "TMPDIR"
"""The variable that names the folder to write to, where there is one."""

_READ = (
    *("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/nix/store", "/gnu/store"),
    *("/etc/alternatives", "/etc/fonts", "/etc/java", "/etc/ld.so.cache", "/etc/libreoffice"),
    *("/etc/group", "/etc/localtime", "/etc/nsswitch.conf", "/etc/passwd"),
    *("/var/cache/fontconfig", "/var/lib/libreoffice", "/var/spool/libreoffice"),
    *("/proc", "/sys", "/dev/null", "/dev/zero", "/dev/random", "/dev/urandom"),
)
"""What programs and libraries of the system read."""


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


def request_of(
    data: bytes, path: Path, limits: ParserLimits, wanted: Mapping[str, Any] | None = None
) -> bytes:
    """Return the request to read the file `path` with the bytes `data`.

    `wanted` is {"words", "at"} where the page with these words is to be drawn instead, {"unpack":
    True} where an archive is to be unpacked.
    """
    header = {"name": path.name, "size": len(data), "limits": asdict(limits), **(wanted or {})}
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
        if "words" in request:
            return _picture(source, request["words"], request["at"])
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


def _picture(source: Source, words: str, page: int | None) -> dict[str, Any]:
    from corpus.formats.page_pictures.draw import draw

    drawn = draw(source, words, page)
    content = b64encode(drawn.content).decode("ascii")
    return {"picture": content, "number": drawn.page, "part": drawn.part}


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
    office = find_office()
    drop_capabilities()
    forbid_network(local=office is not None)
    own = [Path(os.environ[_OWN_FOLDER])] if _OWN_FOLDER in os.environ else []
    pipes = [PIPES] if office is not None else []
    confine_files(_readable(office), [*own, Path(os.devnull)], pipes)


def _readable(office: str | None) -> Iterator[Path]:
    """Yield what may be read: the system's programs, Python's, and our own; no report, no key."""
    yield from map(Path, _READ)
    yield from map(Path, (sys.prefix, sys.base_prefix, sys.exec_prefix))
    rooms = Path(__file__).resolve().parents[2]
    checkout = (rooms / "pyproject.toml").is_file()  # else our packages lie among the libraries
    yield rooms / "corpus"
    yield from (path for path in map(Path, sys.path) if not checkout or path != rooms)
    yield from map(Path, filter(None, os.environ.get("LD_LIBRARY_PATH", "").split(os.pathsep)))
    if office is not None:
        yield Path(office).resolve().parents[1]


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
