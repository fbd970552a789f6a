"""The program `baogao`: its exit status, and what an interruption is told as.

0 is done or answered, 1 nothing found, 2 failure, 130 interrupted. Only the standard library is
imported before `main` can tell of an interruption.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from contextlib import suppress

_INTERRUPTED = 130
_SAID = "已中断。Interrupted.\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit status; every failure is one clear sentence."""
    try:
        from bot.cli.program import run

        return run(sys.argv[1:] if arguments is None else arguments)
    except KeyboardInterrupt:
        with suppress(ValueError):  # not in a thread; a second one must not break into the end
            signal.signal(signal.SIGINT, signal.SIG_IGN)
        with suppress(OSError, AttributeError, UnicodeEncodeError):
            sys.stderr.write(_SAID)
            sys.stderr.flush()
        return _INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
