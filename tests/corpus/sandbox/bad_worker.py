"""A worker whose files do to it what hostile files do to parsers; the first line says what."""

from __future__ import annotations

import os
import signal
import sys
import time

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
        case b"environment":
            text = "2021年总结\n" + "\n".join(f"{k}是{v}。" for k, v in os.environ.items())
            return real(Source(text.encode(), source.path))
    return real(source)


HOARD: list[bytearray] = []

if __name__ == "__main__":
    worker.understand = understand
    worker.main()
