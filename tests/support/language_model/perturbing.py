"""True sentences of school reports, true ways to write them again, and ways to make them false.

A `Statement` is what a model may have written: its words, the numbers that it names, and the
evidence that it was given. Each kind of falsification takes a true sentence and returns what is
false in one way, naming only the evidence that it was made from: the hardest case for a check.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import rjieba

from corpus.formats import Source
from corpus.parsing.parse import understand
from corpus.passages import passages
from corpus.text.sentences import parts
from index.language_model.check import EvidenceItem
from index.lexical.folding import comparable, fold
from index.understanding.quantities.parse_quantities import QuantityMention, quantities
from index.understanding.quantities.spell_out import chinese

_SHORTEST, _LONGEST = 12, 160
_CLAUSE = re.compile(r"[^，,；;：:。！？!?\n]+[，,；;：:。！？!?\n]*")
_QUOTED = re.compile(r"“([^”]{2,20})”")
_DATE = re.compile(r"(?<!\d)(\d{1,2})(月|日)")
_YEAR = re.compile(r"(?<!\d)(20\d{2})年")
_NEGATED = re.compile(r"未能?|没有|没(?!有)|不(?![断仅但同光只少久锈过])|无(?![论锡穷纸烟偿])")
_PLANNED = re.compile(r"计划|拟(?!定)|争取|力争|打算|准备|预计|将(?=[对把在于全进继开组建新])")
_BOUND = re.compile(
    r"近(?=\d)|约(?=\d)|余(?=[名人元次万份件本])|不足(?=\d)|超过?(?=\d)|至少|至多|以上|以下|左右"
)
_ORGANISATION = re.compile(
    r"[\u4e00-\u9fff]{2,6}(?:局|处|室|组|部|委员会|小学|中学|公司|医院|中心|支部|协会)"
)
_TAKEN_BACK = re.compile(r"但|却|然而|不过|只是|除|其中|实际|尚")
_ADVERB = re.compile(r"认真|积极|切实|进一步|大力|深入|扎实|全面|有效|持续|不断|继续|努力")
_TURNED = {
    "增加": "减少",
    "减少": "增加",
    "提高": "降低",
    "降低": "提高",
    "上升": "下降",
    "下降": "上升",
    "提升": "下降",
    "增长": "减少",
    "高于": "低于",
    "低于": "高于",
    "超过": "不足",
    "不足": "超过",
    "多于": "少于",
    "最高": "最低",
    "第一": "倒数第一",
    "全部": "部分",
    "以上": "以下",
    "以下": "以上",
    "多": "少",
    "比": "不比",
    "好转": "恶化",
    "优于": "差于",
    "提前": "推迟",
    "首次": "再次",
}


@dataclass(frozen=True, slots=True)
class TrueSentence:
    """A sentence of a report, with its year and the other sentences of that report."""

    text: str
    year: int | None
    report: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """What a model may have written: words that rest on the `numbers` of `evidence`."""

    kind: str
    text: str
    numbers: tuple[int, ...]
    evidence: tuple[EvidenceItem, ...]


def true_sentences(
    folder: Path, limit: int, seed: int = 1, reports: int | None = None
) -> list[TrueSentence]:
    """Return sentences of a usual length, of some or all of the reports in `folder`."""
    chosen = random.Random(seed)
    found: list[TrueSentence] = []
    paths = sorted(folder.glob("*.txt"))
    for path in paths if reports is None else chosen.sample(paths, reports):
        report = understand(Source(path.read_bytes(), path))
        texts = [
            passage.text[start:end]
            for passage in passages(report)
            for start, end in parts(passage.text)
            if _SHORTEST <= end - start <= _LONGEST
        ]
        others = tuple(texts)
        found += [TrueSentence(text, report.year, report.name, others) for text in texts]
    return chosen.sample(found, min(limit, len(found)))


def statement(kind: str, text: str, *given: TrueSentence) -> Statement:
    """Return `text` as resting on all of `given`."""
    evidence = tuple(
        EvidenceItem(number, each.text, each.year) for number, each in enumerate(given, start=1)
    )
    return Statement(kind, text, tuple(item.number for item in evidence), evidence)


# True ways to write a sentence again


def rewritten(true: TrueSentence, chosen: random.Random) -> Iterator[Statement]:
    """Yield what says the same as the sentence, or a part of it that stands by itself."""
    yield statement("as it stands", true.text, true)
    yield statement("joining word", f"此外，{true.text}", true)
    if true.year is not None:
        yield statement("year said", f"{true.year}年，{true.text}", true)
    said = [each for each in quantities(true.text) if _spelled(each)]
    if said:
        each = chosen.choice(said)
        words = true.text[: each.start] + _spelled(each) + true.text[each.start + len(each.words) :]
        yield statement("figure in another form", words, true)
    clauses = _CLAUSE.findall(true.text)
    if len(clauses) > 1 and not _NEGATED.search(clauses[-1]) and not _TAKEN_BACK.match(clauses[-1]):
        yield statement("last clause left out", "".join(clauses[:-1]).rstrip("，,：:") + "。", true)
    if (adverb := _ADVERB.search(true.text)) is not None:
        words = true.text[: adverb.start()] + true.text[adverb.end() :]
        yield statement("adverb left out", words, true)
    other = chosen.choice(true.others)
    second = TrueSentence(other, true.year, true.report, true.others)
    if comparable(other) != comparable(true.text):
        joined = f"{true.text.rstrip('。；;！')}；{other}"
        yield statement("two sentences one after another", joined, true, second)


def _spelled(said: QuantityMention) -> str:
    """Return a whole number of something in Chinese numerals; "" where it is none."""
    match = re.fullmatch(r"(\d{1,6})([^\d\s.%]+)", said.words)
    if match is None or said.quantity.percent or said.quantity.unit in "月日年号级届期":
        return ""
    words = chinese(int(match[1]))
    return ("两" if words == "二" else words) + match[2]


# Ways to make it false


def falsified(
    true: TrueSentence, all_true: Sequence[TrueSentence], chosen: random.Random
) -> Iterator[Statement]:
    """Yield what is false, each kind at most once a sentence."""
    for kind, change in _ALONE.items():
        words = change(true, chosen)
        if words is not None and comparable(words) != comparable(true.text):
            yield statement(kind, words, true)
    yield from _with_another(true, all_true, chosen)


def _figure(true: TrueSentence, chosen: random.Random) -> str | None:
    said = [each for each in quantities(fold(true.text)) if re.match(r"\d", each.words)]
    if not said:
        return None
    each = chosen.choice(said)
    digits = re.match(r"[\d.]+", each.words)
    assert digits is not None
    changed = _another_number(digits[0], chosen)
    end = each.start + len(digits[0])
    return true.text[: each.start] + changed + true.text[end:]


def _another_number(digits: str, chosen: random.Random) -> str:
    whole, dot, rest = digits.partition(".")
    if chosen.random() < 0.3:
        return f"{digits}0" if not dot else f"{whole}{rest}"
    value = int(whole or 0) + chosen.choice([-1, 1, 2, 10])
    return f"{max(value, 0) if value != int(whole or 0) else value + 1}{dot}{rest}"


def _unit(true: TrueSentence, _: random.Random) -> str | None:
    for unit, other in (
        ("万元", "元"),
        ("名", "个班"),
        ("人次", "人"),
        ("小时", "天"),
        ("次", "年"),
    ):
        match = re.search(rf"(?<=\d){unit}", true.text)
        if match:
            return true.text[: match.start()] + other + true.text[match.end() :]
    return None


def _date(true: TrueSentence, chosen: random.Random) -> str | None:
    found = list(_DATE.finditer(true.text))
    if not found:
        return None
    match = chosen.choice(found)
    value = int(match[1]) % (12 if match[2] == "月" else 28) + 1
    return true.text[: match.start()] + f"{value}{match[2]}" + true.text[match.end() :]


def _year(true: TrueSentence, chosen: random.Random) -> str | None:
    if true.year is None:
        return None
    other = true.year + chosen.choice([-2, -1, 1])
    match = _YEAR.search(true.text)
    if match is None:
        return f"{other}年，{true.text}"
    return true.text[: match.start(1)] + f"{int(match[1]) - 1}" + true.text[match.end(1) :]


def _swapped(places: Sequence[tuple[int, int]], text: str, chosen: random.Random) -> str | None:
    """Return `text` with two of its places exchanged."""
    if len(places) < 2:
        return None
    (a, b), (c, d) = sorted(chosen.sample(list(places), 2))
    return text[:a] + text[c:d] + text[b:c] + text[a:b] + text[d:]


def _figures_swapped(true: TrueSentence, chosen: random.Random) -> str | None:
    found = [m.span() for m in re.finditer(r"(?<![\d.])\d+(?:\.\d+)?(?![\d.])", true.text)]
    values = {true.text[a:b] for a, b in found}
    return _swapped(found, true.text, chosen) if len(values) > 1 else None


def _tagged(text: str, tags: str) -> list[tuple[int, int]]:
    found, at = [], 0
    for word, tag in rjieba.tag(text):
        if tag in tags.split() and len(word) > 1:
            found.append((at, at + len(word)))
        at += len(word)
    return found


def _person(true: TrueSentence, chosen: random.Random) -> str | None:
    found = _tagged(true.text, "nr")
    sources = chosen.sample(true.others, min(12, len(true.others)))
    names = [t[a:b] for t in sources for a, b in _tagged(t, "nr")]
    if not found or not names:
        return None
    a, b = chosen.choice(found)
    return true.text[:a] + chosen.choice(names) + true.text[b:]


def _persons_swapped(true: TrueSentence, chosen: random.Random) -> str | None:
    return _swapped(_tagged(true.text, "nr"), true.text, chosen)


def _organisation(true: TrueSentence, chosen: random.Random) -> str | None:
    found = [m.span() for m in _ORGANISATION.finditer(true.text)]
    sources = chosen.sample(true.others, min(20, len(true.others)))
    others = [m[0] for t in sources for m in _ORGANISATION.finditer(t)]
    if not found or not others:
        return None
    a, b = chosen.choice(found)
    return true.text[:a] + chosen.choice(others) + true.text[b:]


def _quoted(true: TrueSentence, chosen: random.Random) -> str | None:
    found = list(_QUOTED.finditer(true.text))
    if not found:
        return None
    match = chosen.choice(found)
    words = match[1][::-1] if len(match[1]) > 2 else match[1] + "行动"
    return true.text[: match.start(1)] + words + true.text[match.end(1) :]


def _negated(true: TrueSentence, chosen: random.Random) -> str | None:
    verbs = _tagged(true.text, "v")
    if not verbs:
        return None
    a, _ = chosen.choice(verbs)
    return true.text[:a] + chosen.choice(["未", "没有", "不", "并未"]) + true.text[a:]


def _removed(pattern: re.Pattern[str]) -> Callable[[TrueSentence, random.Random], str | None]:
    def remove(true: TrueSentence, chosen: random.Random) -> str | None:
        found = list(pattern.finditer(true.text))
        if not found:
            return None
        match = chosen.choice(found)
        return true.text[: match.start()] + true.text[match.end() :]

    return remove


def _turned(true: TrueSentence, chosen: random.Random) -> str | None:
    found = [word for word in _TURNED if word in true.text]
    if not found:
        return None
    word = chosen.choice(found)
    return true.text.replace(word, _TURNED[word], 1)


def _word(true: TrueSentence, chosen: random.Random) -> str | None:
    found = _tagged(true.text, "n a vn ad")
    sources = chosen.sample(true.others, min(6, len(true.others)))
    others = [t[a:b] for t in sources for a, b in _tagged(t, "n a vn ad")]
    if not found or not others:
        return None
    a, b = chosen.choice(found)
    return true.text[:a] + chosen.choice(others) + true.text[b:]


_ALONE: dict[str, Callable[[TrueSentence, random.Random], str | None]] = {
    "figure changed": _figure,
    "unit changed": _unit,
    "date changed": _date,
    "year changed": _year,
    "figures exchanged": _figures_swapped,
    "person changed": _person,
    "persons exchanged": _persons_swapped,
    "organisation changed": _organisation,
    "quoted phrase changed": _quoted,
    "negation added": _negated,
    "negation removed": _removed(_NEGATED),
    "comparison turned": _turned,
    "plan made a deed": _removed(_PLANNED),
    "bound removed": _removed(_BOUND),
    "word replaced": _word,
}


def _with_another(
    true: TrueSentence, all_true: Sequence[TrueSentence], chosen: random.Random
) -> Iterator[Statement]:
    """Yield what joins the sentence with another of its report, or of another year."""
    same = TrueSentence(chosen.choice(true.others), true.year, true.report, true.others)
    if comparable(same.text) not in comparable(true.text) and len(_CLAUSE.findall(same.text)) > 1:
        yield statement("other evidence named", true.text, same)
        yield statement("two sentences joined", _joined(true.text, same.text), true, same)
        clause = _CLAUSE.findall(same.text)[-1]
        added = f"{true.text.rstrip('。；;！')}，{clause}"
        yield statement("clause added", added, true)
    elsewhere = chosen.choice(all_true)
    if elsewhere.year not in {None, true.year} and true.year is not None:
        if len(_CLAUSE.findall(elsewhere.text)) > 1:
            joined = _joined(true.text, elsewhere.text)
            yield statement("two years joined", joined, true, elsewhere)
            year = f"{true.year}年，{joined}"
            yield statement("two years joined under one", year, true, elsewhere)
        crossed = (
            f"{elsewhere.year}年，{true.text.rstrip('。；;！')}；{true.year}年，{elsewhere.text}"
        )
        yield statement("two years exchanged", crossed, true, elsewhere)


def _joined(first: str, second: str) -> str:
    """Return the first clause of one sentence with the last of another."""
    return _CLAUSE.findall(first)[0].rstrip("，,；;。") + "，" + _CLAUSE.findall(second)[-1]
