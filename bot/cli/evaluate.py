"""`baogao eval`: how good the answers are."""

from __future__ import annotations

import argparse
import json
import math
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from bot.cli.ask import prepare
from bot.cli.json_contract import answer_to_json
from bot.cli.terminal import progress_bar, say, show, show_json
from bot.config.settings import Config
from bot.errors import Usage
from bot.messages import Messages
from bot.service import Service, sensible
from corpus.durable.temporary_folders import temporary_folder
from index.answering.confidence import Calibration
from index.answering.decision import decide
from index.answering.engine import Restrictions
from index.evaluation.calibration import FILE, Judged, fit, save
from index.evaluation.metrics import (
    DEPTHS,
    Case,
    EvaluationSummary,
    Outcome,
    judge,
    summarise,
    withheld,
)
from index.evaluation.reliability import diagram, groups
from index.evaluation.withholding import WithholdingStore
from index.lexical.folding import comparable

_BY_KIND: Final = ("n", "shown_right", "sentence@1", "items", "unsure_rate", "asserted_wrongly")


def evaluate(args: argparse.Namespace, service: Service, m: Messages) -> int:
    """Ask every question of a file and print what the answers are worth."""
    for path in (args.details, args.reliability):
        if path is not None and _is_same(path, args.questions):
            raise Usage(m.same_file.format(path=path))
    cases = read_cases(args.questions, m)
    withhold = args.withhold or args.calibrate
    with _asked(args.reports, service, m) as asked:
        outcomes = _ask_all(cases, asked, m, withhold=withhold)
    if args.calibrate:
        outcomes = _calibrate(outcomes, service, m)
    if args.details is not None:
        _write_details(args.details, outcomes, m)
    if args.reliability is not None:
        _write(args.reliability, _reliability(outcomes, args.questions.name), m)
    figures = summary_to_json(summarise(outcomes))
    kinds = {kind: summary_to_json(summarise(those)) for kind, those in by_kind(outcomes).items()}
    if args.json:
        show_json(figures | ({"kinds": kinds} if kinds else {}))
        return 0
    width = max(map(len, figures))
    for name, value in figures.items():
        show(f"{name:<{width}}  {_figure(value)}")
    for line in _table(kinds):
        show(line)
    return 0


def _is_same(one: Path, other: Path) -> bool:
    """Whether two paths are one file, through links as well."""
    return one.exists() and other.exists() and one.samefile(other)


def by_kind(outcomes: list[Outcome]) -> dict[str, list[Outcome]]:
    """Return the outcomes of each kind of question, in the order of their names."""
    kinds = sorted({o.case.kind for o in outcomes if o.case.kind})
    return {kind: [o for o in outcomes if o.case.kind == kind] for kind in kinds}


def _table(kinds: dict[str, dict[str, float | int | None]]) -> Iterator[str]:
    """Yield a line a kind with the figures that differ most between kinds."""
    if not kinds:
        return
    width = max(map(len, kinds))
    yield ""
    yield "  ".join((" " * width, *(f"{name:>{len(name)}}" for name in _BY_KIND)))
    for kind, figures in kinds.items():
        cells = (f"{_figure(figures[name]):>{len(name)}}" for name in _BY_KIND)
        yield "  ".join((f"{kind:<{width}}", *cells))


def _figure(value: float | None) -> str:
    return "—" if value is None else str(value)


def read_cases(path: Path, m: Messages) -> list[Case]:
    """Return the cases in a file of JSON lines.

    Raises:
        Usage: the file cannot be read, or a line is malformed (the first such is named).
    """
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as exc:
        raise Usage(m.no_questions_file.format(path=path)) from exc
    cases = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                cases.append(_case(json.loads(line), number))
            except (ValueError, RecursionError) as exc:
                raise Usage(m.bad_questions.format(line=number, reason=exc)) from exc
    if not cases:
        raise Usage(m.bad_questions.format(line=1, reason="no questions"))
    return cases


def summary_to_json(summary: EvaluationSummary) -> dict[str, float | int | None]:
    """Return the figures under the names of the contract; None for those without a value."""
    figures: dict[str, float] = {f"recall@{k}": summary.recall[k] for k in DEPTHS}
    figures |= {
        "mrr@10": summary.mrr,
        "sentence@1": summary.sentence,
        "exact": summary.exact,
        "f1": summary.f1,
        "items": summary.items,
        "answered_rate": summary.answered_rate,
        "unsure_rate": summary.unsure_rate,
        "shown_right": summary.shown_right,
        "answered_precision": summary.answered_precision,
        "asserted_wrongly": summary.asserted_wrongly,
        "refusal_precision": summary.refusal_precision,
        "refusal_recall": summary.refusal_recall,
        "auroc": summary.auroc,
        "p50_ms": summary.p50_ms,
        "p95_ms": summary.p95_ms,
    }
    rounded = {k: None if math.isnan(v) else round(v, 4) for k, v in figures.items()}
    return {"n": summary.n} | rounded


