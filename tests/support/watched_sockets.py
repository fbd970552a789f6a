"""The program with its sockets watched by the kernel: a forbidden one ends it with SIGSYS.

    python -m tests.support.watched_sockets PORT COMMAND…   runs `baogao COMMAND…`

PORT is that of a server on this machine, which alone may be spoken to; 0 forbids every socket
but those between programs of this machine. Looking up a name is speaking to somebody, too.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import socket
import struct
import sys
import time

from corpus.sandbox import confinement as kernel

_SETTLES = 1.0
"""Seconds after the end of a command in which a library may yet speak in a thread of its own."""

_CREATE, _ADD, _RESTRICT = 444, 445, 446
_NET_PORT, _CONNECT = 2, 0b10


def can_watch() -> bool:
    """Whether the kernel can watch: seccomp, and Landlock that knows ports."""
    return kernel.can_forbid_network() and kernel._landlock_version() >= 4


def watch(port: int) -> None:
    """Have the kernel end this process, and all that it starts, at a forbidden socket."""
    machine = kernel._MACHINES[platform.machine()]
    allowed = [socket.AF_UNIX, *([socket.AF_INET, socket.AF_NETLINK] if port else [])]
    assert kernel.install_filter(
        [
            *kernel.only_here(machine),
            kernel._step(kernel._JUMP_EQUAL, machine.socket, 1, 0),
            kernel._step(kernel._RETURN, kernel.ALLOW),
            kernel._step(kernel._LOAD, kernel.ARGUMENTS + 8),
            kernel._step(0x54, 0xF),  # without SOCK_NONBLOCK and SOCK_CLOEXEC
            *kernel.when(socket.SOCK_DGRAM, kernel.KILL),  # names are looked up with these
            kernel._step(kernel._LOAD, kernel.ARGUMENTS),
            # urllib3 tries at import whether there is IPv6: that socket is refused, no more
            *kernel.when(socket.AF_INET6, kernel._ERRNO | errno.EACCES),
            *(step for family in allowed for step in kernel.when(family, kernel.ALLOW)),
            kernel._step(kernel._RETURN, kernel.KILL),
        ]
    )
    if port:
        _only_port(port)


def _only_port(port: int) -> None:
    rules = kernel._syscall(
        _CREATE, ctypes.create_string_buffer(struct.pack("QQ", 0, 2), 16), 16, 0
    )
    rule = ctypes.create_string_buffer(struct.pack("QQ", _CONNECT, port), 16)
    assert kernel._syscall(_ADD, rules, _NET_PORT, rule, 0) == 0
    assert kernel._syscall(_RESTRICT, rules, 0) == 0
    os.close(rules)


def main() -> int:
    """Run the program."""
    watch(int(sys.argv[1]))
    from bot.__main__ import main as baogao

    status = baogao(sys.argv[2:])
    time.sleep(_SETTLES)
    return status


if __name__ == "__main__":
    sys.exit(main())
