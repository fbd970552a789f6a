from __future__ import annotations

import pytest

from corpus.parsing.metadata import Metadata, metadata
from corpus.text.lines import text_lines


def read(text: str, name: str = "report") -> Metadata:
    return metadata(text_lines(text), name)


@pytest.mark.parametrize(
    ("title", "organisation"),
    [
        ("中共昆山市第二中学总支部2021年度工作总结", "中共昆山市第二中学总支部"),
        ("2021年度昆山市第二中学工作总结", "昆山市第二中学"),
        ("1992年政府工作报告", None),
    ],
)
def test_the_organisation_stands_in_the_title(title: str, organisation: str | None) -> None:
    assert read(title + "\n正文。").organisation == organisation


def test_a_title_over_two_lines_is_one() -> None:
    found = read("昆山市第二中学\n2021年度工作总结\n2021年，我校完成任务。")
    assert (found.title, found.years) == ("昆山市第二中学2021年度工作总结", (2021,))


def test_without_a_title_the_name_of_the_file_is_one_and_marked_a_guess() -> None:
    found = read("2021年，我校党总支坚决贯彻党的领导，完成了各项任务。", "工作总结2020")
    assert (found.title, found.years) == ("工作总结2020", (2020,))
    assert found.guesses == {"title"}


def test_a_year_that_only_the_text_names_is_a_guess() -> None:
    found = read("工作总结\n2019年，我校完成任务。")
    assert (found.years, found.guesses) == ((2019,), {"year"})
