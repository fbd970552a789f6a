from __future__ import annotations

import pytest

from corpus.report import Section
from index.answering.enumerations import Form, enumerations, subsections
from index.store.store import IndexedParagraph


def bodies(*texts: str) -> list[IndexedParagraph]:
    return [IndexedParagraph(i, ("一、工作",), text, None) for i, text in enumerate(texts, start=1)]


def items(*texts: str) -> list[list[str]]:
    return [[item.text for item in found.items] for found in enumerations(bodies(*texts))]


def test_ordinals_within_a_sentence_end_where_the_next_begins() -> None:
    (found,) = enumerations(
        bodies("要丰富党建活动。一要丰富实践活动；二要创新微教育；三要密切联系。此外还有别的。")
    )
    assert found.form is Form.ORDINALS
    assert found.lead == "要丰富党建活动。"
    assert [item.text for item in found.items] == [
        "一要丰富实践活动",
        "二要创新微教育",
        "三要密切联系",
    ]


def test_items_of_several_sentences_go_on_to_the_end_of_the_paragraph() -> None:
    assert items("有两点。一是甲。甲很好。二是乙。乙也好。") == [
        ["一是甲。甲很好", "二是乙。乙也好"]
    ]


def test_ordinals_run_through_paragraphs_and_keep_their_numbers() -> None:
    (found,) = enumerations(bodies("主要做了两件事：", "第一，抓管理。", "第二，抓质量。"))
    assert [(item.number, item.text) for item in found.items] == [
        (2, "第一，抓管理"),
        (3, "第二，抓质量"),
    ]
    assert found.lead == "主要做了两件事："


def test_a_marker_broken_off_from_its_words_keeps_them() -> None:
    assert items("原因有：一是", "管理不善。", "二是", "投入不足。")[0] == [
        "一是\n管理不善",
        "二是\n投入不足",
    ]


def test_two_sides_are_an_enumeration_and_a_lone_one_is_not() -> None:
    assert items("一方面加强学习，另一方面靠拢组织。") == [["一方面加强学习", "另一方面靠拢组织"]]
    assert items("一方面加强学习。", "一是重点学校。") == []


def test_a_run_that_skips_a_number_stops_there() -> None:
    assert items("一是甲；二是乙；四是丁。")[0][:1] == ["一是甲"]


def test_paragraphs_that_begin_with_dashes_are_items() -> None:
    (found,) = enumerations(
        bodies("取得了成绩：", "———教学有进步。", "———管理有提高。", "总之很好。")
    )
    assert (found.form, [item.text for item in found.items]) == (
        Form.PARAGRAPHS,
        ["教学有进步。", "管理有提高。"],
    )


def test_lists_within_a_sentence_end_before_their_noun() -> None:
    assert ["参观红歌会", "走进档案馆", "体验企业"] in items(
        "参观红歌会、走进档案馆、体验企业等学习教育。"
    )
    assert ["“先锋课堂”", "“暖心家访”", "“红禾志愿”"] in items(
        "培育“先锋课堂”“暖心家访”“红禾志愿”品牌。"
    )
    assert ["压时间", "控总量", "提质量"] in items("完成作业“压时间、控总量、提质量”的目标。")
    assert items("学校、家庭都满意。") == []


def test_the_sections_under_a_heading_are_items_without_their_numbers() -> None:
    below = (Section("1.抓管理", 2, range(1, 2)), Section("2.抓质量", 2, range(2, 3)))
    found = subsections(Section("一、工作", 1, range(1, 3), below), ("一、工作",))
    assert found is not None
    assert [(item.text, item.path[-1], item.number) for item in found.items] == [
        ("抓管理", "1.抓管理", 1),
        ("抓质量", "2.抓质量", 2),
    ]
    assert subsections(Section("一、工作", 1, range(1, 2), below[:1]), ()) is None


@pytest.mark.parametrize(
    ("text", "open_ended"),
    [
        ("开展读书节、科技节、艺术节等活动。", True),
        ("开展读书节、科技节、艺术节等三项活动。", False),
        ("开展读书节、科技节、艺术节。", False),
        ("举办“校园之声”“班班有歌”等活动。", True),
        ("涉及一等奖、二等奖、三等奖。", False),
    ],
)
def test_a_list_ends_openly_where_the_report_says_and_so_on(text: str, open_ended: bool) -> None:
    (found,) = enumerations(bodies(text))
    assert found.open_ended is open_ended


@pytest.mark.parametrize(
    ("text", "listed", "beside"),
    [
        ("优秀班主任3名，分别是王立新、蒲春燕、鲁志强。", ["王立新", "蒲春燕", "鲁志强"], "班主任"),
        ("供货商为惠农、绿源和祥和。", ["惠农", "绿源", "祥和"], "供货商"),
        ("组建合唱、剪纸、竹笛三个社团。", ["合唱", "剪纸", "竹笛"], "社团"),
        ("开设篮球、编程、秦腔等社团12个。", ["篮球", "编程", "秦腔"], "社团"),
        (
            "对教辅征订、校服采购、食堂招标重点监督。",
            ["教辅征订", "校服采购", "食堂招标重点监督"],
            "",
        ),
        ("语文组、数学组、综合组三个教研组每周活动。", ["语文组", "数学组", "综合组"], "教研组"),
        ("张三、李四和王五被评为优秀教师。", ["张三", "李四", "王五"], "优秀教师"),
    ],
)
def test_what_announces_a_list_is_no_part_of_its_items_and_stands_beside_it(
    text: str, listed: list[str], beside: str
) -> None:
    (found,) = enumerations(bodies(text))
    assert [item.text for item in found.items] == listed
    assert beside in found.beside


def test_a_time_of_day_ends_no_item() -> None:
    (found,) = enumerations(bodies("末班车至21:30、首班车至6:10、中班车至12:00等三项。"))
    assert [item.text for item in found.items][:2] == ["末班车至21:30", "首班车至6:10"]
