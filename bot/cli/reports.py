"""`baogao reports`: the library."""

from __future__ import annotations

import argparse
from pathlib import Path

from bot.cli.terminal import pages_shown, show
from bot.messages import Messages
from bot.service import Service
from bot.wording.reading_summary import left_out, reading_report
from bot.wording.report_differences import describe_differences, differences
from bot.wording.years import year_range
from corpus.errors import CorpusError, UnreadableReport
from corpus.passages import passages
from corpus.reading_report import account
from corpus.report import Report


def list_reports(_: argparse.Namespace, service: Service, m: Messages) -> int:
    """List the reports, a line each."""
    with pages_shown(m) as heard:
        found = list(service.library.read_all(heard))
    if not found:
        show(m.no_reports.format(folder=service.library.folder))
    for report in found:
        if isinstance(report, UnreadableReport):
            show(m.unreadable.format(name=report.path.name, reason=m.troubles[report.trouble]))
        else:
            show(
                m.report_line.format(
                    name=report.name, title=report.title, year=year_range(report.years, m)
                )
            )
    return 0


def add_reports(args: argparse.Namespace, service: Service, m: Messages) -> int:
    """Add files to the library; each is read before it is taken in."""
    for path in args.files:
        data = service.library.workshop.load(path)
        same = service.library.same_content(data)
        if same is not None:
            show(m.report_same.format(name=same))
            continue
        known = service.library.has(path.name)
        before = _known(service, path) if known else None
        with pages_shown(m) as heard:
            report = service.library.add(data, path.name, replace=args.replace, heard=heard)
        template = m.report_replaced if known else m.report_added
        show(
            template.format(
                name=report.name,
                title=report.title,
                year=year_range(report.years, m),
                passages=len(passages(report)),
            )
        )
        if before is not None:
            for line in describe_differences(differences(before, report), m):
                show(line)
        for line in _account(report, m):
            show(f"  {line}")
    show(m.run_index)
    return 0


def _known(service: Service, path: Path) -> Report | None:
    """Return the report that a file of that name would replace; None where it cannot be read."""
    try:
        return service.library.read(path.stem)
    except CorpusError:
        return None


def remove_report(args: argparse.Namespace, service: Service, m: Messages) -> int:
    """Take a report out of the library."""
    path = service.library.remove(args.name)
    show(m.report_removed.format(name=path.name))
    show(m.admin.kept_for_rollback)
    show(m.run_index)
    return 0


def show_report(args: argparse.Namespace, service: Service, m: Messages) -> int:
    """Print a report as it was understood: what it is, its section tree, what was left out."""
    with pages_shown(m) as heard:
        report = service.library.read(args.name, heard)
    show(m.titled.format(title=report.title) + _guess("title", report, m))
    show(m.year.format(year=year_range(report.years, m)) + _guess("year", report, m))
    if report.organisation:
        show(m.organisation.format(name=report.organisation) + _guess("organisation", report, m))
    for line in reading_report(account(report), m):
        show(line)
    for section in report.walk():
        first, last = section.paragraphs.start, section.paragraphs.stop - 1
        span = f"{first}" if first == last else f"{first}–{last}"
        kind = m.section_types[section.type]
        place = m.paragraph.format(number=span)
        show(f"{'  ' * section.level}{section.heading}　{place}　[{kind}]")
    for line in left_out(account(report), m):
        show(line)
    return 0


def _guess(field: str, report: Report, m: Messages) -> str:
    return m.guessed if field in report.guesses else ""


def _account(report: Report, m: Messages) -> list[str]:
    known = account(report)
    guesses = [m.titled.format(title=report.title) + m.guessed] if "title" in known.guesses else []
    if "year" in known.guesses:
        guesses.append(year_range(report.years, m) + m.guessed)
    return [*guesses, *reading_report(known, m), *left_out(known, m)]
