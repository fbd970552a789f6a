"""Which pieces of the multilingual vocabulary a Chinese school needs.

multilingual-e5-small knows 250,002 pieces in a hundred languages; its embedding table is most
of its size. Kept are the pieces made of Han characters (simplified and traditional), digits,
punctuation and symbols, the most frequent English pieces, acronyms, and single letters that
turn up in Chinese text (accented Latin, Greek, bopomofo, kana). Text in other scripts becomes
`<unk>`.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, Final

from tokenizers import Tokenizer

ENGLISH_PIECES: Final = 18_000
SPACE: Final = "▁"

HAN: Final = (
    (0x2E80, 0x2FDF),  # radicals
    (0x3005, 0x3007),  # 々〆〇
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3134F),
)
SIGNS: Final = (
    (0x0020, 0x0040),  # ASCII punctuation and digits
    (0x005B, 0x0060),
    (0x007B, 0x007E),
    (0x00A0, 0x00BF),
    (0x00D7, 0x00D7),
    (0x00F7, 0x00F7),
    (0x2010, 0x2BFF),  # punctuation, arrows, mathematics, enclosed numbers, shapes
    (0x3000, 0x3004),  # CJK punctuation
    (0x3008, 0x303F),
    (0x30FB, 0x30FC),
    (0x3200, 0x33FF),  # enclosed and squared CJK
    (0xFE10, 0xFE6F),
    (0xFF00, 0xFFEF),
    (0x1F000, 0x1FAFF),
)
LETTERS: Final = ((0x0041, 0x005A), (0x0061, 0x007A))
SINGLE_LETTERS: Final = (
    (0x00C0, 0x024F),  # accented Latin
    (0x0391, 0x03C9),  # Greek
    (0x3041, 0x3096),  # hiragana
    (0x30A1, 0x30FA),  # katakana
    (0x3105, 0x312F),  # bopomofo
)


@dataclass(frozen=True, slots=True)
class Selection:
    """The pieces that are kept.

    Attributes:
        ids: Ids in the full vocabulary, ascending; a kept piece's new id is its place here.
        tokenizer: The tokenizer file over the kept pieces, as JSON text.
    """

    ids: tuple[int, ...]
    tokenizer: str


def select(tokenizer_json: str, english: Collection[str], keep_texts: Sequence[str]) -> Selection:
    """Cut the vocabulary of a unigram tokenizer.

    Args:
        tokenizer_json: The full tokenizer file.
        english: Pieces that English text uses; among those of Latin letters, only these are
            kept, because half of the others are in languages that a Chinese report never has.
        keep_texts: Every piece that these texts are cut into is kept, the prompts above all.
    """
    full: dict[str, Any] = json.loads(tokenizer_json)
    vocabulary: list[list[Any]] = full["model"]["vocab"]
    special = {token["id"] for token in full["added_tokens"]}
    ids = (
        special
        | _wanted(vocabulary, special, frozenset(english))
        | _used(tokenizer_json, keep_texts)
    )
    kept = tuple(sorted(ids))
    new_id = {old: new for new, old in enumerate(kept)}
    return Selection(kept, _rewrite(full, vocabulary, new_id))


def _wanted(
    vocabulary: Sequence[Sequence[Any]], special: AbstractSet[int], english: AbstractSet[str]
) -> set[int]:
    """Ids by script; the file lists pieces from the most frequent to the rarest."""
    wanted: set[int] = set()
    latin = 0
    for index, (piece, _) in enumerate(vocabulary):
        text = piece.replace(SPACE, "")
        if index in special:
            continue
        if _within(text, HAN + SIGNS) or (len(text) == 1 and _within(text, SINGLE_LETTERS)):
            wanted.add(index)
        elif piece in english and _within(text, LETTERS + SIGNS):
            latin += 1
            if latin <= ENGLISH_PIECES or text.isupper():
                wanted.add(index)
    return wanted


def _within(text: str, ranges: Sequence[tuple[int, int]]) -> bool:
    return all(any(low <= ord(char) <= high for low, high in ranges) for char in text)


def _used(tokenizer_json: str, texts: Sequence[str]) -> set[int]:
    encodings = Tokenizer.from_str(tokenizer_json).encode_batch(list(texts))
    return {piece for encoding in encodings for piece in encoding.ids}


def _rewrite(
    full: dict[str, Any], vocabulary: Sequence[Sequence[Any]], new_id: Mapping[int, int]
) -> str:
    full["model"]["vocab"] = [vocabulary[old] for old in new_id]
    full["model"]["unk_id"] = new_id[full["model"]["unk_id"]]
    full["truncation"] = full["padding"] = None
    for token in full["added_tokens"]:
        token["id"] = new_id[token["id"]]
    for token in full["post_processor"]["special_tokens"].values():
        token["ids"] = [new_id[old] for old in token["ids"]]
    # Written by the library itself, in the form that its present version reads.
    return Tokenizer.from_str(json.dumps(full, ensure_ascii=False)).to_str()
