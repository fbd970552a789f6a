"""What the reader is trained on, and what is held out.

Of the articles of DRCD dev one in four, of the staff questions those about two reports and a
quarter of those about none: they are never trained on.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from index.evaluation.metrics import Case
from index.lexical.folding import comparable, fold
from training.reader.data.detail_questions import detail_material
from training.reader.data.reader_sources import (
    Article,
    Material,
    TrainingQuestion,
    read_squad,
    squad_material,
    staff_material,
)
from training.reader.data.topic_questions import topic_material

STAFF: Final = Path(__file__).parents[2] / "data" / "staff" / "first"
HELD_OUT_SHARE: Final = 4
HELD_OUT_REPORTS: Final = ("枫杨路小学2022—2023学年度工作总结", "2004年政府工作报告")
NO_TOPICS: Final = (
    *HELD_OUT_REPORTS,
    *("青禾中学2022", "泊洲", "1995", "2006"),  # those of training/data/staff/first/test.jsonl
    *(str(year) for year in range(1954, 1976)),  # speak another language
)
TOPIC_SHARE: Final = 0.45
DETAIL_SHARE: Final = 0.2
SEED: Final = 20
_SHINGLE: Final = 24


def held_out(title: str) -> bool:
    """Whether an article is never trained on, in whichever file it stands: one of four."""
    digest = hashlib.sha256(fold(title).encode()).digest()
    return digest[0] % HELD_OUT_SHARE == 0


def _used(title: str) -> bool:
    """Whether an article of the larger sets is used: two of five, more than are read in a run."""
    return hashlib.sha256(f"use {fold(title)}".encode()).digest()[0] % 5 < 2


def articles(benchmark: Path) -> tuple[list[Article], list[Article]]:
    """Return the articles to train on and those held out (of DRCD dev, one in four).

    Articles of the other files that bear the title of a held-out one, or share a run of 24
    characters with one, are dropped.
    """
    folder = benchmark / "reader"
    dev = read_squad(folder / "drcd_dev.json")
    kept_out = [article for article in dev if held_out(article.title)]
    others = [article for article in dev if not held_out(article.title)]
    for name in ("drcd_test.json", "cmrc2018_trial.json"):
        others += read_squad(folder / name)
    for name in ("cmrc2018_train.json", "squad2_zh.json"):
        others += [article for article in read_squad(folder / name) if _used(article.title)]
    titles = {fold(article.title) for article in kept_out}
    seen = {s for article in kept_out for s in _shingles(article)}
    train = [
        article
        for article in others
        if fold(article.title) not in titles and not any(s in seen for s in _shingles(article))
    ]
    return train, kept_out


@dataclass(frozen=True, slots=True)
class Materials:
    """What is trained on, or held out.

    `encyclopedia` articles are not alike, `office` reports are; for the questions of `details`
    no other passages are looked for.
    """

    encyclopedia: Material
    office: tuple[Material, ...]
    details: tuple[Material, ...]


def materials(benchmark: Path) -> tuple[Materials, Materials]:
    """Return what to train on and what is held out."""
    train, kept_out = articles(benchmark)
    folders = [STAFF / "reports", benchmark / "government" / "reports"]
    staff = staff_material(STAFF / "train.jsonl", folders, "staff")
    details = staff_material(STAFF / "details.jsonl", folders, "detail")
    reports = topic_reports(folders)
    return (
        Materials(
            squad_material(train, "squad"),
            (
                _only(staff, lambda asked: not _about_held_out(asked, staff)),
                topic_material(reports, "topic", seed=SEED, each=TOPIC_SHARE),
            ),
            (
                _only(details, lambda asked: not _kept_out(asked, details)),
                detail_material(reports, "made", seed=SEED, each=DETAIL_SHARE),
            ),
        ),
        Materials(
            squad_material(kept_out, "squad"),
            (_only(staff, lambda asked: _about_held_out(asked, staff)),),
            (_only(details, lambda asked: _kept_out(asked, details)),),
        ),
    )


def _only(material: Material, wanted: Callable[[TrainingQuestion], bool]) -> Material:
    return Material(material.passages, tuple(filter(wanted, material.questions)))


def topic_reports(folders: Sequence[Path]) -> list[Path]:
    """Return the reports that topics are taken from: none that is held out, or tested on."""
    every = sorted(path for folder in folders for path in folder.glob("*.txt"))
    return [path for path in every if not any(word in path.stem for word in NO_TOPICS)]


def held_out_staff(benchmark: Path) -> list[Case]:
    """Return the questions of staff that are never trained on, as they are evaluated."""
    folders = [STAFF / "reports", benchmark / "government" / "reports"]
    staff = staff_material(STAFF / "train.jsonl", folders, "staff")
    details = staff_material(STAFF / "details.jsonl", folders, "detail")
    found = [asked for asked in staff.questions if _about_held_out(asked, staff)]
    found += [asked for asked in details.questions if _kept_out(asked, details)]
    return [
        Case(asked.id, asked.question, asked.answers, asked.report, bool(asked.answers))
        for asked in found
    ]


def _about_held_out(asked: TrainingQuestion, staff: Material) -> bool:
    report = asked.report
    if report is None and asked.near is not None:
        report = staff.passages[asked.near].report
    if report is None:
        return int(asked.id.rsplit("-", 1)[-1]) % HELD_OUT_SHARE == 0
    return report in HELD_OUT_REPORTS


def _kept_out(asked: TrainingQuestion, details: Material) -> bool:
    """Whether a question about details is never trained on: those about one passage of three."""
    row = asked.near if asked.place is None else asked.place[0]
    if row is None:
        return False
    return hashlib.sha256(details.passages[row].id.encode()).digest()[0] % 3 == 0


def _shingles(article: Article) -> set[str]:
    texts = [comparable(paragraph["context"]) for paragraph in article.paragraphs]
    return {t[i : i + _SHINGLE] for t in texts for i in range(len(t) - _SHINGLE + 1)}
