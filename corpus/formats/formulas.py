"""Formulas → text: of Office (ECMA-376 part 1, 22.1), of EQ fields, of MathML; 588/620."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from lxml import etree

from corpus.formats.symbols import enclosed

_RAISED = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_COMPOUND = re.compile(r"[+\-−×÷*/·=＋－]|\s")
_DEEPEST = 50
_SWITCH = re.compile(r"\\(?P<name>[a-zA-Z]+)")


def fraction(over: str, under: str) -> str:
    """Return one part over another, as in 588/620; what is a sum stands in brackets."""
    return f"{_closed(over)}/{_closed(under)}" if under.strip() else over


def raised(base: str, exponent: str) -> str:
    """Return a power: 10³, x^(a+b)."""
    small = exponent.strip().translate(_RAISED)
    if small and not any(c.isascii() or "\u4e00" <= c <= "\u9fff" for c in small):
        return base + small
    return f"{base}^{_closed(exponent)}" if exponent.strip() else base


def lowered(base: str, index: str) -> str:
    """Return a letter with an index: CO₂."""
    return base + index.strip().translate(_LOWERED)


def root(inside: str, degree: str = "") -> str:
    """Return a root: √2, ³√8."""
    return f"{degree.strip().translate(_RAISED)}√{_closed(inside)}"


def formula(element: etree._Element) -> str:
    """Return the text of a formula in the markup of Office (m:oMath) or in MathML (math)."""
    return _text(element, 0)


_OF_OFFICE: dict[str, tuple[Callable[[str, str], str], str, str]] = {
    "f": (fraction, "num", "den"),
    "sSup": (raised, "e", "sup"),
    "sSub": (lowered, "e", "sub"),
    "rad": (root, "e", "deg"),
}
_OF_MATHML: dict[str, Callable[[str, str], str]] = {
    "mfrac": fraction,
    "msup": raised,
    "msub": lowered,
    "mroot": root,
    "msqrt": lambda first, rest: root(first + rest),
}
_ROWS = frozenset(("eqArr", "m", "mtable"))
_LETTERS = frozenset(("t", "mn", "mi", "mo", "mtext", "ms"))
_SILENT = frozenset(("annotation", "annotation-xml"))


def _text(element: etree._Element, depth: int) -> str:
    if not isinstance(element.tag, str) or depth > _DEEPEST:
        return ""
    name = etree.QName(element).localname

    def part(child: str) -> str:
        found = element.find(f"{{*}}{child}")
        return "" if found is None else _text(found, depth + 1)

    if name in _OF_OFFICE:
        write, first, second = _OF_OFFICE[name]
        return write(part(first), part(second))
    if name == "sSubSup":
        return raised(lowered(part("e"), part("sub")), part("sup"))
    if name == "d":
        return _delimited(element, depth)
    if name == "nary":
        sign = _value(element, "naryPr/{*}chr") or "∫"
        return f"{sign}{_limits(part('sub'), part('sup'))}{part('e')}"
    if name in _SILENT or name.endswith("Pr"):
        return ""
    parts = [_text(child, depth + 1) for child in element]
    if name in _OF_MATHML:
        return _OF_MATHML[name](parts[0] if parts else "", "".join(parts[1:]))
    if name in _LETTERS:
        return (element.text or "").strip("\u2061\u2062\u2063") + "".join(parts)
    return "；".join(filter(None, parts)) if name in _ROWS else "".join(parts)


def _delimited(element: etree._Element, depth: int) -> str:
    begin, end = (_value(element, f"dPr/{{*}}{name}") for name in ("begChr", "endChr"))
    inside = [_text(child, depth + 1) for child in element.iterchildren("{*}e")]
    opened, closed = "(" if begin is None else begin, ")" if end is None else end
    return f"{opened}{(_value(element, 'dPr/{*}sepChr') or '|').join(inside)}{closed}"


def _value(element: etree._Element, path: str) -> str | None:
    found = element.find("{*}" + path)
    if found is None:
        return None
    return next((str(value) for name, value in found.items() if str(name).endswith("val")), "")


def _limits(low: str, high: str) -> str:
    return f"({low}→{high})" if low and high else low or high


def _closed(text: str) -> str:
    text = text.strip()
    return f"({text})" if _COMPOUND.search(text) and not text.startswith("(") else text


def equation(code: str) -> str:
    r"""Return what an EQ field shows (17.16.5.17): \f(588,620) is 588/620.

    Where a switch is not known, what stands in its brackets is the text.
    """
    body = re.sub(r"^\s*EQ\b", "", code, flags=re.IGNORECASE)
    return _Equation(body.replace("（", "(").replace("）", ")")).text().strip()


class _Equation:
    """Reads the code of an EQ field from left to right."""

    def __init__(self, code: str) -> None:
        self._code = code
        self._at = 0
        self._depth = 0

    def text(self, ends: str = "") -> str:
        """Return the text up to one of `ends`, which is not passed."""
        pieces: list[str] = []
        while self._at < len(self._code) and self._code[self._at] not in ends:
            pieces.append(self._piece())
        return "".join(pieces)

    def _piece(self) -> str:
        switch = _SWITCH.match(self._code, self._at)
        if switch is None or self._depth > _DEEPEST:
            escaped = self._code[self._at] == "\\" and self._at + 1 < len(self._code)
            self._at += 2 if escaped else 1
            return self._code[self._at - 1]
        self._at = switch.end()
        names = [switch["name"].lower()]
        while True:
            self._skip()
            more = _SWITCH.match(self._code, self._at)
            if more is None:
                break
            names.append(more["name"].lower())
            self._at = more.end()
            self._option(more["name"].lower())
        return _shown(names, self._arguments())

    def _skip(self) -> None:
        while self._code[self._at : self._at + 1].isspace():
            self._at += 1

    def _option(self, name: str) -> None:
        r"""Pass what belongs to an option: the letter of \lc\{, the points of \up8."""
        if name in {"lc", "rc", "bc"} and self._code[self._at : self._at + 1] == "\\":
            self._at += 2
        while self._code[self._at : self._at + 1].isdigit():
            self._at += 1

    def _arguments(self) -> list[str]:
        if self._code[self._at : self._at + 1] != "(":
            return []
        self._at += 1
        self._depth += 1
        found = [self.text(",;，)")]
        while self._code[self._at : self._at + 1] in {",", ";", "，"}:
            self._at += 1
            found.append(self.text(",;，)"))
        self._at += 1
        self._depth -= 1
        return found


def _shown(names: Sequence[str], arguments: Sequence[str]) -> str:
    first, rest = (arguments[0] if arguments else ""), "".join(arguments[1:])
    match re.sub(r"\d", "", names[0]):
        case "f":
            return fraction(first, rest)
        case "r":
            return root(rest, first) if rest else root(first)
        case "o":
            return enclosed(first, rest) if rest else first
        case "b":
            return f"({first})" if first else ""
        case "s":
            return first
        case "a":
            return "；".join(filter(None, (argument.strip() for argument in arguments)))
        case _:
            return " ".join(filter(None, (argument.strip() for argument in arguments)))
