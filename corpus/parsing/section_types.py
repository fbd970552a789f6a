"""What sections and paragraphs tell of: deeds, results, problems, causes, plans."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.report import Paragraph, Section, SectionType
from corpus.text.numbering import marker
from corpus.text.numerals import number as number_of
from corpus.text.sentences import sentences

_YEAR_DIGITS = r"(?:(?:19|20)\d{2}|二[〇○零][〇○零一二三四五六七八九]{2})"
_YEAR = (
    rf"(?P<year>{_YEAR_DIGITS})(?:\s*[-—–~～至]+\s*(?:(?:19|20)?\d{{2}}))?\s*(?:学年|學年|年度?|届)"
)
_NEXT = (
    "下(?:一|个)?(?:步|年|阶段|階段|学年|學年|学期|學期|年度|半年|季度|期)|下个?月"
    "|[明来來]年|今后|今後|未来|未來|后续|往后|接下[来來]"
)
_SOON = "新(?:的)?(?:一)?(?:年|学年|學年|学期)"
"""Begins a plan only where the school wants something in it; it may be over when one reads."""

_AIMS = (
    "打算|计划|計劃|设想|設想|思路|安排|措施|要点|要點|目标|目標|规划|規劃|展望|举措|舉措|重点|谋划|路线图"
    "|工作|任务|任務|方向|建议|想法|对策|路|话|[想要]办|[想要]做|[想要]抓|怎[么样]|干什么|做什么|事"
)
_PROBLEMS = (
    "不足|问题|問題|短板|短处|困难|困難|困境|差距|难[处题点]|難[處題點]|弱项|缺点|缺憾|遗憾|憾在|遗留|欠账|挑战|瓶颈"
    "|检讨|反思|薄弱|隐忧|教训|[没未](?:能|有)?(?:办|做|弄|完)[成好]|待(?:解决|改进|提高|加强)"
    "|没解决|卡在|欠缺|痛点|堵点|毛病|操心|不(?:如意|满意|够)"
)
_CAUSES = "原因|成因|归因|根源|根子|剖析|为什么|为何|缘由|缘故|症结|来由|难在哪"

_Patterns = Sequence[tuple[SectionType, re.Pattern[str]]]


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives))


_OF_HEADINGS: _Patterns = (
    (
        SectionType.PLANS,
        _any(
            rf"^(?:{_NEXT}|{_SOON}).*(?:{_AIMS})",
            rf"^(?:{_NEXT}|展望)",
            rf"(?:{_NEXT})(?:的|工作|重点)*(?:{_AIMS})",
            "打算|设想|設想|展望|(?:工作|发展)(?:思路|计划|計劃|规划|規劃)$",
        ),
    ),
    (
        SectionType.DONE,
        _any(
            "(?:研究|讨论|审议|解决|整改|改进).*问题", "问题.*(?:整改|改得|解决)", "问答|常见问题"
        ),
    ),
    (SectionType.PROBLEMS, _any(_PROBLEMS)),
    (SectionType.CAUSES, _any(_CAUSES)),
    (
        SectionType.PLANS,
        _any(
            "^(?:工作)?(?:计划|計劃|规划|規劃|思路|建议|目标|目標|方向)$|努力方向",
            "(?:改进|整改)的?(?:措施|方向|建议|意见|办法|计划)",
        ),
    ),
    (SectionType.DONE, _any("(?:工作|做法|举措|措施|情况)(?:和|与|及|、)")),
    (
        SectionType.RESULTS,
        _any(
            "成绩$|成績$|结果$|成果|成效|荣誉|榮譽|获奖|獲獎|奖项|业绩|業績|收获|收穫|战果|喜报|所获"
        ),
    ),
    (
        SectionType.PREFACE,
        _any(
            "^(?:前言|引言|导语)", "概[况況述]|简介|家底", "(?:基本|总体)(?:情[况況]|数据)|基本面"
        ),
    ),
)
"""What words in a heading say, the surest first."""

_YEAR_HEADING = re.compile(rf"^{_YEAR}.*(?:{_AIMS})")

_OF_WORDS: _Patterns = (
    (
        SectionType.CAUSES,
        _any(
            rf"^(?![^，]*因[^，]{{1,5}}(?:原因|缘故))[^，。；：]{{0,10}}?(?:{_CAUSES}).{{0,8}}?[，：:？?]",
            "^(?:究其|分析起来|说到底|归结起来|归根到底|归根结底|之所以|反思(?:这些|以上|起来)|原因|根子)",
            "^这?(?:主要)?(?:是因为|是由于|源于|缘于)|^(?:追根|深究|细究)|^问题出在",
            "^有.{0,14}的(?:原因|因素)|^既有.{0,20}(?:也有|又有)",
            "^(?:造成|产生|出现|导致)(?:以上|上述|这些|这种|这).{0,12}?[，：:]",
            "^(?:以上|上述|这些)(?:不足|问题|短板|难题|困难|情况).{0,4}?[，：:]?.{0,4}?(?:有|源于|一怪|主要|既)",
        ),
    ),
    (
        SectionType.PROBLEMS,
        _any(
            rf"^.{{0,16}}?(?:{_PROBLEMS})(?:的?(?:地方|之处|方面))?(?:主要|还|也|仍|依然)?"
            "(?:有|在于|是|表现在|体现在|表现为|很明显|如下)?.{0,4}?[：:]",
            "^(?:但|当然|同时|在看到|回顾|我们|说到|讲到).{0,20}?(?:不足|差距|短板|困难|问题)[。，：；]",
            "^难处也?要",
        ),
    ),
    (
        SectionType.PLANS,
        _any(
            rf"^(?:{_NEXT})(?:的|工作|里)*(?:{_AIMS})?.{{0,12}}?[，：:]",
            rf"^(?:{_SOON})(?:里)?，?(?:我们|我校|我园|学校|本园)?.{{0,6}}?(?:将|要|拟|计划|打算|力争|争取)",
            "^(?:展望|打算|计划)[：:]",
        ),
    ),
)
"""What the first words of a paragraph or a sentence say, the surest first."""

_YEAR_WORDS = re.compile(
    rf"^(?:在)?{_YEAR}里?[，,：:]?.{{0,16}}?"
    "(?:将|要|拟|计划|打算|力争|争取|重点|目标|安排|聚焦|[，：:])"
)
_RESULT = _any(
    "[获獲荣榮].{0,24}?(?:奖|獎|称号|第[一二三四五六七八九十\\d]|[冠亚季]军|表彰|示范|先进|优秀)",
    "评为|評為|授予|认定为|命名为|[一二三特]等奖|[金银铜]奖|第[一二三四五六七八九十\\d]+名",
    "(?:优秀|合格|及格|升学|上线|录取|本科|优良|达标|就业|对口|满意|通过)率|平均分|均分|上线",
)
_REPORT = _any("总结|總結|报告|報告|述职|述職|汇报|匯報|小结|回顾", "自查|自评|工作情况|年报|纪实")
_PLAN = _any("工作(?:计划|計劃|安排|打算|要点|要點|思路)", "计划$|計劃$|规划|規劃|设想|要点|要點")
_LABEL = re.compile("^【[^】]*】(?=.)")
_ASKED = re.compile(r"(?:问|[QＱ]\d*)\s*[：:]")
_OPENING_WORDS = 40
_SHORTEST_TURN = 20
_LONGEST_PREFACE = 400
_LONGEST_OPENING = 150
"""Up to how many characters in a paragraph of the preface begins: before headings, and without."""


def type_of_heading(heading: str, year: int | None = None) -> SectionType | None:
    """Return what a section with that heading tells of, None where the heading leaves it open.

    `year` is the last year that the report is on: a heading that names a later one is a plan.
    """
    if heading.endswith(("？", "?")) and _ASKED.search(heading):
        return None
    words = _LABEL.sub("", _unnumbered(heading)).strip(' ★☆◆●■▲※·*“”"：:。【】')
    named = _YEAR_HEADING.match(words)
    if named and _later(named["year"], year):
        return SectionType.PLANS
    return _first(_OF_HEADINGS, words)


def type_of_words(text: str, year: int | None = None) -> SectionType | None:
    """Return what a paragraph tells of as far as its own first words say so; `year` as above."""
    words = _unnumbered(text)
    named = _YEAR_WORDS.match(words)
    if named and _later(named["year"], year):
        return SectionType.PLANS
    return _first(_OF_WORDS, words[:_OPENING_WORDS])


def turns(text: str, year: int | None = None) -> list[tuple[int, SectionType]]:
    """Return where in a paragraph sentences begin to tell of something else, and of what.

    The first sentence is no turn; a part of fewer than 20 characters is none of its own.
    """
    found: list[tuple[int, SectionType]] = []
    start_of_part = 0
    for start, end in sentences(text)[1:]:
        kind = type_of_words(text[start:end], year)
        fits = start - start_of_part >= _SHORTEST_TURN and len(text) - start >= _SHORTEST_TURN
        if kind is not None and fits and (not found or found[-1][1] is not kind):
            found.append((start, kind))
            start_of_part = start
    return found


def _unnumbered(text: str) -> str:
    number = marker(text)
    return text[number.end :] if number else text


def _later(named: str, year: int | None) -> bool:
    value = number_of(named)
    return year is not None and value is not None and value > year


def _first(patterns: _Patterns, words: str) -> SectionType | None:
    return next((kind for kind, pattern in patterns if pattern.search(words)), None)


class SectionTyper:
    """Types the sections and paragraphs of one report; its title says what the rest tells of."""

    def __init__(self, text: str, title: str, year: int | None) -> None:
        """Type a report of that text and title; `year` is the last it is on, None if unsure."""
        self._text = text
        self._year = year
        if _REPORT.search(title):
            self._rest = SectionType.DONE
        else:
            self._rest = SectionType.PLANS if _PLAN.search(title) else SectionType.OTHER

    def sections(self, roots: Sequence[Section]) -> tuple[Section, ...]:
        """Return the sections with their types; one that says none has that of the one above."""
        return tuple(self._section(section, self._rest) for section in roots)

    def paragraphs(
        self, paragraphs: Sequence[Paragraph], roots: Sequence[Section]
    ) -> tuple[Paragraph, ...]:
        """Return the paragraphs with their types; `roots` are the sections, typed."""
        of_section = {n: section.type for section in _walk(roots) for n in section.paragraphs}
        return tuple(self._typed(paragraphs, of_section))

    def _section(self, section: Section, above: SectionType) -> Section:
        kind = type_of_heading(section.heading, self._year) or above
        below = tuple(self._section(child, kind) for child in section.sections)
        return replace(section, type=kind, sections=below)

    def _typed(
        self, paragraphs: Sequence[Paragraph], of_section: dict[int, SectionType]
    ) -> Iterator[Paragraph]:
        first = min(of_section, default=None)
        preface = _LONGEST_OPENING if first is None else _LONGEST_PREFACE
        path: tuple[str, ...] | None = None
        carried: SectionType | None = None
        for paragraph in paragraphs:
            if paragraph.path != path:
                path, carried = paragraph.path, None
            words = self._text[paragraph.start : paragraph.end]
            said = type_of_words(words, self._year) or carried
            kind = said or of_section.get(paragraph.number, self._rest)
            if kind is SectionType.DONE and said is None:
                opens = paragraph.number < (first or len(paragraphs) + 1)
                kind = self._told(opens and paragraph.start < preface, words)
            yield replace(paragraph, type=kind)
            carried = self._carried(words, said, carried)

    def _carried(
        self, words: str, said: SectionType | None, carried: SectionType | None
    ) -> SectionType | None:
        """Return what the next paragraph tells of: causes go on only behind a colon."""
        for kind in (*(kind for _, kind in reversed(turns(words, self._year))), said):
            if kind is not None and (kind is not SectionType.CAUSES or words.endswith(("：", ":"))):
                return kind
        return None if carried is SectionType.CAUSES else carried

    def _told(self, opens: bool, words: str) -> SectionType:
        if opens:
            return SectionType.PREFACE
        return SectionType.RESULTS if _tells_results(words) else SectionType.DONE


def _walk(roots: Sequence[Section]) -> Iterator[Section]:
    for root in roots:
        yield from root.walk()


def _tells_results(words: str) -> bool:
    """Whether more than half of the sentences of a paragraph tell of prizes, ranks or rates."""
    spans = sentences(words)
    telling = sum(_RESULT.search(words[start:end]) is not None for start, end in spans)
    return telling * 2 > len(spans)
