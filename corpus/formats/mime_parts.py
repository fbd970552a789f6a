"""MIME messages (RFC 2045, 2557): mails, and web pages that a browser saved in one file."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage

_FIELD = re.compile(rb"[A-Za-z][\w-]{1,60}:[ \t]?[^\r\n]*\r?\n")
_MIME = re.compile(rb"^(?:mime-version:|content-type:\s*(?:multipart|text)/)", re.I | re.M)
_HEAD = 8192
_MARKS = b"\xef\xbb\xbf \t\r\n"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a message: its kind (text/html), its bytes as they were sent, their encoding."""

    kind: str
    data: bytes
    charset: str
    name: str = ""


def is_message(data: bytes) -> bool:
    """Whether a file begins with the fields of a MIME message, whichever comes first."""
    head = data[:_HEAD].lstrip(_MARKS)
    if _FIELD.match(head) is None:
        return False
    fields = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    return _MIME.search(fields) is not None


def message_of(data: bytes) -> EmailMessage:
    """Return the message in a file; a damaged one has what could be made of it."""
    return email.message_from_bytes(data.lstrip(_MARKS), policy=email.policy.default)


def subject_of(message: EmailMessage) -> str:
    """Return the subject of a message, "" where it has none that can be read."""
    try:
        return str(message.get("subject", ""))
    except (ValueError, LookupError, AttributeError, IndexError, TypeError):
        return ""  # a field that breaks the grammar breaks its parser


def parts_of(message: EmailMessage) -> Iterator[Part]:
    """Yield the parts of a message that hold something, the root of a page first (RFC 2387)."""
    start = message.get_param("start")
    first = str(start).strip("<>") if isinstance(start, str) else ""
    parts = [part for part in message.walk() if not part.is_multipart()]
    parts.sort(key=lambda part: str(part["content-id"] or "").strip("<> ") != first)
    for part in parts:
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes) and payload.strip():
            charset = part.get_content_charset() or ""
            yield Part(part.get_content_type(), payload, charset, _name(part))


def _name(part: EmailMessage) -> str:
    try:
        return part.get_filename() or ""
    except (ValueError, LookupError, AttributeError, TypeError):
        return "?"
