"""Schools by their names: long ones, short ones, and those that no report is from.

A name is taken apart into the words that tell it from others (柳溪镇), its number (第二) and its
level (中学), so that 柳溪小学 names 柳溪镇中心小学 and 临江三小 names 临江市第三小学, but 白塔一中
never names 白塔二中.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.text.numerals import number
from index.lexical.folding import fold
from index.store.store import IndexedReport

Known = Callable[[str], bool]
"""Whether a word of up to three Chinese characters stands in a report."""

_LEVELS = {
    "vocational": (
        r"职业教育中心|职教中心|职业(?:技术)?(?:高级)?中学|职业(?:技术)?学[校院]|职业中(?:等)?专(?:业学校)?"
        r"|中等(?:职业|专业)(?:技术)?学校|技工学校|技师学院|技校|职校|职中|职高|职专|中专(?!生)"
    ),
    "kindergarten": r"幼儿园",
    "training": r"教师进修学校|进修学校",
    "special": r"特殊教育学校|特教学校|特校",
    "primary": r"附属小学|附小|(?:完全)?小学(?!生|科|段|部|阶段)",
    "middle": (
        r"附属中学|附中|(?:初级|高级|完全)?中学(?!生|部)|(?:初中|高中)(?![生部段一二三毕老阶])"
    ),
    "school": r"(?:九年一贯制|一贯制)?学校",
}
_ONE = {"小": "primary", "中": "middle", "幼": "kindergarten"}
_ANY_LEVEL = "|".join(f"(?P<{name}>{words})" for name, words in _LEVELS.items())
_NUMBER = r"第?(?P<n>[一二三四五六七八九十]{1,3}|\d{1,2})"
_SHORT = (
    r"(?<!第)(?P<s>[一二三四五六七八九十]{1,3})"
    r"(?P<one>[小中幼](?![央国间午心等层级时部段批块步型孩朋期全组考选教药西医秋老游年]))"
)
_NAMED = re.compile(rf"(?:{_NUMBER})?(?:{_ANY_LEVEL})|{_SHORT}")
_RUN = re.compile(r"[\u3400-\u9fff]{1,14}$")
_DIVISIONS = re.compile(r"[省市区县镇乡]|街道|自治[州县]")
_KIND = re.compile(
    r"中心|实验|示范|希望|民办|公办|私立|寄宿制?|双语|外国?语|子弟|民族|师范|附属|初级|高级|完全|九年一贯制|一贯制|艺术|体育"
)
_APART = re.compile(
    r"[的在有和与去到了是跟比从对给让被把为由向叫入考读来转调进送派请帮教跑]|[录考娃生要能]上|上公|公家|乡下|听听?|"
    r"[几哪那这各每全本该某][个所]?|什么|多少"
    r"|[我你他咱]们?|今年|明年|前年|毕业|录取|参观|访问|就读|附近|周边|隔壁|兄弟|结对|帮扶|对口|合作|其[他它]|别的"
    r"|问|关于|年|届|学期"
)
_SAYS_NO_PLACE = re.compile(
    r"^(?:[市县区镇乡省]直?|城区|乡镇|[乡农]村|山区|贫困|薄弱|优[质秀]|重点|普通|新建?|老|名|百年|绿色|文明|平安|阳光"
    r"|家长|试点|特色|定点|生源|基地|先进|星级|外[地省]|姊妹|联盟|集团|大学|上)$"
)
_LEAST, _MOST = 2, 4
_NAMES = frozenset({"nr", "ns", "nt", "nz", "nrt", "nrfg", "g", "x"})
_SURE = frozenset({"primary", "middle", "vocational", "kindergarten", "special"})


@dataclass(frozen=True, slots=True)
class SchoolName:
    """A name of a school in a text, at [start, end).

    `own` are the words that tell it from others, "" where its number alone does.
    """

    start: int
    end: int
    own: str
    number: int | None
    level: str

    def names(self, other: SchoolName) -> bool:
        """Whether it, as it is said in a question, may be short for the whole name `other`."""
        if self.level not in {other.level, "school"} or self.number != other.number:
            return False
        own, whole = (_DIVISIONS.sub("", words) for words in (self.own, other.own))
        if not own or not whole:
            return self.number is not None
        return _is_short_for(own, whole)


def _is_short_for(short: str, whole: str) -> bool:
    """Whether the characters of `short` stand in `whole` in order, the first two side by side."""
    if len(short) < _LEAST or short[:2] not in whole:
        return False
    rest = iter(whole)
    return all(character in rest for character in short)


def schools_of(entries: Sequence[IndexedReport]) -> dict[str, SchoolName]:
    """Return the school that each report is from, by its name; those from none are left out."""
    found = {}
    for entry in entries:
        organisation = fold(organisation_of(entry) or "")
        name = next(_names(organisation), None)
        if name is not None and (name.own or name.number is not None):
            found[entry.name] = name
    return found


def organisation_of(entry: IndexedReport) -> str | None:
    """Return the organisation that a report is from; an article about one is not from it."""
    return None if entry.organisation == entry.title == entry.name else entry.organisation


def named_school(
    text: str, schools: Mapping[str, SchoolName]
) -> tuple[SchoolName, frozenset[str]] | None:
    """Return the first school that folded `text` names, and the reports that are from it."""
    for name in _names(text):
        for name_alone in _ends(name):
            reports = frozenset(r for r, school in schools.items() if name_alone.names(school))
            if reports:
                return name_alone, reports
    return None


def without_schools(text: str) -> str:
    """Return folded `text` with the names of schools blotted out, at the same length."""
    for name in _names(text):
        text = text[: name.start] + "\0" * (name.end - name.start) + text[name.end :]
    return text


def unknown_school(text: str, schools: Mapping[str, SchoolName], known: Known) -> str | None:
    """Return the school that folded `text` names, where surely no report is from it or tells of it.

    None where the text names none, or where a report may well tell of it: its own words stand in
    one, as those of a partner school do.
    """
    if not schools or named_school(text, schools) is not None:
        return None
    for name in _names(text):
        own = _APART.split(name.own)[-1]
        if name.level not in _SURE and not _KIND.search(own):
            continue
        bare = _DIVISIONS.sub("", _KIND.sub("", own))
        if not _LEAST <= len(bare) <= _MOST or _SAYS_NO_PLACE.match(own):
            continue
        start = name.start + len(name.own) - len(own)
        if not _told_of(text[start : name.end], bare, schools, known):
            return text[start : name.end]
    return None


def _told_of(said: str, bare: str, schools: Mapping[str, SchoolName], known: Known) -> bool:
    """Whether a report may tell of a school: its words stand in one, or it is no name at all.

    Of a place that a school of the reports is named for, the whole name must stand there.
    """
    if not known(bare[-2:]):
        return _DIVISIONS.search(said) is None and _is_a_word(bare)
    alike = [each for each in schools.values() if bare in _DIVISIONS.sub("", each.own)]
    if not alike or any(each.level == "school" for each in alike):
        return True
    return all(known(said[i : i + 3]) for i in range(len(said) - 2))


def _is_a_word(bare: str) -> bool:
    """Whether the dictionary has it as a word that is the name of nobody and nowhere (绿色)."""
    import rjieba

    tagged = rjieba.tag(bare)
    return len(tagged) == 1 and tagged[0][1] not in {
        "nr",
        "ns",
        "nt",
        "nz",
        "nrt",
        "nrfg",
        "g",
        "x",
    }


def _names(text: str) -> Iterator[SchoolName]:
    """Yield the names of schools in folded `text`, each with all that may be its own words."""
    done = 0
    for match in _NAMED.finditer(text):
        run = _RUN.search(text[done : match.start()])
        own = run[0] if run else ""
        level = _ONE[match["one"]] if match["one"] else str(match.lastgroup)
        digits = match["n"] or match["s"]
        if own or digits:
            start = match.start() - len(own)
            yield SchoolName(start, match.end(), own, number(digits) if digits else None, level)
        done = match.end()


def _ends(name: SchoolName) -> Iterator[SchoolName]:
    """Yield `name` with ever fewer of what may be its own words, the longest first."""
    for cut in range(len(name.own) + 1):
        if cut < len(name.own) or name.number is not None:
            yield replace(name, start=name.start + cut, own=name.own[cut:])
