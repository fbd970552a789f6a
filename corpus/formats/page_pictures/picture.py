"""What is drawn: a page as a file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page as a PNG file; `part`: it is only the part around the marked words."""

    content: bytes
    page: int
    part: bool
