"""Questions about a topic, made from the reports themselves.

Staff ask "师德师风方面做了什么" as often as they ask for a number; encyclopedia questions are
nearly all about names and numbers, and a reader trained on them alone takes the other kind
for unanswerable. So topics are taken from headings and from phrases that stand in few passages
of a report, put into the turns of phrase that staff use, and answered by the clauses where
the topic stands.
"""

import math
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import rjieba

from corpus.formats import Source
from corpus.parsing.parse import understand
from corpus.passages import passages
from corpus.report import Passage
from index.lexical.folding import fold
from training.reader.data.reader_sources import Material, TrainingQuestion

TURNS: Final = (
    "{}方面做了什么",
    "{}是怎么开展的？",
    "{}工作怎么样",
    "报告怎么讲{}？",
    "关于{}是怎么说的",
    "关于{}报告里说了什么？",
    "{}有什么措施",
    "怎样抓{}",
    "对{}有什么要求？",
    "{}的情况",
    "{}有哪些进展？",
    "说说{}",
    "{}搞得怎么样了",
    "对{}是怎么安排的",
    "{}是怎么做的？",
    "{}怎么办",
    "有没有抓{}",
    "{}抓了没有？",
    "报告里提到{}了吗",
    "是否重视{}？",
)
PLANS: Final = ("下一步{}有什么打算", "{}今后怎么做？", "对{}有什么打算", "明年{}怎么抓")
_PLAN: Final = re.compile(r"下一步|今后|打算|计划|展望|安排|部署|明年|努力方向")
_NUMBER: Final = re.compile(
    r"^(?:[第]?[一二三四五六七八九十百]+[、章节条.．]|[(（][一二三四五六七八九十\d]+[)）]|\d+[.．、)])\s*"
)
_DOING: Final = re.compile(
    r"^(?:进一步|大力|切实|着力|全面|继续|认真|积极)?(?:加强|强化|推进|做好|抓好|深化|提升|落实|狠抓|完善|规范|优化|提高|促进|发展)"
)
_HAN: Final = re.compile(r"[\u4e00-\u9fff]+")
_CLAUSE: Final = re.compile(r"[^，,；;。！？!?\n]+[，,；;。！？!?\n]?")
_DONE: Final = re.compile(
    r"(?:加强|强化|推进|做好|抓好|深化|开展|实施|发展|完善|改善|落实|整治|推行|健全)"
    r"(?P<what>[\u4e00-\u9fff]{2,9}?)(?:工作)?(?=[，,。；;、])"
)
_DULL: Final = re.compile(
    r"^(?:的|以下|各种|这|我国|我们|中国家|一个|本作品)|(?:工作|国家)$|本作品"
)
_NOUNS: Final = ("n", "vn", "j")
_SHORTEST, _LONGEST = 10, 42
_SPOKEN_SHARE = 0.5


def topic_material(paths: Sequence[Path], group: str, *, seed: int, each: float) -> Material:
    """Make questions about the topics of the reports in `paths`.

    Args:
        paths: Text reports.
        group: What the questions are called in the examples.
        seed: Decides which topics and turns of phrase are used.
        each: Share of passages that get a question, 0 to 1.
    """
    rng = random.Random(seed)
    every: list[Passage] = []
    questions: list[TrainingQuestion] = []
    for path in paths:
        own = passages(understand(Source(path.read_bytes(), path)))
        first = len(every)
        every.extend(own)
        for row, (passage, about) in enumerate(zip(own, topics(own), strict=True)):
            if rng.random() < each and about:
                questions += _about(passage, rng.choice(about), first + row, group, rng)
    return Material(tuple(every), tuple(questions))


def topics(own: Sequence[Passage]) -> list[list[str]]:
    """Return for every passage of a report, folded, what it is about and the others are not."""
    texts = [fold(passage.text) for passage in own]
    found = []
    for passage, text, phrases in zip(own, texts, _phrases(texts), strict=True):
        heading = _topic(fold(passage.path[-1])) if passage.path and passage.part == 1 else None
        about = [heading] if heading and heading in text else []
        found.append(about + [phrase for phrase in phrases if not _DULL.search(phrase)])
    return found


def _about(
    passage: Passage, topic: str, row: int, group: str, rng: random.Random
) -> Iterator[TrainingQuestion]:
    text = fold(passage.text)
    place = _clauses(text, topic)
    if place is None:
        return
    planned = any(_PLAN.search(each) for each in passage.path)
    turn = rng.choice(PLANS if planned and rng.random() < 0.6 else TURNS)
    question = turn.format(topic)
    if passage.year is not None and rng.random() < _SPOKEN_SHARE:
        question = f"{passage.year}年{question}"
    name = f"{group}-{passage.id}"
    yield TrainingQuestion(name, question, (topic,), passage.report, (row, *place), group)


def _topic(heading: str) -> str | None:
    words = _DOING.sub("", _NUMBER.sub("", heading)).strip("，,。：: ")
    return words if 2 <= len(words) <= 10 and _HAN.fullmatch(words) else None


def _phrases(texts: Sequence[str]) -> list[list[str]]:
    """Return for each text the phrases that tell it from the others, best first."""
    counts = [Counter(_nouns(text)) for text in texts]
    spread = Counter(phrase for count in counts for phrase in count)
    ranked = []
    for text, count in zip(texts, counts, strict=True):
        rated = [
            (n * math.log(len(texts) / spread[phrase]) * (1 + 0.15 * len(phrase)), phrase)
            for phrase, n in count.items()
            if n > 1 and spread[phrase] <= 3
        ]
        done = [m["what"] for m in _DONE.finditer(text) if text.count(m["what"]) <= 2]
        ranked.append([*done[:2], *(phrase for _, phrase in sorted(rated, reverse=True)[:2])])
    return ranked


def _nouns(text: str) -> Iterator[str]:
    """Yield nouns, and pairs of nouns, of 2 to 8 characters."""
    for match in _HAN.finditer(text):
        words = rjieba.tag(match[0])
        for i, (word, kind) in enumerate(words):
            if not kind.startswith(_NOUNS) or not 2 <= len(word) <= 8:
                continue
            yield word
            following, its_kind = words[i + 1] if i + 1 < len(words) else ("", "")
            if its_kind.startswith(_NOUNS) and len(following) > 1 and len(word + following) <= 8:
                yield word + following


def _clauses(text: str, topic: str) -> tuple[int, int] | None:
    """Return [start, end) of the clause with the topic, and those after it while it is short."""
    at = text.find(topic)
    start = end = -1
    for match in _CLAUSE.finditer(text):
        if start < 0 and match.start() <= at < match.end():
            start, end = match.start(), match.end()
        elif start >= 0:
            complete = end - start >= _SHORTEST or text[end - 1] in "。！？!?\n"
            if complete or match.end() - start > _LONGEST:
                break
            end = match.end()
    if start < 0:
        return None
    while end > start and text[end - 1] in "，,；;。！？!?\n ":
        end -= 1
    end = min(end, start + _LONGEST)
    return (start, end) if end - start >= 4 else None
