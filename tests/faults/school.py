"""A school's folder whose states tests can compare, and a program in it that can be killed."""

from __future__ import annotations

import multiprocessing
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.synchronize import Event
from pathlib import Path

from bot.config.loading import load_config
from bot.service import Service
from corpus.durable.kept_files import KeptFiles
from corpus.library import Library
from index.readers.lexical_reader import LexicalReader
from tests.faults.victim import InProcess, victim
from tests.support.fakes import BigramEncoder

_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(["tests.faults.preload"])
_TIMEOUT = 120
_GLANCE = 0.1
Started = multiprocessing.process.BaseProcess
_COUNT = re.compile(r"思政课(\d+)节")


def report(year: int, lessons: int) -> str:
    """A report in which the number of lessons stands twice, in two passages."""
    return (
        f"昆山市第二中学{year}年度工作总结\n一、党建工作\n"
        f"{year}年书记带头上思政课{lessons}节，开展党史学习教育，组织党员志愿服务活动三次。\n"
        f"二、德育工作\n{year}年全体教师听了思政课{lessons}节，交流体会，改进班级管理的方法。\n"
    )


@dataclass(frozen=True, slots=True)
class State:
    """What a folder holds: the text of each report, and what each report says in the index.

    In the index its organisation comes first, then its paragraphs; `index` is None where there
    is no index yet.
    """

    reports: dict[str, str]
    index: dict[str, tuple[str, ...]] | None


def on_the_way(old: State, new: State) -> tuple[State, ...]:
    """What may be found while the old state becomes the new one: the library changes first, a
    report at a time and none lost, then the index all at once.

    Where one command changes one of both, as those of the command line do, there is nothing
    between old and new.
    """
    both = State(old.reports | new.reports, old.index)
    return old, both, State(new.reports, old.index), new


@dataclass(frozen=True, slots=True)
class School:
    """A folder with reports, and the program in it."""

    folder: Path

    @property
    def reports(self) -> Path:
        return self.folder / "corpus/reports"

    @property
    def state(self) -> Path:
        return self.folder / "var"

    @property
    def library(self) -> Library:
        return Library(self.reports, InProcess(), KeptFiles(self.state / "kept"))

    def write(self, year: int, lessons: int) -> None:
        self.reports.mkdir(parents=True, exist_ok=True)
        (self.reports / f"{year}.txt").write_text(report(year, lessons), "utf-8")

    def service(self) -> Service:
        """The service, as the program makes it, with the tests' encoder."""
        service = Service(load_config(None, self.folder))
        service.library = self.library
        service.__dict__["encoder"] = BigramEncoder()
        service.__dict__["reader"] = LexicalReader()
        return service

    def start(
        self,
        *arguments: str,
        die_before: int = -1,
        told: Path | None = None,
        working: Event | None = None,
    ) -> Started:
        """Start the program as a process; `working` is set when it begins to write."""
        process = _PROCESSES.Process(
            target=victim,
            args=(str(self.folder), arguments, die_before, str(told) if told else None, working),
        )
        process.start()
        return process

    def begin(self, *arguments: str) -> Started:
        """Start the program, and wait until it begins to write."""
        working = _PROCESSES.Event()
        process = self.start(*arguments, working=working)
        while process.is_alive() and not working.wait(_GLANCE):
            pass
        return process

    def run(self, *arguments: str, die_before: int = -1, told: Path | None = None) -> int:
        """Run the program as a process; return its exit status, -9 where it was killed."""
        process = self.start(*arguments, die_before=die_before, told=told)
        process.join(_TIMEOUT)
        assert process.exitcode is not None, "the program hangs"
        return process.exitcode

    def steps(self, *arguments: str) -> list[str]:
        """Run the program to its end and return its steps."""
        told = self.folder / "steps"
        assert self.run(*arguments, told=told) == 0
        return told.read_text("utf-8").splitlines()

    def holds(self) -> State:
        """What is in the folder now, as the program opens it."""
        library = self.library
        texts = {name: path.read_text("utf-8") for name, path in library.files().items()}
        service = self.service()
        if service.generations.current() is None:
            return State(texts, None)
        opened = service.opened()
        # only the first pointer can be missing, where the first build was interrupted
        assert {exc.path.name for exc in opened.damaged} <= {"current"}
        found = {
            entry.name: (
                entry.organisation or "",
                *(
                    body.text
                    for body in opened.engine.store.paragraphs(
                        entry.name, range(1, entry.paragraphs + 1)
                    )
                ),
            )
            for entry in opened.engine.store.entries
        }
        opened.engine.store.close()
        return State(texts, found)

    def copied(self, to: Path) -> School:
        """A copy of the whole folder."""
        shutil.copytree(self.folder, to)
        return School(to)


def lessons(text: str) -> str:
    """The number of lessons that a passage speaks of."""
    match = _COUNT.search(text)
    assert match is not None, text
    return match[1]


def indexed(folder: Path, generations: Sequence[int]) -> School:
    """A school whose reports said, and whose index holds, each of these numbers in turn."""
    school = School(folder)
    for count in generations:
        for year in (2020, 2021):
            school.write(year, count)
        school.service().bring_up_to_date()
    return school
