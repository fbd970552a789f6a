"""Tables → lines: forms, rows of heads, titles, units; the same for every format."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from corpus.formats.tables import Cell, rows_as_lines, unit_of


def grid(*rows: Sequence[str]) -> list[list[Cell]]:
    """Return a table; ← is a cell that goes on from the left, ↑ from above."""
    made: list[list[Cell]] = []
    for row in rows:
        cells: list[Cell] = []
        for text in row:
            if text == "←":
                cells.append(Cell(cells[-1], across=True, down=cells[-1].down))
            elif text == "↑":
                cells.append(Cell(made[-1][len(cells)], down=True))
            else:
                cells.append(Cell(text))
        made.append(cells)
    return made


SCORES = ("三年级", "86.5", "88.2", "90.1", "91.4"), ("四年级", "84", "85", "87", "89")
TOLD = "年级：三年级；语文·期中：86.5；语文·期末：88.2；数学·期中：90.1；数学·期末：91.4"


class TestForms:
    def test_names_and_values_stand_in_turn_and_merged_cells_once(self) -> None:
        assert rows_as_lines(
            grid(
                ("姓名", "林小禾", "出生年月", "1985年6月"),
                ("任教学科", "语文", "职称", "一级教师"),
                ("个人总结", "一年来，完成了任务。", "←", "←"),
                ("考核等次", "优秀", "←", "←"),
            )
        ) == [
            "姓名：林小禾；出生年月：1985年6月",
            "任教学科：语文；职称：一级教师",
            "个人总结：一年来，完成了任务。",
            "考核等次：优秀",
        ]

    def test_what_nobody_filled_in_is_silent(self) -> None:
        form = grid(("姓名", "林小禾", "性别", ""), ("考核等次", "", "←", "←"))
        assert rows_as_lines(form) == ["姓名：林小禾"]

    def test_a_group_of_rows_names_each(self) -> None:
        form = grid(
            ("基本情况", "姓名", "林小禾", "性别", "女"),
            ("↑", "学历", "本科", "职称", "一级教师"),
            ("工作总结", "完成了任务。", "←", "←", "←"),
        )
        assert rows_as_lines(form) == [
            "基本情况·姓名：林小禾；性别：女",
            "基本情况·学历：本科；职称：一级教师",
            "工作总结：完成了任务。",
        ]

    def test_a_list_within_one_has_heads_of_its_own(self) -> None:
        form = grid(
            ("姓名", "林小禾", "性别", "女", "照片"),
            ("主要获奖", "时间", "名称", "级别", "↑"),
            ("↑", "2024.5", "优质课", "县级", "↑"),
        )
        assert rows_as_lines(form)[1:] == ["主要获奖·时间：2024.5；名称：优质课；级别：县级"]

    def test_cells_that_hold_pairs_are_no_heads(self) -> None:
        form = grid(("姓名：林小禾", "性别：女"), ("学科：语文", "职称：一级教师"))
        assert rows_as_lines(form) == ["姓名：林小禾；性别：女", "学科：语文；职称：一级教师"]

    def test_a_choice_is_no_head(self) -> None:
        form = grid(("等次", "☐优秀 ☑合格"), ("备注", "无"))
        assert rows_as_lines(form) == ["等次：☐优秀 ☑合格", "备注：无"]

    @pytest.mark.parametrize(
        ("rows", "lines"),
        [
            ([("部门", "安全办"), ("负责人", "周明")], ["部门：安全办", "负责人：周明"]),
            ([("部门", "负责人"), ("安全办", "周明")], ["部门：安全办；负责人：周明"]),
            ([("活动", "参加"), ("读书节", "620人")], ["活动：读书节；参加：620人"]),
        ],
    )
    def test_two_columns_are_one_or_not_by_what_stands_on_the_left(
        self, rows: list[tuple[str, str]], lines: list[str]
    ) -> None:
        assert rows_as_lines(grid(*rows)) == lines


class TestHeads:
    def test_two_rows_are_one_name(self) -> None:
        heads = ("年级", "语文", "←", "数学", "←"), ("↑", "期中", "期末", "期中", "期末")
        assert rows_as_lines(grid(*heads, *SCORES))[0] == TOLD

    def test_two_rows_are_one_name_where_cells_are_blank_rather_than_merged(self) -> None:
        heads = ("年级", "语文", "", "数学", ""), ("", "期中", "期末", "期中", "期末")
        assert rows_as_lines(grid(*heads, *SCORES))[0] == TOLD

    def test_three_rows_are_one_name(self) -> None:
        heads = (
            ("年级", "上学期", "←", "←", "←"),
            ("↑", "语文", "←", "数学", "←"),
            ("↑", "期中", "期末", "期中", "期末"),
        )
        first = rows_as_lines(grid(*heads, *SCORES))[0]
        assert first.startswith("年级：三年级；上学期·语文·期中：86.5；")
        assert first.endswith("上学期·数学·期末：91.4")

    def test_one_row_marked_by_the_format_may_be_divided_by_the_next(self) -> None:
        heads = ("年级", "语文", "←", "数学", "←"), ("↑", "期中", "期末", "期中", "期末")
        assert rows_as_lines(grid(*heads, *SCORES), heads=1)[0] == TOLD

    def test_a_blank_corner_has_no_name(self) -> None:
        table = grid(("", "语文", "数学"), ("三年级", "86", "90"), ("四年级", "84", "89"))
        assert rows_as_lines(table) == ["三年级；语文：86；数学：90", "四年级；语文：84；数学：89"]

    def test_a_title_is_told_once_and_is_no_head(self) -> None:
        table = grid(("读书活动统计表", "←", "←"), ("序号", "活动", "人数"), ("1", "读书节", "620"))
        assert rows_as_lines(table) == ["读书活动统计表", "序号：1；活动：读书节；人数：620"]

    def test_years_name_columns(self) -> None:
        table = grid(("项目", "2022", "2023"), ("党课", "12", "13"), ("家访", "300", "310"))
        assert rows_as_lines(table)[0] == "项目：党课；2022：12；2023：13"

    def test_columns_that_begin_again_are_lines_of_their_own(self) -> None:
        table = grid(("姓名", "分数", "姓名", "分数"), ("张三", "86", "李四", "90"))
        assert rows_as_lines(table) == ["姓名：张三；分数：86", "姓名：李四；分数：90"]

    def test_groups_on_the_left_are_repeated(self) -> None:
        table = grid(("类别", "项目", "完成情况"), ("德育", "班会", "40节"), ("↑", "家访", "300次"))
        assert rows_as_lines(table)[1] == "类别：德育；项目：家访；完成情况：300次"

    def test_a_cell_over_several_columns_has_what_their_names_share(self) -> None:
        heads = ("年级", "语文", "←", "数学", "←"), ("↑", "期中", "期末", "期中", "期末")
        body = ("三年级", "免考", "←", "90", "91"), ("备注", "四年级未考", "←", "←", "←")
        assert rows_as_lines(grid(*heads, *body)) == [
            "年级：三年级；语文：免考；数学·期中：90；数学·期末：91",
            "备注：四年级未考",
        ]

    def test_classes_beside_a_label_are_heads_and_no_form(self) -> None:
        table = grid(
            ("年级", "甲班", "乙班", "丙班"), ("一", "12", "13", "9"), ("二", "3", "1", "2")
        )
        assert rows_as_lines(table)[0] == "年级：一；甲班：12；乙班：13；丙班：9"


class TestUnits:
    @pytest.mark.parametrize(
        ("text", "unit"),
        [
            ("单位：元", "元"),
            ("（单位：万元）", "万元"),
            ("单位：青禾县第三小学", ""),
            ("金额", ""),
        ],
    )
    def test_a_line_says_one(self, text: str, unit: str) -> None:
        assert unit_of(text) == unit

    def test_it_stands_beside_bare_figures_only(self) -> None:
        table = grid(("项目", "支出", "占比", "人数（人）"), ("图书", "1200", "12", "3"))
        assert rows_as_lines(table, unit="元") == [
            "项目：图书；支出（元）：1200；占比：12；人数（人）：3"
        ]

    def test_a_title_may_say_it(self) -> None:
        table = grid(("经费表（单位：元）", "←"), ("项目", "支出"), ("图书", "1200"))
        assert rows_as_lines(table)[1] == "项目：图书；支出（元）：1200"


def test_an_empty_table_has_no_lines() -> None:
    assert rows_as_lines([]) == rows_as_lines([[]]) == rows_as_lines([["", ""], ["", ""]]) == []
