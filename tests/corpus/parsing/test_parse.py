from __future__ import annotations

from pathlib import Path

import pytest

from corpus.corrections import Correction
from corpus.errors import Trouble, UnreadableReport
from corpus.formats import Draft, Source, installed
from corpus.parsing import parse
from corpus.parsing.parse import corrected, understand
from corpus.report import Format, ParseDetails, Reason, Report
from tests.corpus.formats.docx_files import docx

SHIPPED = Path(__file__).parents[3] / "corpus/reports/2021年度工作总结.txt"


def read(data: bytes | str, name: str = "a.txt") -> Report:
    return understand(Source(data.encode() if isinstance(data, str) else data, Path(name)))


@pytest.fixture(scope="module")
def shipped() -> Report:
    return read(SHIPPED.read_bytes(), SHIPPED.name)


def test_the_shipped_report_is_understood(shipped: Report) -> None:
    assert shipped.title == "中共昆山市第二中学总支部2021年度工作总结"
    assert (shipped.name, shipped.year) == ("2021年度工作总结", 2021)
    assert [section.heading for section in shipped.sections] == [
        "一、学校党建工作履职情况",
        "二、学校党建工作中存在的问题及原因",
        "三、学校党建工作下一步思路",
    ]
    assert [len(section.sections) for section in shipped.sections] == [3, 3, 3]
    assert len(shipped.paragraphs) == 10
    assert shipped.guesses == frozenset()


def test_the_dirt_of_the_shipped_report_is_left_out_and_named(shipped: Report) -> None:
    found = [(left.line, left.reason) for left in shipped.left_out]
    assert found == [(2, Reason.REPEATED_TITLE)] + [
        (line, Reason.DATE_RESIDUE) for line in range(25, 33)
    ]
    assert "2025-03" not in shipped.text


@pytest.mark.parametrize("date", ["2022年1月5日", "二〇二二年一月五日", "2022-01-05"])
@pytest.mark.parametrize("body", ["昆山市第二中学", "第二中学教务处", "二中党支部", "镇幼儿园"])
def test_signatures_and_dates_at_the_end_are_told_apart(body: str, date: str) -> None:
    for signed in (f"{body}\n{date}", f"{date}\n{body}", f"{body}　{date}"):
        report = read(f"2021年总结\n我校完成任务。\n{signed}")
        assert {left.reason for left in report.left_out} == {Reason.SIGNATURE}
        assert report.text == "我校完成任务。"


def test_the_date_of_signing_still_says_the_year() -> None:
    assert read("工作总结\n我校完成任务。\n2022年1月5日").years == (2021,)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("发布时间：2022-01-05 来源：校办 浏览次数：187", Reason.PUBLICATION),
        ("来源：团委 作者：荀晓棣 2021-12-31", Reason.PUBLICATION),
        ("招生就业处 发布人：栾雪梅 浏览：861次", Reason.PUBLICATION),
        ("责任编辑：王海", Reason.PUBLICATION),
        ("抄送：区教育局、区财政局", Reason.ATTACHMENT),
        ("附件：1.统计表 2.清单", Reason.ATTACHMENT),
        ("（此件公开发布）", Reason.ATTACHMENT),
        ("（盖章）", Reason.SIGNATURE),
        ("第二中学（公章）", Reason.SIGNATURE),
        ("联系人：李四 电话：13800000000", Reason.SIGNATURE),
        ("2022年1月18日印发（共印20份）", Reason.ATTACHMENT),
        ("上一篇：关于放假的通知（2022-01-06）", Reason.MENU),
        ("相关文章", Reason.MENU),
    ],
)
def test_what_stands_under_the_text_is_told_apart(line: str, reason: Reason) -> None:
    report = read(f"2021年总结\n我校完成任务。\n教师都参加了培训。\n{line}")
    assert [(left.text, left.reason) for left in report.left_out] == [(line, reason)]


