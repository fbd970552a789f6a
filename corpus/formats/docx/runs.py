"""The text of one paragraph of a .docx file, and what hangs on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from corpus.formats.docx.package import W
from corpus.formats.docx.styles import is_on

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_V = "{urn:schemas-microsoft-com:vml}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

ALTERNATIVES = f"{_MC}AlternateContent"

_SKIPPED = frozenset(
    f"{W}{name}"
    for name in (
        *("pPr", "rPr", "delInstrText", "softHyphen", "lastRenderedPageBreak"),
        *("annotationRef", "footnoteRef", "endnoteRef", "commentReference", "rt", "rubyPr"),
        *("sdtPr", "sdtEndPr", "fldData", "pgNum", "separator", "continuationSeparator"),
    )
)
_PRIVATE_USE = range(0xE000, 0xF900)


@dataclass(slots=True)
class RunContent:
    """What a paragraph holds: its text, and what stands elsewhere on the page.

    `boxes` are the contents of text boxes, `notes` the kinds and ids of foot- and endnotes,
    `pictures` the relation ids of pictures.
    """

    pieces: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    in_contents: bool = False

    @property
    def text(self) -> str:
        """The text, with a line break where the paragraph has one."""
        return "".join(self.pieces)


def content(paragraph: etree._Element) -> RunContent:
    """Return what the element w:p holds."""
    found = RunContent()
    _walk(paragraph, found)
    return found


def _walk(element: etree._Element, found: RunContent) -> None:
    for child in element:
        take = _HANDLERS.get(child.tag)
        if take is not None:
            take(child, found)
        elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
            _walk(child, found)


def _removed(element: etree._Element, found: RunContent) -> None:
    found.deleted += [text.text or "" for text in element.iter(f"{W}delText", f"{W}t")]


def _words(element: etree._Element, found: RunContent) -> None:
    found.pieces.append(element.text or "")


def _space(_: etree._Element, found: RunContent) -> None:
    found.pieces.append(" ")


def _hyphen(_: etree._Element, found: RunContent) -> None:
    found.pieces.append("-")


def _break(element: etree._Element, found: RunContent) -> None:
    if element.get(f"{W}type", "textWrapping") == "textWrapping":
        found.pieces.append("\n")


def _symbol(element: etree._Element, found: RunContent) -> None:
    """Take a character of a symbol font; most stand at addresses without a meaning."""
    try:
        point = int(element.get(f"{W}char", ""), 16)
    except ValueError:
        return
    if point not in _PRIVATE_USE and 0x20 <= point < 0x110000:
        found.pieces.append(chr(point))


def _note(element: etree._Element, found: RunContent) -> None:
    kind = "footnote" if element.tag == f"{W}footnoteReference" else "endnote"
    found.notes.append((kind, element.get(f"{W}id", "")))


def _instruction(element: etree._Element, found: RunContent) -> None:
    """Look whether a field belongs to a table of contents; its result is text all the same."""
    if (element.text or "").split()[:1] in (["PAGEREF"], ["TOC"]):
        found.in_contents = True


def _run(run: etree._Element, found: RunContent) -> None:
    properties = run.find(f"{W}rPr")
    vanish = None if properties is None else properties.find(f"{W}vanish")
    if not is_on(vanish):
        _walk(run, found)
        return
    aside = RunContent()
    _walk(run, aside)
    found.in_contents = found.in_contents or aside.in_contents
    found.hidden.append(aside.text)


def alternative(element: etree._Element) -> etree._Element | None:
    """Return one of the alternatives: the first that is offered, else what old programs show."""
    offered = (element.find(f"{_MC}{name}") for name in ("Choice", "Fallback"))
    return next((branch for branch in offered if branch is not None and len(branch)), None)


def _alternative(element: etree._Element, found: RunContent) -> None:
    branch = alternative(element)
    if branch is not None:
        _walk(branch, found)


def placeholder(control: etree._Element) -> str:
    """Return what a content control shows that nobody has filled in (17.5.2.39), else ""."""
    if not is_on(control.find(f"{W}sdtPr/{W}showingPlcHdr")):
        return ""
    return "".join(text.text or "" for text in control.iter(f"{W}t"))


def _control(element: etree._Element, found: RunContent) -> None:
    if shown := placeholder(element):
        found.hidden.append(shown)
    else:
        _walk(element, found)


def _drawing(element: etree._Element, found: RunContent) -> None:
    """Note the text boxes and pictures of a drawing; of alternatives, the first only."""
    stack = [element]
    while stack:
        current = stack.pop()
        if current.tag == f"{W}txbxContent":
            found.boxes.append(current)
            continue
        if current.tag == ALTERNATIVES:
            branch = alternative(current)
            stack.extend([] if branch is None else [branch])
            continue
        if current.tag == f"{_A}blip":
            found.pictures.append(current.get(f"{_R}embed", ""))
        elif current.tag == f"{_V}imagedata":
            found.pictures.append(current.get(f"{_R}id", ""))
        stack.extend(reversed(current))


_HANDLERS: dict[object, Callable[[etree._Element, RunContent], None]] = {
    f"{W}del": _removed,
    f"{W}moveFrom": _removed,
    f"{W}r": _run,
    f"{W}t": _words,
    f"{_M}t": _words,
    f"{W}tab": _space,
    f"{W}ptab": _space,
    f"{W}noBreakHyphen": _hyphen,
    f"{W}br": _break,
    f"{W}cr": _break,
    f"{W}sym": _symbol,
    f"{W}footnoteReference": _note,
    f"{W}endnoteReference": _note,
    f"{W}instrText": _instruction,
    f"{W}sdt": _control,
    ALTERNATIVES: _alternative,
    f"{W}drawing": _drawing,
    f"{W}pict": _drawing,
    f"{W}object": _drawing,
}
