"""Letters as files hold them → letters as people type them.

Files made by other programs hold look-alikes of common letters: radicals (⼯ for 工), compatibility
ideographs, letters of private use that stand for a space or a tick, and titles set apart letter
by letter (工 作 总 结).
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_RADICALS: Final = (
    "⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺇几⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎尢⺏尣⺐尢⺑尣⺒巳⺓幺⺔彑⺕彐⺖忄⺗㣺⺘扌⺙攵⺛旡⺜日⺝月⺞歹"
    "⺠民⺡氵⺢氺⺣灬⺤爫⺥爪⺦丬⺧牛⺨犭⺩王⺪疋⺫目⺬示⺭礻⺮竹⺯糹⺰纟⺱罒⺲罒⺳网⺴网⺵网⺶羊⺷羊⺸羊⺹耂⺺肀⺻聿⺼月"
    "⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃西⻄覀⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻕阜⻖阝⻗雨⻘青"
    "⻙韦⻚页⻛风⻜飞⻝食⻞飠⻟飠⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龟⻲亀"
)
"""Radicals that no normalisation form changes, each before the letter that looks like it."""
_SPACES: Final = (0xE5E5, 0xF020)
"""Of private use: the space of GBK (A3 A0), and that of symbol fonts."""
_SYMBOLS: Final = (
    "\uf06c●\uf06e■\uf06f□\uf071□\uf072□\uf0a1○\uf0a3□\uf0a7▪\uf0a8□\uf0b7•\uf0d8➢\uf0fb☒\uf0fc✓"
    "\uf0fd☒\uf0fe☑\uf052☑\uf050✓\uf0a4◉"
)
"""Letters of Wingdings as Word writes them: bullets, boxes and ticks."""
_BLOCKS: Final = ((0x2E80, 0x2FE0), (0xF900, 0xFB00), (0x2F800, 0x2FA20))
_LETTER = "[\u4e00-\u9fff、。，；：！？（）《》“”0-9０-９]"
_APART = re.compile(rf"(?<!\S)(?:{_LETTER} )+{_LETTER}(?!\S)")
_FEWEST_APART = 3
_PAIR_APART = re.compile(r"[\u4e00-\u9fff] [\u4e00-\u9fff]")
_CHOICES = re.compile(r"[一二三四五六七八九十百0-9０-９甲乙丙丁优良中差是否有无男女]+")
_BESIDE_NUMBER = re.compile(r"(?<=[\d）)]) (?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff]) (?=\d)")


def _table() -> dict[int, str]:
    table = dict.fromkeys(_SPACES, "\u3000")
    for pairs in (_RADICALS, _SYMBOLS):
        table.update({ord(a): b for a, b in zip(pairs[::2], pairs[1::2], strict=True)})
    for first, end in _BLOCKS:
        for code in range(first, end):
            plain = unicodedata.normalize("NFKC", chr(code))
            if plain != chr(code) and code not in table:
                table[code] = plain
    return table


_PLAIN: Final = _table()


def plain_letters(text: str) -> str:
    """Return `text` with common letters instead of their look-alikes."""
    return text if text.isascii() else text.translate(_PLAIN)


def joined_letters(text: str) -> str:
    """Return `text`, of single spaces, without those that set its letters apart.

    Letters are set apart where three or more follow each other singly, or two are all there is;
    numerals and marks in a row (the heads of a table) stay.
    """
    if " " not in text:
        return text
    if _PAIR_APART.fullmatch(text):
        return text if _CHOICES.fullmatch(text[::2]) else text[::2]
    joined = _APART.sub(_joined, text)
    if joined == text:
        return text
    return _BESIDE_NUMBER.sub("", joined) if _mostly_apart(text) else joined


def _joined(found: re.Match[str]) -> str:
    letters = found[0].replace(" ", "")
    if len(letters) < _FEWEST_APART or _CHOICES.fullmatch(letters):
        return found[0]
    return letters


def _mostly_apart(text: str) -> bool:
    words = text.split(" ")
    return sum(len(word) == 1 for word in words) >= 0.7 * len(words)
