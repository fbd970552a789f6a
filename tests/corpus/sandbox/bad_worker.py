"""A worker whose files do to it what hostile files do to parsers; the first line says what."""

from __future__ import annotations

import errno
import os
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from corpus.formats import Source
from corpus.report import Report
from corpus.sandbox import worker

real = worker.understand


def understand(source: Source) -> Report:  # noqa: C901 - a case a misdeed
    match source.data.split(b"\n", 1)[0]:
        case b"hang":
            time.sleep(600)
        case b"spin":
            while True:
                pass
        case b"pages":
            for page in range(1, 5):
                source.told(page, 4)
                time.sleep(0.9)
        case b"memory":
            return real(Source(b"x" * 2**33, source.path))
        case b"hoard":
            HOARD.append(bytearray(300 * 2**20))
        case b"abort":
            os.kill(os.getpid(), signal.SIGSEGV)
        case b"exit":
            sys.exit(0)
        case b"raise":
            raise KeyError("broken")
        case b"recurse":
            return understand(source)
        case b"babble":
            print("not a reply")
        case b"network":
            return real(_told(_sockets(), source.path))
        case b"files":
            return real(_told(_files(source.data.split(b"\n")[1:]), source.path))
        case b"litter":
            made = Path(tempfile.mkdtemp())
            (made / "left").write_bytes(b"left")
            os.kill(os.getpid(), signal.SIGKILL)
        case b"environment":
            text = "2021年总结\n" + "\n".join(f"{k}是{v}。" for k, v in os.environ.items())
            return real(Source(text.encode(), source.path))
    return real(source)


def _told(said: list[str], path: Path) -> Source:
    return Source("\n".join(["2021年总结", *(f"{line}。" for line in said)]).encode(), path)


def _sockets() -> list[str]:
    """What each kind of socket came to."""
    families = {"IPv4": socket.AF_INET, "IPv6": socket.AF_INET6, "netlink": socket.AF_NETLINK}
    kinds = (socket.SOCK_STREAM, socket.SOCK_DGRAM)
    return [
        f"{name}是{_outcome(lambda f=family, k=kind: socket.socket(f, k))}"
        for name, family in families.items()
        for kind in (kinds if name != "netlink" else (socket.SOCK_RAW,))
    ]


def _files(paths: list[bytes]) -> list[str]:
    """What came of reading the file of each line, and of writing beside it."""
    said = []
    for raw in filter(None, paths):
        path = Path(os.fsdecode(raw))
        said.append(f"读是{_outcome(path.read_bytes)}")
        said.append(f"写是{_outcome(lambda p=path: p.with_name('written').write_bytes(b'x'))}")
        said.append(f"删是{_outcome(path.unlink)}")
    return said


def _outcome(act: Callable[[], object]) -> str:
    try:
        act()
    except OSError as exc:
        return errno.errorcode[exc.errno or 0]
    return "成"


HOARD: list[bytearray] = []

if __name__ == "__main__":
    worker.understand = understand
    worker.main()