@contextmanager
def _asked(reports: Path | None, service: Service, m: Messages) -> Iterator[Service]:
    """Yield the service to ask: a temporary one over the folder `reports` where that is given."""
    if reports is None:
        prepare(service, m)
        yield service
        return
    with temporary_folder("eval") as state:
        temporary = Service(_apart(service.config, reports.absolute(), state))
        try:
            with progress_bar(m.building, m) as progress:
                temporary.bring_up_to_date(progress=progress)
            yield temporary
        finally:
            temporary.generations.clear()
            temporary.generations.close()


def _apart(config: Config, reports: Path, state: Path) -> Config:
    """Return the configuration of an index beside the one that serves, wherever that is kept."""
    remote = (config.milvus.uri or "").startswith("http")
    name = f"{config.milvus.collection}_eval_{secrets.token_hex(4)}"
    milvus = replace(config.milvus, uri=config.milvus.uri if remote else None, collection=name)
    return replace(config, reports=reports, state=state, milvus=milvus)


def _ask_all(cases: list[Case], service: Service, m: Messages, *, withhold: bool) -> list[Outcome]:
    asked = withheld(cases) if withhold else [(case, None) for case in cases]
    outcomes = []
    store = WithholdingStore(service.opened().engine.store)
    engine = service.engine_over(store)
    restrictions = Restrictions(top=max(DEPTHS), refusal=service.config.answer.refusal)
    with progress_bar(m.evaluating, m) as progress:
        if progress is not None:
            progress.start(len(cases))
        for case, store.hidden in asked:
            question = sensible(case.question)
            answer = engine.ask(question, restrictions, pointer=service.pointer)
            outcomes.append(judge(case, answer))
            if progress is not None:
                progress.advance(1)
    return outcomes


def _case(raw: Any, number: int) -> Case:
    if not isinstance(raw, dict):
        raise ValueError("must be a JSON object")
    question, answers, report = raw.get("question"), raw.get("answers", []), raw.get("report")
    answerable = raw.get("answerable", True)
    if not isinstance(question, str) or not question.strip():
        raise ValueError("question must be text")
    if not isinstance(answers, list) or not all(
        isinstance(a, str) and comparable(a) for a in answers
    ):
        raise ValueError("answers must be a list of texts")
    if report is not None and not isinstance(report, str):
        raise ValueError("report must be text")
    if not isinstance(answerable, bool):
        raise ValueError("answerable must be true or false")
    evidence = raw.get("evidence", [])
    if not isinstance(evidence, list) or not all(
        isinstance(words, str) and comparable(words) for words in evidence
    ):
        raise ValueError("evidence must be a list of texts")
    if answerable and not answers and not evidence:
        raise ValueError("an answerable question needs answers, or evidence")
    kind = raw.get("kind")
    if kind is not None and not isinstance(kind, str):
        raise ValueError("kind must be text")
    return Case(
        str(raw.get("id", number)),
        question,
        tuple(answers),
        report,
        answerable,
        tuple(evidence),
        kind,
    )


def _write_details(path: Path, outcomes: list[Outcome], m: Messages) -> None:
    lines = [
        json.dumps(
            answer_to_json(o.answer)
            | {"id": o.case.id, "answerable": o.case.answerable, "rank": o.rank}
            | {"sentence": o.sentence, "exact": o.exact, "f1": round(o.f1, 4)}
            | {"right": o.right, "items": o.items, "kind": o.case.kind},
            ensure_ascii=False,
        )
        for o in outcomes
    ]
    _write(path, "\n".join(lines) + "\n", m)


def _calibrate(outcomes: list[Outcome], service: Service, m: Messages) -> list[Outcome]:
    """Fit the confidence to what was found, keep it, and return the outcomes under it."""
    judged = [
        Judged(o.answer.grounds.evidence, o.case.answerable, o.right, open=o.answer.grounds.open)
        for o in outcomes
        if o.answer.grounds is not None
    ]
    fitted = fit(judged, service.encoder.fingerprint, service.reader.fingerprint)
    path = service.config.state / FILE
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        save(fitted, path)
    except OSError as exc:
        raise Usage(m.cannot_write.format(path=path)) from exc
    say(m.calibrated.format(count=len(judged), path=path))
    return [_under(fitted, outcome, service.config.answer.refusal) for outcome in outcomes]


def _under(fitted: Calibration, outcome: Outcome, refusal: str | float) -> Outcome:
    """Return the outcome as it is decided under another calibration."""
    decision = decide(outcome.answer.grounds, fitted, refusal)
    return replace(outcome, answer=replace(outcome.answer, decision=decision))


def _reliability(outcomes: list[Outcome], title: str) -> str:
    found = groups([o.answer.confidence for o in outcomes], [o.case.answerable for o in outcomes])
    return diagram(found, title)


def _write(path: Path, text: str, m: Messages) -> None:
    try:
        path.write_text(text, "utf-8", errors="backslashreplace")
    except OSError as exc:
        raise Usage(m.cannot_write.format(path=path)) from exc