@pytest.mark.parametrize(
    "line",
    [
        "时间：2022年10月17日14:30 地点：行政楼二楼",
        "来源于家长的建议有3条。",
        "校长 邓永康",
        "1.争取资金改造食堂",
        "附：窗口设在三楼，周一至周五接待。",
    ],
)
def test_what_only_looks_like_a_margin_stays(line: str) -> None:
    assert read(f"2021年总结\n我校完成任务。\n{line}").left_out == ()


@pytest.mark.parametrize("first", ["附件：1.2024年获奖名单", "附件1：获奖名单", "附件：", "附件"])
def test_a_list_of_attachments_is_told_apart_with_all_its_lines(first: str) -> None:
    report = read(
        f"2021年总结\n一、教学\n我校完成任务。\n二、安全\n我校没有事故。\n{first}\n2.培训安排表\n3.经费表\n"
        "第二中学\n2022年1月5日\n抄送：区教育局。\n第二中学办公室　2022年1月5日印发"
    )
    assert report.text == "我校完成任务。\n我校没有事故。"
    assert [section.heading for section in report.walk()] == ["一、教学", "二、安全"]


def test_a_signature_before_the_attachments_is_told_apart() -> None:
    names = "\n".join(f"张{i}获得县优质课比赛一等奖。" for i in range(20))
    report = read(
        f"2021年总结\n我校完成任务。\n第二中学\n2022年1月5日\n附件1\n2021年获奖名单\n{names}"
    )
    assert [x.text for x in report.left_out if x.reason is Reason.SIGNATURE] == [
        *("第二中学", "2022年1月5日")
    ]


@pytest.mark.parametrize("row", ["活动：读书节；人数：620", "三年级；语文：86；数学：90"])
def test_a_row_of_a_table_is_no_title(row: str) -> None:
    report = read(f"{row}\n我校完成任务。", "2021年总结.txt")
    assert (report.title, report.text.splitlines()[0]) == ("2021年总结", row)


@pytest.mark.parametrize("end", ["。", "："])
def test_a_heading_may_end_like_a_sentence(end: str) -> None:
    report = read(f"2021年总结\n一、教学{end}\n我校完成任务。\n二、安全{end}\n我校没有事故。")
    assert [section.heading for section in report.walk()] == ["一、教学", "二、安全"]


def test_a_file_of_pictures_says_so() -> None:
    picture = '<w:p><w:r><w:drawing><a:blip r:embed="rId9"/></w:drawing></w:r></w:p>'
    with pytest.raises(UnreadableReport) as caught:
        understand(Source(docx(picture), Path("a.docx")))
    assert caught.value.trouble is Trouble.ONLY_PICTURES


@pytest.mark.parametrize(("installed_", "trouble"), [(True, "NO_WORDS"), (False, "NEEDS_OCR")])
def test_pictures_without_words_ask_for_nothing_that_is_there(
    monkeypatch: pytest.MonkeyPatch, installed_: bool, trouble: str
) -> None:
    monkeypatch.setattr(installed, "can_recognise", lambda: installed_)
    details = ParseDetails(Format.PDF, unread_pages=(1,))
    monkeypatch.setattr(parse, "draft", lambda _: Draft((), details))
    with pytest.raises(UnreadableReport) as caught:
        understand(Source(b"x", Path("a.pdf")))
    assert caught.value.trouble is Trouble[trouble]


@pytest.mark.parametrize(
    "listed",
    [
        "目录\n一、党建\n二、教学\n三、后勤",
        "目　录\n一、党建……………1\n二、教学……………3\n三、后勤……………5",
        "目录　一、党建　二、教学　三、后勤",
        "一、党建\n二、教学\n三、后勤",
        "一、党建 1\n二、教学 3",
    ],
)
def test_contents_before_the_title_are_left_out(listed: str) -> None:
    heads = ["一、党建", "二、教学", "三、后勤"]
    body = "\n".join(f"{head}\n学校认真落实各项要求。" for head in heads)
    report = read(f"{listed}\n二中2021年工作总结\n{body}")
    assert {left.reason for left in report.left_out} == {Reason.CONTENTS}
    assert report.title == "二中2021年工作总结"
    assert [section.heading for section in report.sections] == heads


