"""The store against a dictionary: a state machine that adds, indexes, goes back and crashes."""

from __future__ import annotations

import random
import shutil
import tempfile
from pathlib import Path

import hypothesis.strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from index.errors import NoEarlierGeneration
from index.generations.generations import KEPT
from tests.faults.disk import Disk
from tests.faults.school import School, lessons, report

YEARS = st.integers(2018, 2023)
COUNTS = st.integers(1, 99)
Content = dict[str, int]


class StoreModel(RuleBasedStateMachine):
    """`reports` is the library, `generations` what each one on the disk holds."""

    steps = 0

    def __init__(self) -> None:
        super().__init__()
        self._home = Path(tempfile.mkdtemp(prefix="baogao-model-"))
        self._crashes = 0
        self.school = School(self._home / "0")
        self.school.reports.mkdir(parents=True)
        self.service = self.school.service()
        self.reports: Content = {}
        self.generations: dict[int, Content] = {}
        self.current: int | None = None

    def teardown(self) -> None:
        shutil.rmtree(self._home)

    @rule(year=YEARS, count=COUNTS)
    def add_or_change(self, year: int, count: int) -> None:
        data = report(year, count).encode()
        self.school.library.add(data, f"{year}.txt", replace=str(year) in self.reports)
        self.reports[str(year)] = count

    @rule(year=YEARS, count=COUNTS)
    def replace_by_another_format(self, year: int, count: int) -> None:
        self.school.library.add(report(year, count).encode(), f"{year}.md", replace=True)
        self.reports[str(year)] = count

    @precondition(lambda self: self.reports)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(self.reports)))
        self.school.library.remove(name)
        del self.reports[name]

    @precondition(lambda self: self.reports)
    @rule(data=st.data(), to=st.sampled_from(["甲", "乙"]))
    def rename(self, data: st.DataObject, to: str) -> None:
        name = data.draw(st.sampled_from(sorted(self.reports)))
        path = self.school.library.path(name)
        if to not in self.reports:
            path.rename(path.with_name(to + path.suffix))
            self.reports[to] = self.reports.pop(name)

    @precondition(lambda self: self.reports or self.current)
    @rule(force=st.booleans())
    def index(self, force: bool) -> None:
        fresh = self.service.bring_up_to_date(force=force).fresh
        changed = self.current is None or self.generations[self.current] != self.reports
        assert fresh or not (force or changed)
        if fresh:
            self._published()

    @precondition(lambda self: self.current)
    @rule()
    def roll_back(self) -> None:
        earlier = [number for number in self.generations if number < (self.current or 0)]
        used = self.generations[self.current or 0]
        try:
            done = self.service.roll_back()
        except NoEarlierGeneration:
            assert not earlier
            return
        self.current = done.generation.number
        assert self.current == max(earlier)
        self._brought_back(used, self.generations[self.current], done.missing)

    def _brought_back(
        self, used: Content, wanted: Content, missing: tuple[str, ...] | None
    ) -> None:
        """Hold the library to `wanted`, or to what it was; `used` were those of before."""
        found = self._library()
        for name, count in found.items():
            assert count in {wanted.get(name), self.reports.get(name)}
        assert {name for name in self.reports if name not in found} <= used.keys()
        if missing is None:  # no record: a crash came between the generation and its record
            assert found == self.reports
        elif not missing:
            assert all(found.get(name) == count for name, count in wanted.items())
        self.reports = found

    @rule()
    def reopen(self) -> None:
        self.service = self.school.service()

    @precondition(lambda self: self.reports)
    @rule(at=st.integers(0, 60), seed=st.integers(0, 9999))
    def crash_while_indexing(self, at: int, seed: int) -> None:
        before = dict(self.generations), self.current
        self._crash(at, seed, lambda: self.service.bring_up_to_date(force=True))
        numbers = {int(name.split("-")[0]) for name in self.service.generations.names()}
        self.generations, self.current = before
        fresh = max(self.generations, default=0) + 1
        if fresh in numbers:
            self.generations[fresh] = dict(self.reports)
        now = self.service.generations.current()
        number = int(now.split("-")[0]) if now is not None else None
        assert number in {self.current, fresh if fresh in numbers else None}
        self.current = number
        missing = set(self.generations) - numbers
        assert missing <= set(sorted(self.generations)[:-KEPT])
        for gone in missing:
            del self.generations[gone]

    @rule(year=YEARS, count=COUNTS, at=st.integers(0, 12), seed=st.integers(0, 9999))
    def crash_while_adding(self, year: int, count: int, at: int, seed: int) -> None:
        data = report(year, count).encode()
        self._crash(at, seed, lambda: self.school.library.add(data, f"{year}.md", replace=True))
        path = self.school.library.files().get(str(year))
        text = path.read_text("utf-8") if path is not None else None
        old = self.reports.get(str(year))
        assert text in {report(year, count), report(year, old) if old is not None else None}
        if text == report(year, count):
            self.reports[str(year)] = count

    @invariant()
    def the_library_holds_what_the_model_says(self) -> None:
        type(self).steps += 1
        assert self._library() == self.reports

    @invariant()
    def the_index_holds_what_the_model_says(self) -> None:
        if self.current is None:
            assert self.service.generations.current() is None
            return
        store = self.service.opened().engine.store
        assert self.service.opened().generation.number == self.current
        found = {}
        for entry in store.entries:
            bodies = store.paragraphs(entry.name, range(1, entry.paragraphs + 1))
            counts = {lessons(body.text) for body in bodies}
            assert len(counts) == 1
            found[entry.name] = int(counts.pop())
        assert found == self.generations[self.current]

    def _library(self) -> Content:
        return {
            name: int(lessons(path.read_text("utf-8")))
            for name, path in self.school.library.files().items()
        }

    def _published(self) -> None:
        number = max(self.generations, default=0) + 1
        self.generations[number] = dict(self.reports)
        self.current = number
        for old in sorted(self.generations)[:-KEPT]:
            del self.generations[old]

    def _crash(self, at: int, seed: int, work: object) -> None:
        """Do the work in a world that ends before step `at`, and go on in what is left of it."""
        self._crashes += 1
        left = School(self._home / str(self._crashes))
        chance = random.Random(seed)
        steps: list[str] = []
        disk = Disk(self.school.folder)
        with disk.watched(steps, at, left.folder, chance):
            assert callable(work)
            work()
        if at >= len(steps):
            disk.picture(left.folder, chance)
        disk.close()
        shutil.rmtree(self.school.folder)
        self.school = left
        self.service = left.service()
