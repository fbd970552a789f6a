"""Small reports of invented schools: quick to read and to index."""

from __future__ import annotations


def report(year: int, lessons: int = 3, school: str = "青禾中学") -> bytes:
    """A report of one school year; `lessons` is what can be asked about it."""
    return f"""{school}{year}年度工作总结

一、教学工作
（一）课堂改革
{year}年全校共开展公开课{lessons}节，教师人人参与听课评课，课堂面貌有了明显改变。
（二）教师培训
本年度选派骨干教师外出培训二十一人次，青年教师拜师结对十二对，师资队伍不断壮大。

二、后勤保障
食堂全年更新蒸柜两台，校园围墙翻新三百米，师生的工作学习环境进一步改善。
""".encode()


def long_report(year: int, paragraphs: int, school: str = "长河中学") -> bytes:
    """A report of so many paragraphs, no two alike: it takes a while to index."""
    body = "\n".join(
        f"第{n}项工作在{n % 12 + 1}月完成，参加教师{n + 7}人，受益学生{3 * n + 11}名，"
        f"经费{n * 13 + 5}元，由第{n % 9 + 1}教研组负责并形成书面材料存档备查。"
        for n in range(1, paragraphs + 1)
    )
    return f"{school}{year}年度工作总结\n\n一、各项工作\n{body}\n".encode()
