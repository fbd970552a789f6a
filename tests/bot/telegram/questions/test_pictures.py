"""Pictures in a chat: the page with the sentence, and figures of years as a chart."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
from PIL import Image

from bot.messages import messages_in
from bot.telegram.questions import replies
from bot.telegram.rendering.callback_data import AnswerAction, AnswerButton, decode
from corpus.errors import Trouble, UnreadableReport
from corpus.formats.page_pictures.picture import PagePicture
from tests.support.bots import SHIPPED
from tests.support.handlers import NO_CONTEXT, HandlerBench

M = messages_in("zh")
T = M.telegram
ASK = "2021年书记上了几节思政课？"
LESSONS = {2018: "15节", 2019: "8节", 2020: "9节"}


@pytest.fixture
def paged(bench: HandlerBench, monkeypatch: pytest.MonkeyPatch) -> HandlerBench:
    """The handlers, where pages of every report can be shown."""
    monkeypatch.setattr("corpus.library.can_show_pages", lambda _: True)
    return bench


async def page_button(bench: HandlerBench) -> AnswerButton:
    """Ask; return what the button for the page carries."""
    await bench.handlers.questions.text(bench.message(ASK), NO_CONTEXT)
    call = bench.of("sendMessage")[-1]
    assert call.labels == [T.button_original, T.button_page, T.button_file, T.button_down]
    data = decode(call.given["reply_markup"]["inline_keyboard"][0][1]["callback_data"])
    assert isinstance(data, AnswerButton)
    assert data.action is AnswerAction.PAGE
    return data


async def test_the_page_is_sent_once_with_what_it_is(
    paged: HandlerBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted: list[str] = []

    def draw(_: object, path: Path, words: str, page: int | None) -> PagePicture:
        wanted.append(words)
        return PagePicture(b"\x89PNG", 3, part=True)

    monkeypatch.setattr(type(paged.context.service.library.workshop), "draw", draw)
    button = await page_button(paged)
    assert await paged.press(button) == ""
    assert await paged.press(button) == T.file_sent_already
    (sent,) = paged.of("sendPhoto")
    assert sent.given["caption"] == "2021年总结 · 1.年度党建情况 · 第2段，原件第3页（局部）"
    assert "12节" in wanted[0]


@pytest.mark.parametrize("trouble", [Trouble.NO_FONT, Trouble.NOT_SEEN, Trouble.NEEDS_OFFICE])
async def test_a_page_that_cannot_be_shown_is_said_with_its_reason(
    paged: HandlerBench, monkeypatch: pytest.MonkeyPatch, trouble: Trouble
) -> None:
    def draw(_: object, path: Path, *__: object) -> PagePicture:
        raise UnreadableReport(path, trouble)

    monkeypatch.setattr(type(paged.context.service.library.workshop), "draw", draw)
    words = await paged.press(await page_button(paged))
    assert words == T.page_not_shown.format(reason=M.troubles[trouble])
    assert paged.of("sendPhoto") == []


async def years(bench: HandlerBench, question: str) -> HandlerBench:
    """Ask a question of four reports that are alike but for the number of lessons."""
    text = SHIPPED.read_text("utf-8")
    await bench.grow(
        {
            f"{year}年度工作总结.txt": text.replace("2021", str(year)).replace("12节", lessons)
            for year, lessons in LESSONS.items()
        }
    )
    await bench.handlers.questions.text(bench.message(question), NO_CONTEXT)
    return bench


async def test_figures_of_three_years_are_a_line_each_and_a_chart_that_is_told_in_words(
    bench: HandlerBench,
) -> None:
    await years(bench, "近三年书记上了几节思政课")
    assert bench.sent[0].splitlines()[:3] == ["2019年：8节", "2020年：9节", "2021年：12节"]
    (chart,) = bench.of("sendPhoto")
    assert chart.given["caption"] == "柱形图：2019年8节、2020年9节、2021年12节。"
    assert [call.method for call in bench.telegram.calls[-2:]] == ["sendPhoto", "sendMessage"]


async def test_the_year_of_the_most_is_said_first_and_years_without_a_report_are_named(
    bench: HandlerBench,
) -> None:
    await years(bench, "2017年到2021年哪一年书记上的思政课最多")
    first, *said = bench.sent[0].splitlines()
    assert first == "2018年最多：15节"
    assert "2021年：12节" in said
    assert any("2017年" in line for line in said)


async def test_without_pillow_the_lines_come_alone(
    bench: HandlerBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replies, "can_draw", lambda: False)
    await years(bench, "近三年书记上了几节思政课")
    assert bench.of("sendPhoto") == []
    assert "2021年：12节" in bench.sent[0]


async def test_a_report_of_pictures_shows_its_page(tmp_path: Path, bench: HandlerBench) -> None:
    service = bench.context.service
    shutil.copy(SHIPPED, service.library.folder / "照片.jpg")
    assert service.can_show_pages("照片")
    assert not service.can_show_pages(SHIPPED.stem)
    assert not service.can_show_pages("没有这份")


def test_a_chart_is_a_picture_with_a_dark_bar_for_the_most() -> None:
    from decimal import Decimal

    from bot.telegram.rendering.chart import bar_chart, label
    from index.answering.answer import Figure

    figures = [Figure(2019 + i, Decimal(v), "节", f"{v}节") for i, v in enumerate((3, 9, 6))]
    picture = Image.open(io.BytesIO(bar_chart(figures))).convert("RGB")
    dark = {x for x in range(picture.width) if picture.getpixel((x, 300)) == (47, 111, 167)}
    assert dark
    assert picture.width / 3 < min(dark) < max(dark) < picture.width * 2 / 3
    assert [label(Decimal(v), Decimal(v)) for v in ("9.50", "1E+3", "1234567.8")] == [
        "9.5",
        "1,000",
        "1,234,568",
    ]
    assert bar_chart([Figure(year, Decimal(0), "", "0") for year in (2019, 2020, 2021)])
