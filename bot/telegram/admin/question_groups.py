"""Questions without an answer: small talk left out, those that are alike as one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.telegram.storage.question_log import Feedback
from index.lexical.folding import fold
from index.lexical.overlap import bigrams, dice
from index.understanding.about_bot import about_bot
from index.understanding.words.courtesies import courteous

_ALIKE = 0.67
_FIGURES = re.compile(r"[0-9〇零一二两三四五六七八九十百千]+")
_SMALL_TALK = re.compile(
    r"(?:[哈呵嘿嘻啊哦噢嗯呃唉哎额好行对是的了吧呀呢吗哇\W]|收到|明白|知道|再见|拜拜|晚安|测试|试试|试一下"
    r"|不客气|没事|可以|厉害|真棒|牛|赞|ok|okay|test|hi|hello|bye|lol)+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class QuestionGroup:
    """Questions that are alike; `text` is the newest of them, `answered` as in a complaint.

    `texts` are all of them as they were written.
    """

    text: str
    answered: bool
    count: int
    texts: tuple[str, ...] = ()


def is_small_talk(text: str) -> bool:
    """Whether nothing is asked of the reports: a greeting, thanks, a question about the bot."""
    asked = courteous(text)
    return not asked or _SMALL_TALK.fullmatch(asked) is not None or about_bot(text) is not None


def grouped(complaints: Iterable[Feedback]) -> list[QuestionGroup]:
    """Return the complaints, those that are alike as one, the most frequent first.

    Questions are alike when they name the same figures and the Dice coefficient of their characters
    and pairs of characters is 0.67 at least, folded and without courtesies.
    """
    found: list[tuple[Feedback, frozenset[str], list[str], list[str]]] = []
    for complaint in complaints:
        if is_small_talk(complaint.text):
            continue
        asked = fold(courteous(complaint.text))
        grams, figures = bigrams(asked), _FIGURES.findall(asked)
        for first, known, same, texts in found:
            if first.answered != complaint.answered or figures != same:
                continue
            if dice(grams, known) >= _ALIKE:
                texts.append(complaint.text)
                break
        else:
            found.append((complaint, grams, figures, [complaint.text]))
    groups = [
        QuestionGroup(first.text, first.answered, len(texts), tuple(dict.fromkeys(texts)))
        for first, _, _, texts in found
    ]
    return sorted(groups, key=lambda group: -group.count)
