"""The shipped report, made into every format as schools make them: what is known can be compared.

The makers take the report as it was read from its text, take the numbers off its headings and
the breaks out of its paragraphs, and put in what the format brings with it: automatic numbers,
hard wraps, running heads, page numbers, menus.
"""

from __future__ import annotations

import html
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.formats import Source
from corpus.parsing.parse import understand
from corpus.report import Report
from corpus.text.numbering import NumberingStyle, marker
from tests.corpus.formats.docx_files import abstract, docx, level, p, style, styled, use

if TYPE_CHECKING:
    from PIL import Image

SHIPPED = Path(__file__).parents[3] / "corpus/reports/2021年度工作总结.txt"
SCHOOL = "昆山市第二中学"
_NUMBERS = "一二三四五六七八九十"
PAGE_WIDTH, PAGE_HEIGHT = 595.0, 842.0
_LEFT, _TOP, _BOTTOM = 88.0, 750.0, 95.0
_BODY, _STEP, _COLUMNS = 16.0, 28.0, 26


@dataclass(frozen=True, slots=True)
class Block:
    """A heading with its level (1 is 一、, 2 is 1.), or a paragraph, whose level is 0."""

    level: int
    text: str


def shipped() -> Report:
    """Return the shipped report, read from its text."""
    return understand(Source(SHIPPED.read_bytes(), SHIPPED))


def blocks(report: Report) -> Iterator[Block]:
    """Yield the headings and paragraphs of a report, in order, numbers off the headings."""
    before: tuple[str, ...] = ()
    for paragraph in report.paragraphs:
        for depth, heading in enumerate(paragraph.path):
            if paragraph.path[: depth + 1] != before[: depth + 1]:
                number = marker(heading)
                assert number is not None
                depth_of_kind = 1 if number.kind is NumberingStyle.CHINESE else 2
                yield Block(depth_of_kind, heading[number.end :])
        before = paragraph.path
        yield Block(0, report.words(paragraph))


def as_docx(report: Report) -> bytes:
    """Return the report as a Word file whose headings have styles and automatic numbers."""
    numbering = abstract(
        0,
        level(0, "chineseCountingThousand", "%1、", '<w:pStyle w:val="heading 1"/>'),
        level(1, "decimal", "%2.", '<w:pStyle w:val="heading 2"/>'),
    )
    reference = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr>'
    styles = (
        style("Title")
        + style("heading 1", reference.format(0) + '<w:outlineLvl w:val="0"/>')
        + style("heading 2", reference.format(1) + '<w:outlineLvl w:val="1"/>')
    )
    body = styled(report.title, "Title") + "".join(
        styled(block.text, f"heading {block.level}") if block.level else p(block.text)
        for block in blocks(report)
    )
    parts = {
        "styles": styles,
        "numbering": numbering + use(1, 0),
        "header1": p(SCHOOL),
        "footer1": p("第 1 页"),
    }
    return docx(body, parts)


def as_text(report: Report) -> str:
    """Return the report as text with numbers and without dirt."""
    return "\n".join([report.title, *(_numbered(report))])


def as_html(report: Report) -> bytes:
    """Return the report as a saved page of a school's site, with menus and lists of dates."""
    paragraphs = "\n".join(
        f"<p>&emsp;&emsp;<strong>{html.escape(text)}</strong></p>"
        if len(text) < 40
        else f"<p>&emsp;&emsp;{html.escape(text)}</p>"
        for text in _numbered(report)
    )
    title = html.escape(report.title)
    menu = "".join(
        f'<li><a href="/{i}.htm">{name}</a></li>'
        for i, name in enumerate(("学校首页", "学校概况", "党建园地", "教学科研", "校务公开"))
    )
    news = "".join(
        f'<li><a href="/n{i}.htm">{SCHOOL}举行第{i}次活动</a><span>2025-03-{i}</span></li>'
        for i in range(10, 20)
    )
    return f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{title}-{SCHOOL}</title>
<style>.nav li {{ float: left }}</style><script>var menu = "党建";</script></head>
<body><div class="header"><a href="/">{SCHOOL}</a></div>
<div class="nav"><ul>{menu}</ul></div>
<div class="place">当前位置：<a href="/">首页</a> &gt; <a href="/dj">党建园地</a></div>
<div class="main"><h1>{title}</h1>
<div class="info">发布时间：2022-01-10 浏览次数：<span id="hits">128</span></div>
<div class="content">{paragraphs}</div>
<div class="pages">上一篇：<a href="/1.htm">放假通知</a> 下一篇：<a href="/2.htm">家长会</a></div>
</div>
<div class="side"><h3>最新动态</h3><ul>{news}</ul></div>
<div class="footer">版权所有 {SCHOOL} 苏ICP备00000000号 地址：昆山市</div></body></html>
""".encode()


def as_pdf(report: Report) -> bytes:
    """Return the report as a PDF with contents, hard wraps, running heads and page numbers."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    font = "STSong-Light"
    pdfmetrics.registerFont(UnicodeCIDFont(font))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, (PAGE_WIDTH, PAGE_HEIGHT), invariant=1)
    for number, page in enumerate(pages(report), start=1):
        canvas.setFont(font, 10)
        canvas.drawString(_LEFT, 795, f"{SCHOOL}　工作总结")
        canvas.drawCentredString(PAGE_WIDTH / 2, 50, f"— {number} —")
        for row in page:
            canvas.setFont(font, row.size)
            canvas.drawString(row.left, row.baseline, row.text)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


