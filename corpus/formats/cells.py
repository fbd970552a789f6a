"""The cells of a table, and what their words look like: heads, labels, figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Self


class Cell(str):
    """The text of a cell in one of its places.

    A merged cell stands in each of its places; `across` in those right of its first column,
    `down` in those below its first row.
    """

    __slots__ = ("across", "down")

    across: bool
    down: bool

    def __new__(cls, text: str, *, across: bool = False, down: bool = False) -> Self:
        """Return the text as a cell."""
        cell = super().__new__(cls, text)
        cell.across, cell.down = across, down
        return cell


Grid = Sequence[Sequence[str]]
"""The cells of a table, row by row, all rows of one length; a merged cell is in each place.

Where the cells are no `Cell`, neighbours in a row that say the same are taken for one.
"""

_LONGEST_HEAD = 20
_LONGEST_LABEL = 12
_FIGURES = re.compile(r"[\d\s.,，%％/:：\-—–+()（）]*")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_FIGURE = re.compile(r"[约近超+\-−]?\d[\d,，.]*\s*(?:[\u4e00-\u9fff]{0,3}|[%％])|[—–\-－/无]{1,2}")
_PAIR = re.compile(r"[：:]\s*\S")
_BOX = re.compile("[☑☐☒□■√✓✔]")
_NO_LABEL = re.compile(r"[\d。，；！？,;!?、：]|[：:]\S")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_LABELS = re.compile(
    r".{0,8}(?:"
    "姓名|性别|年龄|民族|籍贯|出生|年月|政治面貌|学历|学位|毕业|专业|职称|职务|岗位|职业|部门|单位|学校"
    "|班级|年级|班次|学段|学科|科目|课程|任教|教龄|工龄|工作|电话|联系|手机|邮箱|地址|住址|身份证号?|照片"
    "|考核|等次|等级|评定|评价|意见|签字|签名|盖章|日期|时间|地点|场地|主持|主讲|主备|授课|记录|人数|人次|次数|场次"
    "|数量|参加|出席|缺席|应到|实到|对象|主题|课题|题目|内容|总结|小结|自评|评语|备注|说明|奖惩|奖励|处分|获奖"
    "|荣誉|称号|奖项|级别|颁奖|发证|出勤|证书|编号|序号|名称|项目|活动|类别|类型|指标|任务|措施|目标|负责人|责任人"
    "|指导教师|教师|学生|家长|人员|成员|组长|职责|分工|科室|处室|组别|分数|成绩|得分|平均分|满分|总分|合格率|优秀率"
    "|金额|经费|预算|支出|收入|单价|合计|完成情况|进展|问题|原因|整改|要求|结果|效果|反思|称谓|关系|周次|月份|日程"
    "|推荐|审批|审核|申请|申报|理由|事由|简历|经历|特长|爱好|健康|户籍|监护人|学号|工号|届别|民办|性质|面积|规模"
    ")(?:[（(].{1,12}[）)])?"
)


def as_cells(row: Sequence[str]) -> list[Cell]:
    """Return the cells of a row; of plain texts, those that say what the one before says go on."""
    cells: list[Cell] = []
    for i, text in enumerate(row):
        if isinstance(text, Cell):
            cells.append(text)
        else:
            cells.append(Cell(text, across=bool(text) and i > 0 and text == row[i - 1]))
    return cells


def is_head(cell: str) -> bool:
    """Whether a cell may name a column: short, no figure but a year, no pair of its own."""
    if not cell or len(cell) > _LONGEST_HEAD or cell.endswith("。"):
        return False
    if _PAIR.search(cell) or _BOX.search(cell):
        return False
    return _FIGURES.fullmatch(cell) is None or _YEAR.fullmatch(cell) is not None


def is_figure(cell: str) -> bool:
    """Whether a cell holds a figure, with a unit or without, or says that there is none."""
    return _FIGURE.fullmatch(cell) is not None or (
        bool(cell) and _FIGURES.fullmatch(cell) is not None
    )


def is_label(cell: str) -> bool:
    """Whether a cell says what kind of thing stands beside or below it (姓名, 负责人)."""
    return like_label(cell) and _LABELS.fullmatch(_bare(cell)) is not None


def like_label(cell: str) -> bool:
    """Whether a cell looks like a name of what stands beside it: a few words, no digit."""
    text = _bare(cell)
    if not text or len(text) > _LONGEST_LABEL or _NO_LABEL.search(text):
        return False
    return _CHINESE.search(text) is not None


def _bare(cell: str) -> str:
    return re.sub(r"\s", "", cell).rstrip("：:")
