"""What an ordinary user may have the kernel forbid: of this process, and of all that it starts.

Landlock shuts off the files, seccomp the network; both hold for good. Linux has them (Landlock
from 5.13); where the kernel lacks one, its function returns False and nothing is forbidden.
The libraries for them on PyPI are young or unkept, so the few calls are made here.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_PR_GET_DUMPABLE, _PR_SET_DUMPABLE = 3, 4
_PR_GET_SECCOMP, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 21, 22, 38
_SECCOMP_MODE_FILTER = 2
_LANDLOCK_CREATE, _LANDLOCK_ADD, _LANDLOCK_RESTRICT = 444, 445, 446

_READS: Final = 0b1101
"""Landlock's rights to execute, to read a file and to list a folder."""

_FILES: Final = 0b111
"""Of all rights, those that a file can have: to execute, write and read it; others by ABI."""

_RIGHTS_OF_ABI: Final = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
"""How many rights over files each version of Landlock knows; later ones know those of 5."""

_MAKE_SOCKETS: Final = 1 << 9 | 1 << 5
"""To make a socket, and to remove it."""

_TRUNCATE, _DEVICE_CONTROL = 1 << 14, 1 << 15
_SCOPES_FROM, _SCOPES = 6, 0b11
"""From this version on, abstract sockets and signals stay within the confined processes."""

ALLOW: Final = 0x7FFF0000
KILL: Final = 0x80000000
_ERRNO: Final = 0x00050000
_LOAD, _JUMP_EQUAL, _JUMP_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
NUMBER, ARCHITECTURE, ARGUMENTS = 0, 4, 16
"""Where seccomp's data has the number of the call, the architecture, and the arguments."""

_CAPABILITY_VERSION: Final = 0x20080522
_READ_EVERYTHING: Final = 1 << 2
"""CAP_DAC_READ_SEARCH: libraries may lie in a folder of somebody else."""

_X32: Final = 0x40000000
_AF_UNIX: Final = 1


@dataclass(frozen=True, slots=True)
class _Machine:
    """How the calls are numbered on a kind of processor."""

    audit: int
    socket: int
    others: tuple[int, ...]


_MACHINES: Final = {
    # ptrace, process_vm_readv, process_vm_writev, io_uring_setup, pidfd_getfd
    "x86_64": _Machine(0xC000003E, 41, (101, 310, 311, 425, 438)),
    "aarch64": _Machine(0xC00000B7, 198, (117, 270, 271, 425, 438)),
}


def hide_memory() -> bool:
    """Keep other processes of the same user from this one's memory and first environment.

    It is the kernel's "dumpable" flag: no core dump, /proc entries that belong to root. A program
    that is started has it set again.
    """
    return _prctl(_PR_SET_DUMPABLE, 0) and _prctl_value(_PR_GET_DUMPABLE) == 0


def drop_capabilities() -> bool:
    """Give up what root may do beyond its own files, but for reading: True where none is left."""
    if not sys.platform.startswith("linux"):
        return False
    header = ctypes.create_string_buffer(struct.pack("Ii", _CAPABILITY_VERSION, 0))
    data = ctypes.create_string_buffer(24)
    _libc().capget(header, data)
    effective, permitted = struct.unpack_from("II", data)
    kept = permitted & _READ_EVERYTHING
    words = struct.pack("IIIIII", effective & kept, kept, 0, 0, 0, 0)
    return int(_libc().capset(header, ctypes.create_string_buffer(words))) == 0


def can_forbid_network() -> bool:
    """Whether `forbid_network` works on this machine."""
    known = platform.machine() in _MACHINES
    return known and _prctl_value(_PR_GET_SECCOMP) >= 0


def can_confine_files() -> bool:
    """Whether `confine_files` works on this machine."""
    return _landlock_version() > 0


def forbid_network(*, local: bool = False) -> bool:
    """Refuse every new socket, and the calls that get around it or into other processes.

    With `local`, sockets between programs of this machine (AF_UNIX) are let be: LibreOffice
    needs them. Call it before threads are started: those that run are not bound.
    """
    machine = _MACHINES.get(platform.machine())
    if machine is None or not sys.platform.startswith("linux"):
        return False
    families = [_AF_UNIX] if local else []
    refuse = _ERRNO | errno.EACCES
    program = [
        *only_here(machine),
        *(step for call in machine.others for step in when(call, _ERRNO | errno.ENOSYS)),
        _step(_JUMP_EQUAL, machine.socket, 1, 0),
        _step(_RETURN, ALLOW),
        _step(_LOAD, ARGUMENTS),
        *(step for family in families for step in when(family, ALLOW)),
        _step(_RETURN, refuse),
    ]
    return install_filter(program)


