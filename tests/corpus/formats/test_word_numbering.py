"""Automatic numbers stand in the text as Word shows them (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

import pytest

from tests.corpus.formats.docx_files import (
    abstract,
    docx,
    level,
    numbered,
    p,
    style,
    styled,
    texts,
    use,
)

OFFICIAL = abstract(
    0,
    level(0, "chineseCountingThousand", "%1、"),
    level(1, "chineseCountingThousand", "（%2）"),
    level(2, "decimal", "%3."),
    level(3, "decimal", "（%4）"),
)


def test_the_official_numbers_stand_in_the_text() -> None:
    body = "".join(
        numbered(text, 1, at)
        for text, at in [
            *(("党建", 0), ("组织", 1), ("支部", 2), ("书记", 3), ("委员", 3), ("党员", 2)),
            *(("作风", 1), ("班子", 2), ("教学", 0), ("课堂", 1)),
        ]
    )
    assert texts(docx(body, {"numbering": OFFICIAL + use(1, 0)})) == [
        *("一、党建", "（一）组织", "1.支部", "（1）书记", "（2）委员", "2.党员"),
        *("（二）作风", "1.班子", "二、教学", "（一）课堂"),
    ]


def test_a_paragraph_between_does_not_stop_the_count() -> None:
    body = numbered("党建", 1) + p("正文。") + numbered("教学", 1)
    assert texts(docx(body, {"numbering": OFFICIAL + use(1, 0)})) == [
        "一、党建",
        "正文。",
        "二、教学",
    ]


def test_an_empty_numbered_paragraph_counts() -> None:
    body = numbered("党建", 1) + numbered("", 1) + numbered("教学", 1)
    assert texts(docx(body, {"numbering": OFFICIAL + use(1, 0)})) == ["一、党建", "三、教学"]


def test_numbers_come_through_styles_and_what_they_are_based_on() -> None:
    styles = (
        style("base", '<w:numPr><w:numId w:val="1"/></w:numPr>')
        + style("child", based_on="base")
        + style("second", '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>')
    )
    body = styled("党建", "child") + styled("组织", "second") + styled("教学", "base")
    parts = {"numbering": OFFICIAL + use(1, 0), "styles": styles}
    assert texts(docx(body, parts)) == ["一、党建", "（一）组织", "二、教学"]


def test_the_level_of_a_style_is_found_in_the_list_that_names_it() -> None:
    linked = abstract(
        0,
        level(0, "chineseCounting", "%1、", '<w:pStyle w:val="h1"/>'),
        level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="h2"/>'),
    )
    reference = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    parts = {
        "numbering": linked + use(1, 0),
        "styles": style("h1", reference) + style("h2", reference),
    }
    assert texts(docx(styled("党建", "h1") + styled("组织", "h2"), parts)) == [
        "一、党建",
        "（一）组织",
    ]


def test_number_zero_takes_the_number_of_the_style_away() -> None:
    styles = style("h", '<w:numPr><w:numId w:val="1"/></w:numPr>')
    without = p("附言", '<w:pStyle w:val="h"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    body = styled("党建", "h") + without + styled("教学", "h")
    parts = {"numbering": OFFICIAL + use(1, 0), "styles": styles}
    assert texts(docx(body, parts)) == ["一、党建", "附言", "二、教学"]


def test_uses_of_one_list_count_on_together() -> None:
    body = numbered("甲", 1) + numbered("乙", 2) + numbered("丙", 1)
    assert texts(docx(body, {"numbering": OFFICIAL + use(1, 0) + use(2, 0)})) == [
        "一、甲",
        "二、乙",
        "三、丙",
    ]


def test_a_start_override_begins_anew_once() -> None:
    restart = '<w:lvlOverride w:ilvl="2"><w:startOverride w:val="1"/></w:lvlOverride>'
    body = (
        numbered("甲", 1, 2)
        + numbered("乙", 1, 2)
        + numbered("丙", 2, 2)
        + numbered("丁", 2, 2)
        + numbered("戊", 1, 2)
    )
    assert texts(docx(body, {"numbering": OFFICIAL + use(1, 0) + use(2, 0, restart)})) == [
        "1.甲",
        "2.乙",
        "1.丙",
        "2.丁",
        "3.戊",
    ]


def test_a_level_override_writes_its_own_way() -> None:
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "upperRoman", "%1．", start=4)}</w:lvlOverride>'
    body = numbered("甲", 1) + numbered("乙", 1)
    assert texts(docx(body, {"numbering": OFFICIAL + use(1, 0, own)})) == ["IV．甲", "V．乙"]


def test_a_level_that_never_restarts_counts_through() -> None:
    through = abstract(
        0,
        level(0, "chineseCounting", "第%1章"),
        level(1, "chineseCounting", "第%2条", '<w:lvlRestart w:val="0"/>'),
    )
    body = "".join(numbered("目", 1, at) for at in (0, 1, 1, 0, 1))
    assert texts(docx(body, {"numbering": through + use(1, 0)})) == [
        "第一章 目",
        "第一条 目",
        "第二条 目",
        "第二章 目",
        "第三条 目",
    ]


def test_a_level_restarts_only_after_the_level_it_names() -> None:
    levels = abstract(
        0,
        level(0, "decimal", "%1."),
        level(1, "decimal", "%2)"),
        level(2, "decimal", "(%3)", '<w:lvlRestart w:val="1"/>'),
    )
    body = "".join(numbered("目", 1, at) for at in (0, 1, 2, 1, 2, 0, 1, 2))
    assert texts(docx(body, {"numbering": levels + use(1, 0)})) == [
        *("1.目", "1)目", "(1)目", "2)目", "(2)目", "2.目", "1)目", "(1)目"),
    ]


def test_numbers_of_several_levels_and_legal_numbers() -> None:
    levels = abstract(
        0,
        level(0, "chineseCounting", "第%1部分"),
        level(1, "decimal", "%1.%2", "<w:isLgl/>"),
        level(2, "lowerLetter", "%1.%2.%3"),
    )
    body = "".join(numbered("目", 1, at) for at in (0, 1, 2))
    assert texts(docx(body, {"numbering": levels + use(1, 0)})) == [
        "第一部分 目",
        "1.1 目",
        "一.1.a 目",
    ]


def test_a_level_above_that_was_not_used_shows_its_start() -> None:
    levels = abstract(0, level(0, "decimal", "%1."), level(1, "decimal", "%1.%2"))
    assert texts(docx(numbered("目", 1, 1), {"numbering": levels + use(1, 0)})) == ["1.1 目"]


def test_bullets_and_suffixes() -> None:
    levels = abstract(
        0,
        level(0, "bullet", "\uf06c"),
        level(1, "decimal", "%2", '<w:suff w:val="nothing"/>'),
        level(2, "decimal", "%3", '<w:suff w:val="space"/>'),
    )
    body = "".join(numbered("目", 1, at) for at in (0, 1, 2))
    assert texts(docx(body, {"numbering": levels + use(1, 0)})) == ["目", "1目", "1 目"]


def test_a_list_behind_a_numbering_style_is_found() -> None:
    parts = {
        "numbering": (
            '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="公文"/></w:abstractNum>'
            '<w:abstractNum w:abstractNumId="6"><w:styleLink w:val="公文"/>'
            f"{level(0, 'chineseCounting', '%1、')}</w:abstractNum>" + use(1, 5)
        )
    }
    assert texts(docx(numbered("党建", 1), parts)) == ["一、党建"]


def test_a_custom_format_with_zeros_in_front() -> None:
    custom = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="7"/>'
        '<mc:AlternateContent><mc:Choice Requires="w14">'
        '<w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice>'
        '<mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>'
        '<w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
    )
    assert texts(docx(numbered("目", 1), {"numbering": custom + use(1, 0)})) == ["007、目"]


@pytest.mark.parametrize("tag", ["del", "moveFrom"])
def test_a_paragraph_that_was_deleted_or_moved_away_does_not_count(tag: str) -> None:
    gone = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
        f'<w:rPr><w:{tag} w:id="1"/></w:rPr></w:pPr>'
        f'<w:{tag} w:id="2"><w:r><w:delText>删去</w:delText></w:r></w:{tag}></w:p>'
    )
    body = numbered("甲", 1) + gone + numbered("乙", 1)
    assert texts(docx(body, {"numbering": OFFICIAL + use(1, 0)})) == ["一、甲", "二、乙"]


def test_numbers_count_on_in_tables() -> None:
    inside = f"<w:tbl><w:tr><w:tc>{numbered('乙', 1)}</w:tc></w:tr></w:tbl>"
    body = numbered("甲", 1) + inside + numbered("丙", 1)
    assert texts(docx(body, {"numbering": OFFICIAL + use(1, 0)})) == ["一、甲", "二、乙", "三、丙"]


def test_references_to_nothing_give_no_number() -> None:
    loop = style("a", based_on="b") + style("b", based_on="a")
    body = numbered("甲", 9) + numbered("乙", 1, 12) + styled("丙", "a")
    parts = {"numbering": OFFICIAL + use(1, 0) + use(2, 77), "styles": loop}
    assert texts(docx(body, parts)) == ["甲", "乙", "丙"]
