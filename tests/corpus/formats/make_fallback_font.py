"""Makes corpus/formats/pdf/fallback_font.ttf: `python -m tests.corpus.formats.make_fallback_font`.

One glyph for all letters: its outline runs along the diagonal of the square and back, so it has
a square's measures, and there is nothing in it to fill.
"""

from __future__ import annotations

import io

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

from corpus.formats.pdf.fallback_font import FILE

EM, ASCENT, DESCENT = 1000, 880, -120
MANY_TO_ONE = 13
LETTERS = ((0x20, 0xD7FF), (0xF900, 0xFFEF), (0x20000, 0x323AF))


def fallback_font_bytes() -> bytes:
    """Return the font."""
    pen = TTGlyphPen(None)
    pen.moveTo((0, DESCENT))
    pen.lineTo((EM, ASCENT))
    pen.lineTo((EM // 2, (ASCENT + DESCENT) // 2))
    pen.closePath()
    letter = pen.glyph()
    builder = FontBuilder(EM, isTTF=True)
    builder.setupGlyphOrder([".notdef", "letter"])
    builder.setupCharacterMap({})
    builder.setupGlyf({".notdef": letter, "letter": letter})
    builder.setupHorizontalMetrics({".notdef": (EM, 0), "letter": (EM, 0)})
    builder.setupHorizontalHeader(ascent=ASCENT, descent=DESCENT)
    builder.setupNameTable({"familyName": "Baogao Stand-in", "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=ASCENT, sTypoDescender=DESCENT)
    builder.setupPost(keepGlyphNames=False)
    builder.font["head"].created = builder.font["head"].modified = 0
    builder.font.recalcTimestamp = False
    characters = CmapSubtable.newSubtable(MANY_TO_ONE)
    characters.platformID, characters.platEncID, characters.language = 3, 10, 0
    characters.cmap = {c: "letter" for first, last in LETTERS for c in range(first, last + 1)}
    builder.font["cmap"].tables = [characters]
    file = io.BytesIO()
    builder.font.save(file)
    return file.getvalue()


if __name__ == "__main__":
    FILE.write_bytes(fallback_font_bytes())
