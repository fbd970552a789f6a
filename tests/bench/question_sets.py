"""Folders of reports with questions.jsonl, each report in a library of its own.

Questions asked of one report alone measure the answers and not the choice of the report.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from bot.cli.evaluate import read_cases
from bot.config.loading import load_config
from bot.messages import messages_in
from bot.service import Service
from index.evaluation.metrics import Case


def cases_by_report(folder: Path, limit: int | None = None) -> dict[Path, list[Case]]:
    """Return the questions of `folder` by the file of the report they are asked of.

    At most `limit` of each report, spread over all of its own. What names no report is asked of
    the first: there is but one where nothing says which is meant.

    Raises:
        Usage: questions.jsonl cannot be read, or a line is malformed.
        KeyError: a question names a report that is not in `reports/`.
    """
    files = {path.stem: path for path in sorted((folder / "reports").iterdir())}
    first = next(iter(files))
    found: dict[Path, list[Case]] = {}
    for case in read_cases(folder / "questions.jsonl", messages_in("en")):
        found.setdefault(files[case.report or first], []).append(case)
    return {path: _spread(found[path], limit) for path in files.values() if path in found}


def _spread(cases: Sequence[Case], limit: int | None) -> list[Case]:
    if limit is None or len(cases) <= limit:
        return list(cases)
    return [cases[i * len(cases) // limit] for i in range(limit)]


def services(reports: Sequence[Path], state: Path) -> Iterator[Service]:
    """Yield a service over each report alone; all use the models of the first.

    Indexes are kept in `state`, and are used again where nothing has changed.
    """
    first: Service | None = None
    for path in reports:
        own = state / path.parent.parent.name / path.stem
        library = own / "reports"
        library.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, library / path.name)
        config = load_config(None, state)
        service = Service(replace(config, reports=library, state=own / "var"))
        if first is None:
            first = service
        service.__dict__["encoder"], service.__dict__["reader"] = first.encoder, first.reader
        service.bring_up_to_date()
        yield service
