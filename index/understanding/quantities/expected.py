"""What kind of thing answers a question, and whether words have a thing of that kind.

Knowing the type of answer is the oldest aid of question answering (Li and Roth, "Learning
question classifiers", COLING 2002). Only types that can be told by their form are told here: a
sum of money, people counted, a date, a way to get in touch, a number of whatever else.
"""

from __future__ import annotations

import re
from enum import StrEnum

from corpus.text.numerals import CHINESE_NUMBER
from index.understanding.quantities.parse_quantities import Quantity


class ExpectedType(StrEnum):
    """The type of the answer, where its form shows it."""

    MONEY = "money"
    PEOPLE = "people"
    DATE = "date"
    CONTACT = "contact"
    NUMBER = "number"


_N = rf"(?:\d|{CHINESE_NUMBER}|几|数)"
_PERSONS = (
    r"(?:人|学生|新生|教师|老师|教职工|党员|团员|职工|同学|家长|代表|干部|孩子|员工|队员|会员|观众"
    r"|志愿者|专家)"
)
_HOW_MANY = r"(?:多少|几)"
_ASKED = {
    ExpectedType.MONEY: re.compile(
        rf"{_HOW_MANY}[百千万亿]*(?:钱|元|块钱|美元|资金|经费|投资|预算|费用)"
        rf"|(?:收费|费用|[经学]费|预算|资金|投资|奖金|工资|价格|学费|补贴|补助|票价|成本|标准收费)"
        rf"(?:标准)?(?:是|有|为|一共|总共|共|约|大概)*{_HOW_MANY}(?![人名位年月天个])"
        rf"|花(?:了|费|掉)*(?:有)?{_HOW_MANY}(?!时|小|天|年|个|分|人|精)"
    ),
    ExpectedType.PEOPLE: re.compile(
        rf"(?<!第){_HOW_MANY}(?:名|位)|{_HOW_MANY}个?{_PERSONS}|人数(?:是|有|为|达|达到|到)*{_HOW_MANY}"
    ),
    ExpectedType.DATE: re.compile(
        r"几月|几号(?!楼|文|线)|几点(?:钟|[开放上下结]|$|[?？])|哪一?[天日](?!报)|哪一?年|什么时[候间]|何时|啥时候"
    ),
    ExpectedType.CONTACT: re.compile(
        r"(?:联系|咨询|值班|办公|报名)?电话(?:号码)?(?:是|多少|几|号|$|[?？])|手机号|联系方式|邮箱|网址|微信号"
    ),
    ExpectedType.NUMBER: re.compile(
        r"多少|几(?!乎|个字)|多(?:大|高|长|久|远)|\bhow (?:many|much)\b"
    ),
}
_UNITS = {ExpectedType.MONEY: frozenset("元块"), ExpectedType.PEOPLE: frozenset("名位人户")}
_SHARE = re.compile(rf"率|比例|占比|百分之?{_HOW_MANY}|百分点")
_FORMS = {
    ExpectedType.MONEY: re.compile(
        rf"元(?!旦|件|素|老|首|宵|月)|块钱|{_N}[多余]?[万亿]|免费|[免不未]收|无偿|%|百分之"
    ),
    ExpectedType.PEOPLE: re.compile(
        rf"{_N}[多余来百千万亿]*\s?个?(?:{_PERSONS}|名|位|户)|{_PERSONS}(?:数|总数)?[^\d。;]{{0,4}}{_N}"
        r"|全[体员校]|没有|无人|%|百分之"
    ),
    ExpectedType.DATE: re.compile(
        rf"\d|{CHINESE_NUMBER}[年月日号点]|年[初底末中]|[今去明前当每]年|年度|学期|季度|假|期间|以来|至今|[前之以后]"
        r"|时|周|星期|[春夏秋冬]|节"
    ),
    ExpectedType.CONTACT: re.compile(r"\d{5,}|\d{3,4}-\d|@|www|https?:|公众号|微信|QQ"),
    ExpectedType.NUMBER: re.compile(rf"\d|{CHINESE_NUMBER}|半|全[部体]|无|没有"),
}


def asks_for_another(text: str, quantity: Quantity) -> bool:
    """Whether folded `text` asks for an amount of what `quantity` is an amount of, too.

    Of 120名教师中有多少人是党员 the answer is another number of people.
    """
    if quantity.percent:
        return _SHARE.search(text) is not None
    for kind, units in _UNITS.items():
        if quantity.unit in units and _ASKED[kind].search(text):
            return True
    unit = re.escape(quantity.unit)
    return bool(unit) and re.search(rf"{_HOW_MANY}{unit}", text) is not None


def wanted(text: str) -> ExpectedType | None:
    """Return what type of thing answers folded `text`; None where its form does not show it."""
    return next((kind for kind, asks in _ASKED.items() if asks.search(text)), None)


def fits(kind: ExpectedType | None, text: str) -> bool:
    """Whether folded `text` has a thing of the type, or says that there is none; None fits all."""
    return kind is None or _FORMS[kind].search(text) is not None
