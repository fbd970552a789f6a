"""What sections and paragraphs tell of: deeds, results, problems, causes, plans."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.report import Paragraph, Section, SectionType
from corpus.text.numbering import marker
from corpus.text.sentences import sentences

_YEAR = r"(?P<year>(?:19|20)\d{2})(?:\s*[-—–~～至]+\s*(?:(?:19|20)?\d{2}))?\s*(?:学年|學年|年度?)"
_NEXT = (
    r"下(?:一|个)?(?:步|年|阶段|階段|学年|學年|学期|學期|年度|半年|季度|期)|下个?月"
    r"|[明来來]年|今后|今後|未来|未來|后续|往后|接下[来來]|新(?:的)?(?:一)?(?:年|学年|學年|学期)"
)
_AIMS = (
    "打算|计划|計劃|设想|設想|思路|安排|措施|要点|要點|目标|目標|规划|規劃|展望|举措|舉措|重点"
    "|工作|任务|任務|方向|建议|想法|对策|路|话|[想要]办|[想要]做|怎[么样]|干什么|做什么|事"
)
_PROBLEMS = (
    "不足|问题|問題|短板|困难|困難|困境|差距|难处|難處|难点|難點|弱项|缺点|缺憾|遗憾|欠账|挑战|瓶颈"
    "|检讨|反思|薄弱|隐忧|教训|[没未](?:能|有)?(?:办|做|弄|完)[成好]|待(?:解决|改进|提高|加强)"
    "|没解决|欠缺|痛点|堵点|毛病|操心|不(?:如意|满意|够)"
)
_CAUSES = "原因|成因|归因|根源|根子|剖析|为什么|为何|缘由|症结"

_Patterns = Sequence[tuple[SectionType, re.Pattern[str]]]


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives))


_OF_HEADINGS: _Patterns = (
    (
        SectionType.PLANS,
        _any(rf"^(?:{_NEXT}).*(?:{_AIMS})", "^(?:今后|展望|下一步)", "打算|设想|設想|展望"),
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
    (
        SectionType.RESULTS,
        _any("成绩$|成績$|成果|成效|荣誉|榮譽|获奖|獲獎|奖项|业绩|業績|收获|收穫|战果|喜报|所获"),
    ),
    (
        SectionType.PREFACE,
        _any("^(?:前言|引言|导语)", "概[况況述]|简介|家底", "(?:基本|总体)(?:情[况況]|数据)"),
    ),
)
"""What words in a heading say, the surest first."""

_YEAR_HEADING = re.compile(rf"^{_YEAR}.*(?:{_AIMS})")

_OF_WORDS: _Patterns = (
    (
        SectionType.CAUSES,
        _any(
            rf"^(?:究其|分析|剖析)?.{{0,14}}?(?:{_CAUSES}).{{0,10}}?[，：:？?]",
            "^究其|^(?:说到底|归结起来)",
            "^(?:造成|产生|出现|存在)(?:以上|上述|这些|这种|这).{0,12}?[，：:]",
        ),
    ),
    (
        SectionType.PROBLEMS,
        _any(
            rf"^.{{0,16}}?(?:{_PROBLEMS})(?:的?(?:地方|之处|方面))?(?:主要|还|也|仍|依然)?"
            "(?:有|在于|是|表现在|体现在|表现为|很明显|如下)?.{0,4}?[：:]",
            "^(?:但|当然|同时|在看到|回顾|我们).{0,20}?(?:不足|差距|短板|困难|问题)[。，：；]",
        ),
    ),
    (
        SectionType.PLANS,
        _any(rf"^(?:{_NEXT})(?:的|工作)?(?:{_AIMS})?.{{0,12}}?[，：:]", "^(?:展望|打算|计划)[：:]"),
    ),
)
"""What the first words of a paragraph say, the surest first."""

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
_PLAN = re.compile("计划|計劃|打算|要点|要點|规划|規劃|思路|设想|安排")
_OPENING_WORDS = 40


def type_of_heading(heading: str, year: int | None = None) -> SectionType | None:
    """Return what a section with that heading tells of, None where the heading leaves it open.

    `year` is the last year that the report is on: a heading that names a later one is a plan.
    """
    number = marker(heading)
    words = heading[number.end :] if number else heading
    words = words.strip(' ★☆◆●■▲※·*“”"：:。')
    named = _YEAR_HEADING.match(words)
    if named and year is not None and int(named["year"]) > year:
        return SectionType.PLANS
    return _first(_OF_HEADINGS, words)


def type_of_words(text: str, year: int | None = None) -> SectionType | None:
    """Return what a paragraph tells of as far as its own first words say so; `year` as above."""
    number = marker(text)
    words = text[number.end :] if number else text
    named = _YEAR_WORDS.match(words)
    if named and year is not None and int(named["year"]) > year:
        return SectionType.PLANS
    return _first(_OF_WORDS, words[:_OPENING_WORDS])


def _first(patterns: _Patterns, words: str) -> SectionType | None:
    return next((kind for kind, pattern in patterns if pattern.search(words)), None)


class SectionTyper:
    """Types the sections and paragraphs of one report; its title says what the rest tells of."""

    def __init__(self, text: str, title: str, years: Sequence[int]) -> None:
        """Type a report of that text and title, on those years."""
        self._text = text
        self._year = max(years, default=None)
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
        first = min(of_section, default=0)
        path: tuple[str, ...] | None = None
        carried: SectionType | None = None
        for paragraph in paragraphs:
            if paragraph.path != path:
                path, carried = paragraph.path, None
            words = self._text[paragraph.start : paragraph.end]
            carried = type_of_words(words, self._year) or carried
            kind = carried or of_section.get(paragraph.number, self._rest)
            if kind is SectionType.DONE and carried is None:
                if paragraph.number < first:
                    kind = SectionType.PREFACE
                elif _tells_results(words):
                    kind = SectionType.RESULTS
            yield replace(paragraph, type=kind)


def _walk(roots: Sequence[Section]) -> Iterator[Section]:
    for root in roots:
        yield from root.walk()


def _tells_results(words: str) -> bool:
    """Whether more than half of the sentences of a paragraph tell of prizes, ranks or rates."""
    spans = sentences(words)
    telling = sum(_RESULT.search(words[start:end]) is not None for start, end in spans)
    return telling * 2 > len(spans)
