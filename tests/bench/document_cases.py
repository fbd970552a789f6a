"""Documents that were once read wrongly, one a kind: right or wrong today.

    python -m tests.bench.document_cases FOLDER

FOLDER holds the small files of the cases. A file is right where all words stand in its title,
headings and paragraphs, and none of the others; or where it is refused with the right reason.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import Trouble, UnreadableReport
from corpus.report import Report
from corpus.sandbox.pool import ParserPool

TITLE = "青禾县第三小学2024年度工作总结"


@dataclass(frozen=True, slots=True)
class Case:
    """What must stand in a file as it is read, and what must not; or why it is refused."""

    words: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    trouble: Trouble | None = None


_TWO = ("# 一、教学工作", "# 二、安全工作")
CASES = {
    "aspnet-form.html": Case((TITLE, *_TWO)),
    "chrome-saved.mhtml": Case((TITLE, *_TWO), ("=E5",)),
    "declared-latin1.html": Case((TITLE, "# 一、教学工作")),
    "page-reference.docx": Case(("开展校本研修活动36次", "98%，具体名单见第5页附件。", *_TWO)),
    "hidden-style-switched-off.docx": Case((TITLE, "36次", "1260册")),
    "placeholder-flag-left.docx": Case(("27人，其中省级3人。",)),
    "altchunk.docx": Case(_TWO),
    "pictures-only.docx": Case(trouble=Trouble.ONLY_PICTURES),
    "ticks-second-box.docx": Case(("☐优秀 ☑合格 ☐不合格", "☐是 ☑否")),
    "fraction.docx": Case(("合格率为588/620",)),
    "soft-returns.docx": Case(("语文组开展了以大单元", "到校指导12次")),
    "numbering-lower-level-first.docx": Case(("二、教学工作",), ("一、教学工作",)),
    "marks-of-one-letter.docx": Case(
        ("# 一、教学工作", "# ㈠抓实常规管理", "# ⒈语文组", "# ⑴低年级")
    ),
    "marks-roman.txt": Case(("# Ⅰ、教学工作", "# Ⅱ、安全工作")),
    "table-auto-numbers.docx": Case(("序号：1；活动：读书节；参加人数：620",)),
    "contents-typed-tabs.docx": Case(_TWO, ("二、安全工作 3",)),
    "table-form-appraisal.docx": Case(
        ("姓名：林小禾；出生年月：1985年6月", "\n考核等次：优秀\n"), ("姓名：考核等次",)
    ),
    "table-two-heads.docx": Case(("年级：三年级；语文·期中：86.5；", "数学·期末：91.4")),
    "table.md": Case(("活动：读书节；次数：2", "☑已通过省级验收"), ("|", "<!--", "```", "代码")),
    "password.doc": Case(trouble=Trouble.ENCRYPTED),
    "summary.docm": Case((TITLE,)),
}


def is_right(case: Case, result: Report | UnreadableReport) -> bool:
    """Whether a file was read, or refused, as the case says."""
    if isinstance(result, UnreadableReport):
        return result.trouble is case.trouble
    headings = "\n".join(f"# {section.heading}" for section in result.walk())
    text = f"{result.title}\n{headings}\n{result.text}\n"
    read = all(words in text for words in case.words)
    return case.trouble is None and read and not any(words in text for words in case.others)


def main() -> None:
    """Print a line a case; the status says whether all are right."""
    folder = Path(sys.argv[1])
    paths = [folder / name for name in CASES if (folder / name).exists()]
    wrong = 0
    for path, result in zip(paths, ParserPool().read_all(paths), strict=True):
        right = is_right(CASES[path.name], result)
        wrong += not right
        print(f"{path.name:<36}{'right' if right else 'wrong'}")
    print(f"{len(paths) - wrong} of {len(paths)} right")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
