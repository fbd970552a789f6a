"""What stands for a report where there is one line only."""

from __future__ import annotations

from dataclasses import replace

from bot.messages import messages_in
from bot.wording.citations import places_line, short_titles
from index.answering.answer import Citation
from tests.bot.telegram.entries import entry

M = messages_in("zh")


def named(*titles: tuple[str, tuple[int, ...]]) -> list[str]:
    entries = [
        replace(entry(str(i), years=years), title=title) for i, (title, years) in enumerate(titles)
    ]
    return list(short_titles(entries, M).values())


def test_a_report_is_its_years_and_what_it_is() -> None:
    assert named(
        ("中共昆山市第二中学总支部2021年度工作总结", (2021,)),
        ("青禾中学2019-2020学年工作总结（讨论稿）", (2019, 2020)),
        ("青禾中学2021年工作计划", (2021,)),
    ) == ["2021年总结", "2019–2020年总结", "2021年计划"]


def test_reports_that_would_be_called_the_same_keep_their_titles() -> None:
    assert named(
        ("甲校2021年工作总结", (2021,)),
        ("乙校2021年工作总结", (2021,)),
        ("乙校工作总结", (2020,)),
    ) == ["《甲校2021年工作总结》", "《乙校2021年工作总结》", "2020年总结"]


def test_a_report_without_a_year_or_of_another_kind_keeps_its_title() -> None:
    assert named(("校园安全制度" * 9, ()), ("章程", (2021,))) == [
        f"《{('校园安全制度' * 9)[:39]}…》",
        "《章程》（2021年）",
    ]


def test_places_are_said_once_by_the_headings_they_share() -> None:
    def cited(path: tuple[str, ...], paragraph: int) -> Citation:
        return Citation("r", "总结", 2021, path, paragraph)

    titles = {"r": "2021年总结"}
    apart = [cited(("一、党建",), 4), cited(("二、教学",), 9)]
    assert places_line(apart, titles, M) == "2021年总结 · 第4–9段"
    assert places_line(apart[:1], titles, M) == "2021年总结 · 一、党建 · 第4段"
