"""Which characters are taken for one another: those that sound alike, and those that look alike.

`characters.tsv` (training/build_similar_characters.py makes it) says how a character sounds and
what it is made of; what follows from that is worked out when it is first asked for.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).parent / "characters.tsv"
_COMMON = 60
_INITIALS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"))
_FINAL = re.compile(r"(?<=[aei])ng$")


@dataclass(frozen=True, slots=True)
class _Tables:
    by_sound: Mapping[str, str]
    sounds: Mapping[str, tuple[str, ...]]
    by_part: Mapping[str, str]
    parts: Mapping[str, str]


def alike_in_sound(character: str) -> str:
    """Return the characters that sound like `character`, tones and regional endings aside.

    zh/z, ch/c, sh/s, n/l, ang/an, eng/en and ing/in count as one: that is how slips are made.
    """
    tables = _tables()
    heard = (tables.by_sound[sound] for sound in tables.sounds.get(character, ()))
    return "".join(dict.fromkeys(c for some in heard for c in some if c != character))


def alike_in_shape(character: str) -> str:
    """Return the characters that share a telling part with `character`, or are a part of it."""
    tables = _tables()
    mine = tables.parts.get(character, "")
    found = dict.fromkeys(c for c in mine if c in tables.parts)
    for part in (*mine, character):
        others = tables.by_part.get(part, "")
        if len(others) <= _COMMON:
            found |= dict.fromkeys(others)
    return "".join(c for c in found if c != character)


@cache
def _tables() -> _Tables:
    by_sound: dict[str, list[str]] = defaultdict(list)
    by_part: dict[str, list[str]] = defaultdict(list)
    sounds: dict[str, tuple[str, ...]] = {}
    parts: dict[str, str] = {}
    for line in _TABLE.read_text("utf-8").splitlines():
        character, heard, made_of = line.split("\t")
        sounds[character] = tuple(dict.fromkeys(map(_blurred, heard.split())))
        parts[character] = made_of
        for sound in sounds[character]:
            by_sound[sound].append(character)
        for part in made_of:
            by_part[part].append(character)
    return _Tables(
        {sound: "".join(each) for sound, each in by_sound.items()},
        sounds,
        {part: "".join(each) for part, each in by_part.items()},
        parts,
    )


def _blurred(syllable: str) -> str:
    for clear, blurred in _INITIALS:
        if syllable.startswith(clear):
            syllable = blurred + syllable[len(clear) :]
            break
    return _FINAL.sub("n", syllable)
