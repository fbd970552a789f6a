"""Letters of symbol fonts → the Unicode characters they look like: ticks, boxes, signs."""

from __future__ import annotations

TICKED, EMPTY = "☑", "☐"
"""How a box stands in the text, whatever the file draws it with."""

_WINGDINGS = {
    0x6C: "●", 0x6E: "■", 0x6F: EMPTY, 0x70: EMPTY, 0x71: EMPTY, 0x72: EMPTY, 0x75: "◆",
    0x76: "❖", 0xA1: "○", 0xA2: "○", 0xA4: "◉", 0xA5: "◎", 0xA6: "○", 0xA7: "▪", 0xA8: EMPTY,
    0xD8: "➢", 0xE0: "→", 0xE8: "→", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: TICKED,
}  # fmt: skip
_WINGDINGS_2 = {
    0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: TICKED, 0x53: "☒", 0x54: "☒", 0x98: "●", 0x99: "◉",
    0xA2: "■", 0xA3: EMPTY, 0xA4: EMPTY, 0x2A: EMPTY, 0x30: EMPTY, 0x9C: "◉", 0x9A: "○",
}  # fmt: skip
_WEBDINGS = {0x61: "✓", 0x63: EMPTY, 0x67: "■", 0x72: "✗", 0x3D: "●"}
_SYMBOL = {
    0xA3: "≤", 0xA5: "∞", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "·", 0xB8: "÷",
    0xB9: "≠", 0xBB: "≈", 0xAE: "→", 0xD6: "√", 0xD2: "®", 0xE2: "®", 0x22: "∀", 0x2D: "−",
    **dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True)),
    **{code: chr(code) for code in (0x20, 0x25, 0x28, 0x29, 0x2B, 0x2C, 0x2E, 0x2F, 0x3A, 0x3D)},
    **{code: chr(code) for code in range(0x30, 0x3A)},
}  # fmt: skip
_FONTS = {
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "webdings": _WEBDINGS,
    "symbol": _SYMBOL,
}
_ANY = _WINGDINGS_2 | _WINGDINGS
"""For letters that name no font: boxes and ticks, which is what forms hold."""

_PRIVATE_USE = range(0xF000, 0xF100)
_TICKS = frozenset("√✓✔✗✘☑☒×")


def symbol(font: str, code: int) -> str | None:
    """Return what the letter `code` of a symbol font looks like, None where that is not known.

    Word writes such letters at their own code, and at U+F000 more.
    """
    table = _FONTS.get(font.strip().lower())
    place = code - 0xF000 if code in _PRIVATE_USE else code
    if table is not None:
        return table.get(place)
    if code in _PRIVATE_USE:
        return _ANY.get(place)
    return chr(code) if 0x20 <= code < 0x110000 and not 0xD800 <= code < 0xF900 else None


def is_symbol_font(font: str) -> bool:
    """Whether the letters of a font are signs."""
    return font.strip().lower() in _FONTS


def symbols(font: str, text: str) -> tuple[str, list[str]]:
    """Return text in a font as Unicode writes it, and the codes of letters that are not known."""
    pieces: list[str] = []
    unknown: list[str] = []
    signs = is_symbol_font(font)
    for letter in text:
        code = ord(letter)
        if code in _PRIVATE_USE or (signs and code < 0x100 and letter != " "):
            found = symbol(font, code)
            if found is None:
                unknown.append(f"U+{code:04X}")
            pieces.append(found or "")
        else:
            pieces.append(letter)
    return "".join(pieces), unknown


def enclosed(frame: str, inside: str) -> str:
    """Return a letter in a frame (Word's enclosed characters) as Unicode writes it."""
    frame, inside = frame.strip(), inside.strip()
    if frame in {"□", "☐", "▢", "◻"}:
        return TICKED if inside in _TICKS else EMPTY + inside
    if frame in {"○", "◯", "〇", "Ο", "O"} and inside.isascii() and inside.isdigit():
        number = int(inside)
        return chr(0x245F + number) if 1 <= number <= 20 else inside
    return inside or frame