def only_here(machine: _Machine) -> list[bytes]:
    """Return the steps that refuse calls of another architecture, then load the call's number."""
    return [
        _step(_LOAD, ARCHITECTURE),
        _step(_JUMP_EQUAL, machine.audit, 1, 0),
        _step(_RETURN, _ERRNO | errno.EPERM),
        _step(_LOAD, NUMBER),
        _step(_JUMP_AT_LEAST, _X32, 0, 1),
        _step(_RETURN, _ERRNO | errno.EPERM),
    ]


def when(value: int, verdict: int) -> list[bytes]:
    """Return the steps that give `verdict` where `value` was loaded."""
    return [_step(_JUMP_EQUAL, value, 0, 1), _step(_RETURN, verdict)]


def install_filter(program: Sequence[bytes]) -> bool:
    """Have the kernel run a filter of classic BPF before every call from now on."""
    code = ctypes.create_string_buffer(b"".join(program))
    filters = ctypes.create_string_buffer(
        struct.pack("HxxxxxxQ", len(program), ctypes.addressof(code))
    )
    return _prctl(_PR_SET_NO_NEW_PRIVS, 1) and _prctl(
        _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.addressof(filters)
    )


def confine_files(
    readable: Iterable[Path], writable: Iterable[Path], sockets: Iterable[Path] = ()
) -> bool:
    """Forbid all files but those below `readable`, to read, and `writable`, for everything.

    In the folders `sockets`, sockets may be made, and files removed. What is already open stays
    so. Paths that are not there are passed over.
    """
    abi = _landlock_version()
    if abi < 1:
        return False
    every = (1 << _RIGHTS_OF_ABI.get(abi, 16)) - 1
    # three words: rights over files, over TCP ports (none: seccomp has them), what is scoped
    words = (every, 0, _SCOPES if abi >= _SCOPES_FROM else 0)
    size = {1: 8, 2: 8, 3: 8, 4: 16, 5: 16}.get(abi, 24)
    rules = ctypes.create_string_buffer(struct.pack("QQQ", *words)[:size], size)
    descriptor = _syscall(_LANDLOCK_CREATE, rules, size, 0)
    if descriptor < 0:
        return False
    try:
        for rights, paths in ((_READS, readable), (every, writable), (_MAKE_SOCKETS, sockets)):
            for path in paths:
                _allow(descriptor, path, rights & every)
        return _prctl(_PR_SET_NO_NEW_PRIVS, 1) and _syscall(_LANDLOCK_RESTRICT, descriptor, 0) == 0
    finally:
        os.close(descriptor)


def _landlock_version() -> int:
    return _syscall(_LANDLOCK_CREATE, None, 0, 1)


def _allow(rules: int, path: Path, rights: int) -> None:
    with suppress(OSError):
        opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
        try:
            if not path.is_dir():
                rights &= _FILES | _TRUNCATE | _DEVICE_CONTROL
            rule = ctypes.create_string_buffer(struct.pack("=Qi", rights, opened))
            _syscall(_LANDLOCK_ADD, rules, 1, rule, 0)
        finally:
            os.close(opened)


def _step(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("HBBI", code, if_true, if_false, value)


def _syscall(number: int, *arguments: object) -> int:
    """Return what a system call returns, -1 where there is none of that number."""
    if not sys.platform.startswith("linux"):
        return -1
    words = (ctypes.c_long(x) if isinstance(x, int) else x for x in arguments)
    return int(_libc().syscall(ctypes.c_long(number), *words))


def _prctl(option: int, value: int, more: int = 0) -> bool:
    return _prctl_value(option, value, more) == 0


def _prctl_value(option: int, value: int = 0, more: int = 0) -> int:
    if not sys.platform.startswith("linux"):
        return -1
    words = (ctypes.c_ulong(word) for word in (value, more, 0, 0))
    return int(_libc().prctl(option, *words))


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