@dataclass(frozen=True, slots=True)
class Set:
    """A row as it is set on a page: points from the lower left corner."""

    text: str
    left: float
    baseline: float
    size: float


def pages(report: Report, *, contents: bool = True) -> list[list[Set]]:
    """Return the report as it is set, page by page, the contents on the first."""
    first: list[Set] = []
    if contents:
        first.append(Set("目　录", PAGE_WIDTH / 2 - 24, _TOP, 16))
        entries = [text for text in _numbered(report) if len(text) < 40]
        for i, text in enumerate(entries, start=1):
            dots = "." * (60 - 2 * len(text))
            first.append(Set(f"{text}{dots}{i // 4 + 2}", _LEFT, _TOP - i * 24, 12))
    made, page = [first] if contents else [], []
    y = _TOP
    title = report.title
    page.append(Set(title, PAGE_WIDTH / 2 - len(title) * 9, y, 20))
    y -= 2 * _STEP
    for text in _numbered(report):
        for i, row in enumerate(wrapped(text)):
            if y < _BOTTOM:
                made.append(page)
                page, y = [], _TOP
            indent = 2 * _BODY if i == 0 else 0
            page.append(Set(row, _LEFT + indent, y, _BODY))
            y -= _STEP
    return [*made, page]


def wrapped(text: str) -> list[str]:
    """Return the rows of a paragraph; no row begins with a stop."""
    rows, row, width = [], "", 2.0
    for letter in text:
        wide = 0.5 if letter.isascii() else 1.0
        if width + wide > _COLUMNS and letter not in "，。、；：！？）》”,.;:":
            rows.append(row)
            row, width = "", 0.0
        row += letter
        width += wide
    return [*rows, row]


def _numbered(report: Report) -> Iterator[str]:
    counts = [0, 0, 0]
    for block in blocks(report):
        if not block.level:
            yield block.text
            continue
        counts[block.level] += 1
        counts[block.level + 1 :] = [0] * (2 - block.level)
        number = counts[block.level]
        yield (f"{_NUMBERS[number - 1]}、" if block.level == 1 else f"{number}.") + block.text


def as_scan(report: Report, font: Path, *, dots: int = 150) -> bytes:
    """Return the report as a PDF of scanned pages: grey paper, a little askew, a red seal.

    `font` is a TrueType font with Chinese letters.
    """
    from PIL import Image

    scans = [scan(page, font, dots) for page in pages(report, contents=False)]
    seal(scans[-1], dots)
    askew = [s.rotate(0.3, Image.Resampling.BILINEAR, fillcolor=(244, 243, 240)) for s in scans]
    buffer = io.BytesIO()
    askew[0].save(
        buffer, "PDF", save_all=True, append_images=askew[1:], resolution=dots, quality=45
    )
    return buffer.getvalue()


def scan(page: list[Set], font: Path, dots: int = 150) -> Image.Image:
    """Return one page as it is seen by a scanner."""
    from PIL import Image, ImageDraw, ImageFont

    scale = dots / 72
    size = (round(PAGE_WIDTH * scale), round(PAGE_HEIGHT * scale))
    image = Image.new("RGB", size, (244, 243, 240))
    draw = ImageDraw.Draw(image)
    for row in page:
        letters = ImageFont.truetype(str(font), round(row.size * scale))
        at = (row.left * scale, (PAGE_HEIGHT - row.baseline) * scale)
        draw.text(at, row.text, font=letters, fill=(40, 40, 42), anchor="ls")
    return image


def seal(image: Image.Image, dots: int) -> None:
    """Print a red seal over the last rows of a page."""
    from PIL import ImageDraw

    draw = ImageDraw.Draw(image)
    wide, x, y = round(1.6 * dots), round(5.2 * dots), round(6.5 * dots)
    draw.ellipse((x, y, x + wide, y + wide), outline=(214, 40, 40), width=round(dots / 25))
    centre = (x + wide / 2, y + wide / 2)
    draw.regular_polygon((*centre, wide / 6), 3, fill=(214, 40, 40))
    draw.regular_polygon((*centre, wide / 6), 3, 180, fill=(214, 40, 40))