def test_a_document_that_lost_its_breaks_is_cut_at_its_headings() -> None:
    text = "学校组织教师集体备课，安排骨干上示范课。" * 8
    report = read(
        f"二中2021年工作总结 学校有36个班。一、党建有力。{text}二、教学扎实。（一）常规。{text}"
        f"（二）教研。{text}三、后勤到位。{text} 二中教务处 2022年1月5日"
    )
    assert report.title == "二中2021年工作总结"
    assert [section.heading for section in report.walk()] == [
        "一、党建有力",
        "二、教学扎实",
        "（一）常规",
        "（二）教研",
        "三、后勤到位",
    ]
    assert report.paragraphs[0].path == ()
    assert [left.reason for left in report.left_out] == [Reason.SIGNATURE]


def test_numbers_inside_a_paragraph_beside_others_are_no_headings() -> None:
    text = "学校组织教师集体备课，安排骨干上示范课。" * 25
    report = read(f"2021年总结\n{text}难处有二。一、缺钱。二、缺人。\n{text}\n{text}")
    assert report.sections == ()


def test_rows_of_a_flattened_table_are_told_with_their_heads() -> None:
    rows = "年级　人数　册次\n高一　742　19292\n高二　728　14560"
    report = read(f"2021年总结\n各年级借阅如下（单位：册）：\n{rows}\n借阅最多的是高一。")
    assert report.text.splitlines()[1:3] == [
        "年级：高一；人数（册）：742；册次（册）：19292",
        "年级：高二；人数（册）：728；册次（册）：14560",
    ]


@pytest.mark.parametrize(
    "lines",
    [
        "张三　李四　王五\n赵六　孙七　周八\n吴九　郑十　陈一",
        "组织学习　开展活动\n评选先进　表彰优秀\n慰问教师　走访家庭",
    ],
)
def test_names_and_slogans_in_columns_are_no_table(lines: str) -> None:
    report = read(f"2021年总结\n我校完成任务。\n{lines}\n大家都很努力。")
    assert "：" not in report.text


def test_page_numbers_are_left_out() -> None:
    report = read("2021年总结\n我校完成任务。\n— 3 —\n第 4 页 共 9 页")
    assert [left.reason for left in report.left_out] == [Reason.PAGE_FURNITURE] * 2


def test_markdown_headings_and_emphasis_are_read() -> None:
    report = read("# 2021年总结\n\n## 党建\n\n**书记**上课12节。", "a.md")
    assert report.paragraphs[0].path == ("党建",)
    assert report.text == "书记上课12节。"
    assert report.title == "2021年总结"


def test_corrections_win_over_what_was_read(shipped: Report) -> None:
    correction = Correction(title="总结", year=2020, organisation="二中")
    report = corrected(shipped, correction)
    assert (report.title, report.years, report.organisation) == ("总结", (2020,), "二中")


@pytest.mark.parametrize(
    ("data", "name", "trouble"),
    [
        (b"", "a.txt", Trouble.EMPTY),
        (" \n\u3000\n".encode(), "a.txt", Trouble.EMPTY),
        ("2021年总结\n2021年总结".encode(), "a.txt", Trouble.ONLY_HEADINGS),
        (b"x", "a.exe", Trouble.UNKNOWN_FORMAT),
    ],
)
def test_what_is_no_report_is_refused_with_its_reason(
    data: bytes, name: str, trouble: Trouble
) -> None:
    with pytest.raises(UnreadableReport) as caught:
        read(data, name)
    assert caught.value.trouble is trouble


def test_what_nobody_could_read_is_no_report() -> None:
    with pytest.raises(UnreadableReport) as caught:
        read("2021年总结\n" + "\ue000\ue123\U000e0fff。" * 40)
    assert caught.value.trouble is Trouble.DAMAGED
