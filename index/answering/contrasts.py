"""Whether quoted words plainly tell of another thing than the one that is asked about.

They have something of the kind that the question names, and not what it names: another year, the
second drill for the first, a sum a day for one a month, 语文平均分 for 英语平均分, somebody else.
Such words may still answer, so they are shown, but as unsure. What is said in other words is no
contrast: the kind has to stand in both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Final

from index.lexical.folding import fold
from index.lexical.overlap import bigrams
from index.understanding.quantities.measures import asked_measures, measured_numbers
from index.understanding.question import Origin, Question, QuestionKind
from index.understanding.words.stopwords import content_terms, says_nothing

Known = Callable[[str], bool]
"""Whether a word of up to three characters stands in a report."""

_YEAR: Final = re.compile(r"(?<![比较同与])((?:19|20)\d{2})年")
_ORDINAL: Final = re.compile(
    r"第([一二三四五六七八九十\d]+)(次|届|批|期|轮|名|季度|学期|课|套|组|支部)"
)
_SPAN: Final = r"(天|日|周|星期|月|学期|学年|年)"
_ASKED_SPAN: Final = re.compile(rf"[一每]个?(?:学)?{_SPAN}(?!级|来|月)")
_PAID_SPAN: Final = re.compile(rf"每生?每?个?{_SPAN}(?!级)")
_SAME_SPAN: Final = {"日": "天", "星期": "周", "学年": "年"}
_EACH: Final = re.compile(r"各|分别|免费|收不收")
_CLAUSE: Final = re.compile(r"[^,、;。:!?]+")
_NAMED: Final = 3
"""Characters of the shortest name of somebody or something that has no other words."""

_LONG: Final = 10
_NOUNS: Final = frozenset({"n", "nz", "j", "nr", "ns", "nt", "l", "i"})
_COUNTING: Final = frozenset({QuestionKind.FACT, QuestionKind.COUNT, QuestionKind.YES_NO})


def tells_of_another(question: Question, words: str, around: str, known: Known) -> bool:
    """Whether quoted `words` tell of another thing than `question` asks about.

    Args:
        question: The question, understood.
        words: What is quoted.
        around: The title and the headings that it stands under.
        known: Whether the reports have a word: what they know they would name.
    """
    asked, words, around = question.alone, fold(words), fold(around)
    if _another_year(question, words) or _another_ordinal(asked, words):
        return True
    if _something_else(asked, words + around, known) or _another_kind(asked, words, around):
        return True
    return question.kind in _COUNTING and (
        _another_span(asked, words) or _not_counted(asked, words)
    )


def _another_year(question: Question, words: str) -> bool:
    if len(question.years) != 1 or question.time.origin is not Origin.NAMED:
        return False
    told = {int(year) for year in _YEAR.findall(words)}
    year = question.years[0]
    return bool(told) and not {year, year - 1} & told and not question.plans_for_year


def _another_ordinal(asked: str, words: str) -> bool:
    for number, kind in _ORDINAL.findall(asked):
        told = {n for n, of in _ORDINAL.findall(words) if of == kind}
        if told and number not in told:
            return True
    return False


def _another_span(asked: str, words: str) -> bool:
    """Whether a sum a month is asked for and the clause nearest to it has one a day."""
    match, terms = _ASKED_SPAN.search(asked), content_terms(asked)
    nearest = max((words, *_CLAUSE.findall(words)), key=lambda clause: _held(terms, clause))
    told = {_SAME_SPAN.get(span, span) for span in _PAID_SPAN.findall(nearest)}
    return match is not None and bool(told) and _SAME_SPAN.get(match[1], match[1]) not in told


def _held(terms: frozenset[str], clause: str) -> float:
    """Return the share of `terms` in a clause, more in a short one; the first of none wins."""
    return len(terms & bigrams(clause)) / (len(clause) + _LONG)


def _not_counted(asked: str, words: str) -> bool:
    """Whether a number of something is asked for (几间) and no number in the words is one."""
    measures = asked_measures(asked) if not _EACH.search(asked) else frozenset()
    return bool(measures) and not any(each.measure in measures for each in measured_numbers(words))


def _something_else(asked: str, told: str, known: Known) -> bool:
    """Whether something is named that the reports know, and of which the words say nothing."""
    return any(
        len(name) >= _NAMED
        and all(known(name[i : i + 3]) for i in range(len(name) - 2))
        and not any(name[i : i + 2] in told for i in range(len(name) - 1))
        for name in _names(asked)
    )


def _names(asked: str) -> Iterator[str]:
    """Yield the nouns of the question, and those that stand together as one (田径运动会)."""
    import rjieba

    run = ""
    for word, tag in rjieba.tag(asked):
        if (tag in _NOUNS or tag == "vn") and not says_nothing(word):
            run += word
            yield word
            yield run
        else:
            run = ""


def _another_kind(asked: str, words: str, around: str) -> bool:
    """Whether the words have what is asked for of something else (花生过敏 → 牛奶过敏)."""
    return any(
        not _told(kind, words + around) and _of_another(kind, thing, words)
        for kind, thing in _compounds(asked)
    )


def _compounds(asked: str) -> Iterator[tuple[str, str]]:
    """Yield the pairs of nouns that stand together in the question: a kind, and of what."""
    import rjieba

    tagged = rjieba.tag(asked)
    for (kind, tag), (thing, _) in pairwise(tagged):
        if tag not in _NOUNS or len(kind) < 2 or len(thing) < 2:
            continue
        if not says_nothing(kind) and not says_nothing(thing):
            yield kind, thing


def _told(kind: str, told: str) -> bool:
    """Whether a word, a part of it or an abbreviation of it stands in the words."""
    if any(kind[i : i + 2] in told for i in range(len(kind) - 1)):
        return True
    rest = iter(told)
    return all(character in rest for character in kind)


def _of_another(kind: str, thing: str, words: str) -> bool:
    import rjieba

    tagged = rjieba.tag(words)
    return any(
        (thing.startswith(after) or after.startswith(thing))
        and tag in {*_NOUNS, "vn"}
        and len(before) > 1
        and before != kind
        for (before, tag), (after, _) in pairwise(tagged)
        if len(after) > 1
    )
