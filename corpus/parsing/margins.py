"""What stands around the text of a report: publication lines, signatures, attachments, links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.report import Reason
from corpus.text.lines import Line

_OPENING = 8
_ENDING = 12
"""How many lines at the start and at the end of a file may be its margins."""

_LONGEST = 90
_LONGEST_NAME = 36
_DAY = (
    r"(?:(?:19|20)\d{2}|[一二][九〇○零OＯ][〇○零OＯ一二三四五六七八九]{2})\s*[年./-]\s*"
    r"[\d一二三四五六七八九十]{1,3}\s*[月./-](?:\s*[\d一二三四五六七八九十]{1,3}\s*日?)?"
)
_DATE = re.compile(rf"[（(]?{_DAY}[）)]?")
_BODY = (
    "学校|小学|中学|大学|学院|幼儿园|托育园|學校|小學|中學|大學|學院|幼兒園|职校|技校|高中|初中|党校"
    "|支部|总支|党委|团委|工会|委员会|大队部|组|局|处|室|科|部|办|中心|协会|基金会|学会|站|馆|院|所|宫|园|校|集团|政府"
)
_NAME = rf"[\u4e00-\u9fff（）()·\d\s]{{1,{_LONGEST_NAME}}}(?:{_BODY})(?:[（(][^）)]{{1,10}}[）)])?"
_SEAL = r"[（(](?:公章|盖章|签章|印章|签名|签字)[）)]"
_SIGNATURE = re.compile(
    rf"(?:{_NAME})?\s*(?:{_SEAL})?\s*(?:{_DATE.pattern})?|联系(?:人|电话|方式)[：:].{{1,60}}"
)
_PERSON = re.compile(
    r"[（(]?(?:\S{0,14}?(?:校长|园长|书记|主任|处长|主席|组长|会长))?\s?"
    r"(?:述职人|报告人|总结人|汇报人|填表人|执笔人?|记录人?|拟稿人?|撰稿人?|负责人|填报人|审核人?|签发人?|联系人)?[：:\s]*"
    r"[\u4e00-\u9fff]{2,4}(?:\s?执笔)?[）)]?"
)
_LABELS = (
    "发布时间|发布日期|发布人|发布单位|发布者|发稿时间|更新时间|文章来源|信息来源|稿件来源|来源|作者|编辑|责任编辑|责编"
    "|供稿|录入|字号|字体|浏览次数|浏览量|浏览|阅读次数|阅读量|阅读|点击次数|点击率|点击数|点击|访问量|人气|日期|时间"
)
_PUBLICATION = re.compile(
    rf"(?:\S{{1,30}}\s+)?[【\[（(]?(?:{_LABELS})\s*(?:[：:]|\s\d).*|.*(?:浏览|阅读|点击)(?:次数|量|数)?[：:\s]*\d+\S?"
)
_COUNTED = re.compile(
    r"(?:浏览|阅读|点击|访问|人气)\S{0,3}?[：:\s]*\d|(?:发布|来源|作者|编辑|供稿|录入)\S{0,3}[：:]"
)
_SOURCE = re.compile(rf"(?:(?:{_LABELS})[：:]\S{{1,24}}\s*)+")
_ATTACHMENT = re.compile(
    r"附件\s*\d?[：:\s].*|附件\d?|(?:抄送|抄报|主送|报送|分送)[：:].*|[（(]此件.{1,16}[）)]|.*日印发.{0,20}|[（(]共印\d+份[）)]"
)
_ATTACHMENT_LIST = re.compile(r"附件(?:[：:]|\s*1?\s*[：:.．、])\s*\S{0,60}$|附件[：:]?$")
_LISTED = re.compile(r"(?:附件)?\s*\d{1,2}\s*[.．、：:]?\s*[^\d\s].{1,50}$")
_LINK = re.compile(
    r"(?:上一[篇条页]|下一[篇条页]|相关(?:文章|新闻|链接|阅读|附件)|更多|返回|打印|关闭|分享到|扫一扫).*"
)
_DATED = re.compile(r".{4,60}?[（(\[\s](?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2}[）)\]]?.{0,40}")


def margins(lines: Sequence[Line]) -> dict[int, Reason]:
    """Return the lines around the text by their number, each with what it is.

    They are looked for in the first and last lines only, and never among them behind text.
    """
    found = {line.number: Reason.PUBLICATION for line in _head(lines)}
    found.update(_tail(lines))
    found.update(_before_attachments(lines))
    return found


def is_publication(text: str) -> bool:
    """Whether a line tells only who published a page, when, and how often it was read."""
    if len(text) > _LONGEST or text.endswith(("。", "；", "！")):
        return False
    fits = _SOURCE.fullmatch(text) or _PUBLICATION.fullmatch(text)
    return fits is not None and _COUNTED.search(text) is not None


def _head(lines: Sequence[Line]) -> Iterator[Line]:
    written = [line for line in lines if line.text]
    yield from (line for line in written[:_OPENING] if is_publication(line.text))


def _tail(lines: Sequence[Line]) -> Iterator[tuple[int, Reason]]:
    """Yield what stands under the text, from the last line up to the text."""
    written = [line for line in lines if line.text]
    ending = written[max(_OPENING // 4, len(written) - _ENDING) :]
    listed = _listed_attachments(ending)
    for line in reversed(ending):
        reason = Reason.ATTACHMENT if line.number in listed else _reason(line.text)
        if reason is not None:
            yield line.number, reason
        elif not _PERSON.fullmatch(line.text):
            return


def _before_attachments(lines: Sequence[Line]) -> Iterator[tuple[int, Reason]]:
    """Yield the signature and the date that stand between the text and its attachments."""
    written = [line for line in lines if line.text]
    for body, date, below in zip(written, written[1:], written[2:], strict=False):
        if not below.text.startswith("附件") or len(below.text) > _LONGEST:
            continue
        pair = (body.text, date.text)
        dated = any(_DATE.fullmatch(text) for text in pair)
        if dated and all(map(_SIGNATURE.fullmatch, pair)):
            yield from ((line.number, Reason.SIGNATURE) for line in (body, date))


def _listed_attachments(ending: Sequence[Line]) -> set[int]:
    """Return the numbers of the lines that go on with a list of attachments (附件：1.… 2.…)."""
    listed: set[int] = set()
    going_on = False
    for line in ending:
        if _ATTACHMENT_LIST.match(line.text):
            going_on = True
        elif going_on and _LISTED.match(line.text) and not line.text.endswith("。"):
            listed.add(line.number)
        else:
            going_on = False
    return listed


def _reason(text: str) -> Reason | None:
    if len(text) > _LONGEST or text.endswith(("。", "；", "！", "？")):
        return Reason.ATTACHMENT if text.startswith(("抄送", "抄报", "主送")) else None
    if _SIGNATURE.fullmatch(text):
        return Reason.SIGNATURE
    if _ATTACHMENT.fullmatch(text):
        return Reason.ATTACHMENT
    if is_publication(text):
        return Reason.PUBLICATION
    return Reason.MENU if _LINK.fullmatch(text) or _DATED.fullmatch(text) else None
