"""The text of one paragraph of a .docx file, and what hangs on it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from corpus.formats.docx.fields import OpenField, form_field, is_listed, is_page_number, shown
from corpus.formats.docx.package import W
from corpus.formats.docx.styles import Styles, is_on, switch, value
from corpus.formats.formulas import formula, raised
from corpus.formats.symbols import EMPTY, TICKED, is_symbol_font, symbol, symbols

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_V = "{urn:schemas-microsoft-com:vml}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_O = "{urn:schemas-microsoft-com:office:office}"

ALTERNATIVES = f"{_MC}AlternateContent"

_SKIPPED = frozenset(
    f"{W}{name}"
    for name in (
        *("pPr", "rPr", "delInstrText", "softHyphen", "lastRenderedPageBreak"),
        *("annotationRef", "footnoteRef", "endnoteRef", "commentReference", "rt", "rubyPr"),
        *("sdtPr", "sdtEndPr", "fldData", "pgNum", "separator", "continuationSeparator"),
    )
)
_LISTED_PAGE = re.compile(r".*(?:\t|[.·…_\-．]{2,}|\s{2,})\s*[\dIVXivxⅠ-Ⅻ\-]{1,6}\s*", re.DOTALL)
_ENDS_IN_PAGE = re.compile(r".*[\dIVXivx]\s*", re.DOTALL)
_LONGEST_ENTRY = 80
_PLACEHOLDER = re.compile(r"(?:placeholder text|占位符文本)", re.IGNORECASE)
_PROMPT = re.compile(
    r"(?:单击|点击|轻触|选择(?:一项|日期)|请(?:选择|输入|填写)|click|choose|tap|enter).{0,30}$",
    re.IGNORECASE,
)
_ASCII = re.compile(r".*[A-Za-z0-9)）]$", re.DOTALL)


@dataclass(slots=True)
class RunContent:
    """What a paragraph holds: its text, and what stands elsewhere on the page.

    `boxes` are the contents of text boxes, `notes` the kinds and ids of foot- and endnotes,
    `pictures` the relation ids of pictures, `parts` the kinds and relation ids of drawings with
    words of their own, `unread` what nobody here can read. `hidden_style` says that the style
    of the paragraph hides what no run shows.
    """

    styles: Styles | None = None
    hidden_style: bool = False
    pieces: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    parts: list[tuple[str, str]] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    fields: list[OpenField] = field(default_factory=list)
    listed: bool = False
    paged: bool = False

    @property
    def text(self) -> str:
        """The text, with a line break where the paragraph has one."""
        return "".join(self.pieces)

    @property
    def in_contents(self) -> bool:
        """Whether this is an entry of a table of contents: it ends with the number of a page."""
        text = self.text
        if len(text) > _LONGEST_ENTRY or not (self.listed or self.paged):
            return False
        ends = _ENDS_IN_PAGE if self.listed else _LISTED_PAGE
        return ends.fullmatch(text) is not None


def content(
    paragraph: etree._Element, styles: Styles | None = None, hidden_style: bool = False
) -> RunContent:
    """Return what the element w:p holds."""
    found = RunContent(styles, hidden_style)
    _walk(paragraph, found)
    for left_open in found.fields:  # the rest of the field stands in a paragraph to come
        _note_code(left_open, found)
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
    text = element.text or ""
    properties = _run_properties(element)
    fonts = None if properties is None else properties.find(f"{W}rFonts")
    font = "" if fonts is None else fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or ""
    if is_symbol_font(font) or any("\uf000" <= letter < "\uf100" for letter in text):
        text, unknown = symbols(font, text)
        found.unread += [f"{font} {code}".strip() for code in unknown]
    if text.isdigit() and value(properties, f"{W}vertAlign") == "superscript":
        base = found.text
        text = raised("", text) if _ASCII.match(base) else text
    found.pieces.append(text)


def _run_properties(element: etree._Element) -> etree._Element | None:
    run = element.getparent()
    return None if run is None else run.find(f"{W}rPr")


def _tab(_: etree._Element, found: RunContent) -> None:
    found.pieces.append("\t")


def _hyphen(_: etree._Element, found: RunContent) -> None:
    found.pieces.append("-")


def _break(element: etree._Element, found: RunContent) -> None:
    if element.get(f"{W}type", "textWrapping") == "textWrapping":
        found.pieces.append("\n")


def _symbol(element: etree._Element, found: RunContent) -> None:
    """Take a character of a symbol font; one that is not known is named."""
    font = element.get(f"{W}font", "")
    try:
        sign = symbol(font, int(element.get(f"{W}char", ""), 16))
    except ValueError:
        return
    if sign is None:
        found.unread.append(f"{font} {element.get(f'{W}char', '')}".strip())
    found.pieces.append(sign or "")


def _note(element: etree._Element, found: RunContent) -> None:
    kind = "footnote" if element.tag == f"{W}footnoteReference" else "endnote"
    found.notes.append((kind, element.get(f"{W}id", "")))


def _field(element: etree._Element, found: RunContent) -> None:
    """Follow a field from its begin over its code and its result to its end."""
    kind = element.get(f"{W}fldCharType")
    if kind == "begin":
        found.pieces.append(form_field(element))
        found.fields.append(OpenField(begun_at=len(found.pieces)))
    elif kind == "separate" and found.fields:
        found.fields[-1].result_from = len(found.pieces)
    elif kind == "end" and found.fields:
        ended = found.fields.pop()
        _note_code(ended, found)
        result = found.pieces[ended.result_from :] if ended.result_from is not None else []
        if not "".join(result).strip():
            found.pieces.append(shown("".join(ended.code)))
        if found.fields and found.fields[-1].result_from is None and ended.begun_at is not None:
            # a field within the code of another
            found.fields[-1].code.append("".join(found.pieces[ended.begun_at :]))
            del found.pieces[ended.begun_at :]


def _note_code(ended: OpenField, found: RunContent) -> None:
    code = "".join(ended.code)
    found.listed = found.listed or is_listed(code)
    found.paged = found.paged or is_page_number(code)


def _instruction(element: etree._Element, found: RunContent) -> None:
    if not found.fields:
        found.fields.append(OpenField(result_from=0))  # it began in a paragraph before
    found.fields[-1].code.append(element.text or "")


def _simple_field(element: etree._Element, found: RunContent) -> None:
    code = element.get(f"{W}instr", "")
    _note_code(OpenField([code]), found)
    before = len(found.pieces)
    _walk(element, found)
    if not "".join(found.pieces[before:]).strip():
        found.pieces.append(shown(code))


def _link(element: etree._Element, found: RunContent) -> None:
    found.listed = found.listed or element.get(f"{W}anchor", "").startswith("_Toc")
    _walk(element, found)


def _formula(element: etree._Element, found: RunContent) -> None:
    found.pieces.append(formula(element))


def _run(run: etree._Element, found: RunContent) -> None:
    if not _is_hidden(run, found):
        _walk(run, found)
        return
    aside = RunContent(found.styles)
    aside.fields = found.fields
    _walk(run, aside)
    found.listed = found.listed or aside.listed
    found.paged = found.paged or aside.paged
    found.hidden.append(aside.text)


def _is_hidden(run: etree._Element, found: RunContent) -> bool:
    """Whether a run is not shown: itself, or by its styles, two of which show it again (17.7.3)."""
    properties = run.find(f"{W}rPr")
    direct = None if properties is None else switch(properties.find(f"{W}vanish"))
    if direct is not None:
        return direct
    style = value(properties, f"{W}rStyle")
    by_style = found.styles is not None and found.styles.hides_letters(style)
    return by_style != found.hidden_style


def alternative(element: etree._Element) -> etree._Element | None:
    """Return one of the alternatives: the first that is offered, else what old programs show."""
    offered = (element.find(f"{_MC}{name}") for name in ("Choice", "Fallback"))
    return next((branch for branch in offered if branch is not None and len(branch)), None)


def _alternative(element: etree._Element, found: RunContent) -> None:
    branch = alternative(element)
    if branch is not None:
        _walk(branch, found)


def placeholder(control: etree._Element, styles: Styles | None) -> str:
    """Return what a content control shows that nobody has filled in (17.5.2.39), else "".

    Programs leave the flag on when they fill a control in; a prompt is known by its style or
    by its words.
    """
    if not is_on(control.find(f"{W}sdtPr/{W}showingPlcHdr")):
        return ""
    runs = [run for run in control.iter(f"{W}r") if run.find(f"{W}t") is not None]
    text = "".join(words.text or "" for run in runs for words in run.iterchildren(f"{W}t"))
    names = (value(run, f"{W}rPr/{W}rStyle") for run in runs)
    styled = styles is not None and all(
        _PLACEHOLDER.match(styles.name_of_letters(name)) for name in names
    )
    return text if styled or _PROMPT.match(text) else ""


def ticked(control: etree._Element) -> str:
    """Return the box that a content control is, ticked or empty, "" where it is none."""
    box = control.find(f"{W}sdtPr/{_W14}checkbox")
    if box is None:
        return ""
    state = box.find(f"{_W14}checked")
    on = state is not None and state.get(f"{_W14}val", "1") in {"1", "true", "on"}
    return TICKED if on else EMPTY


def _control(element: etree._Element, found: RunContent) -> None:
    if box := ticked(element):
        found.pieces.append(box)
    elif prompt := placeholder(element, found.styles):
        found.hidden.append(prompt)
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
        elif current.tag == f"{_DGM}relIds":
            found.parts.append(("diagram", current.get(f"{_R}dm", "")))
        elif current.tag == f"{_C}chart":
            found.parts.append(("chart", current.get(f"{_R}id", "")))
        elif current.tag == f"{_O}OLEObject":
            found.unread.append(current.get("ProgID", "OLE"))
        elif current.tag == f"{_V}textpath":
            found.pieces.append(current.get("string", ""))
        stack.extend(reversed(current))


_HANDLERS: dict[object, Callable[[etree._Element, RunContent], None]] = {
    f"{W}del": _removed,
    f"{W}moveFrom": _removed,
    f"{W}r": _run,
    f"{W}t": _words,
    f"{_M}oMath": _formula,
    f"{W}tab": _tab,
    f"{W}ptab": _tab,
    f"{W}noBreakHyphen": _hyphen,
    f"{W}br": _break,
    f"{W}cr": _break,
    f"{W}sym": _symbol,
    f"{W}footnoteReference": _note,
    f"{W}endnoteReference": _note,
    f"{W}fldChar": _field,
    f"{W}instrText": _instruction,
    f"{W}fldSimple": _simple_field,
    f"{W}hyperlink": _link,
    f"{W}sdt": _control,
    ALTERNATIVES: _alternative,
    f"{W}drawing": _drawing,
    f"{W}pict": _drawing,
    f"{W}object": _drawing,
}
