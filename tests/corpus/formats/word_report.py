"""The shipped report as Word itself would have it: python-docx's template, numbers by hand.

python-docx brings what a real file has around the text (theme, latent styles, list styles,
sections); it knows no automatic numbers of its own, so their XML is put in here.
"""

from __future__ import annotations

import io

from docx import Document
from docx.enum.section import WD_SECTION
from docx.oxml import parse_xml

from corpus.report import Report
from tests.corpus.formats.docx_files import NAMESPACES, abstract, level, use
from tests.corpus.formats.school_report import SCHOOL, blocks

_NUMBER = 77


def as_word(report: Report) -> bytes:
    """Return the report with numbered heading styles, sections, headers and page numbers."""
    document = Document()
    _number_headings(document)
    _furnish(document.sections[0])
    document.add_heading(report.title, 0)
    half = len(report.paragraphs) // 2
    for number, block in enumerate(blocks(report)):
        if number == half:
            _furnish(document.add_section(WD_SECTION.NEW_PAGE))
        if block.level:
            document.add_heading(block.text, block.level)
        else:
            _add_in_runs(document.add_paragraph(), block.text)
    document.core_properties.title = "Word Document"
    document.core_properties.author = "python-docx"
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _number_headings(document: Document) -> None:
    made = abstract(
        _NUMBER,
        level(0, "chineseCounting", "%1、", '<w:pStyle w:val="Heading1"/>'),
        level(1, "decimal", "%2.", '<w:pStyle w:val="Heading2"/>'),
    )
    numbering = document.part.numbering_part.element
    numbering.insert(0, _element(made))
    numbering.append(_element(use(_NUMBER, _NUMBER)))
    for depth in (1, 2):
        properties = document.styles[f"Heading {depth}"].element.get_or_add_pPr()
        reference = f'<w:ilvl w:val="{depth - 1}"/><w:numId w:val="{_NUMBER}"/>'
        properties.append(_element(f"<w:numPr>{reference}</w:numPr>"))


def _furnish(section: object) -> None:
    section.header.is_linked_to_previous = False
    section.header.paragraphs[0].text = SCHOOL
    footer = section.footer.paragraphs[0]
    for kind in ("begin", "end"):
        footer.add_run("第")._r.append(_element(f'<w:fldChar w:fldCharType="{kind}"/>'))


def _add_in_runs(paragraph: object, text: str) -> None:
    """Add a text in pieces, as Word leaves it after corrections."""
    for start in range(0, len(text), 17):
        run = paragraph.add_run(text[start : start + 17])
        run.bold = start % 2 == 0


def _element(xml: str) -> object:
    tag = xml[1:].split(">", 1)[0].split(" ", 1)[0].rstrip("/")
    return parse_xml(xml.replace(f"<{tag}", f"<{tag} {NAMESPACES}", 1))
