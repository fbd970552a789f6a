"""`baogao reports`: the library."""

from __future__ import annotations

import argparse
from itertools import groupby

from bot.messages import Messages
from bot.service import Service
from bot.terminal import show
from corpus.errors import UnreadableReport
from corpus.passages import passages
from corpus.report import LeftOut, Report


def list_reports(_: argparse.Namespace, service: Service, m: Messages) -> int:
    """List the reports, a line each."""
    found = list(service.library.read_all())
    if not found:
        show(m.no_reports.format(folder=service.library.folder))
    for report in found:
        if isinstance(report, UnreadableReport):
            show(m.unreadable.format(name=report.path.name, reason=m.troubles[report.trouble]))
        else:
            show(m.report_line.format(name=report.name, title=report.title, year=_year(report, m)))
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
        report = service.library.add(data, path.name, replace=args.replace)
        template = m.report_replaced if known else m.report_added
        show(
            template.format(
                name=report.name,
                title=report.title,
                year=_year(report, m),
                passages=len(passages(report)),
            )
        )
        for line in _left_out(report.left_out, m):
            show(line)
    show(m.run_index)
    return 0


def remove_report(args: argparse.Namespace, service: Service, m: Messages) -> int:
    """Take a report out of the library."""
    path = service.library.remove(args.name)
    show(m.report_removed.format(name=path.name))
    show(m.run_index)
    return 0


def show_report(args: argparse.Namespace, service: Service, m: Messages) -> int:
    """Print a report as it was understood: what it is, its section tree, what was left out."""
    report = service.library.read(args.name)
    show(m.titled.format(title=report.title) + _guess("title", report, m))
    show(m.year.format(year=_year(report, m)) + _guess("year", report, m))
    if report.organisation:
        show(m.organisation.format(name=report.organisation))
    show(m.encoding.format(encoding=report.encoding))
    counts = {
        "sections": sum(1 for _ in report.walk()),
        "paragraphs": len(report.paragraphs),
        "passages": len(passages(report)),
    }
    show(m.counts.format(**counts))
    for section in report.walk():
        first, last = section.paragraphs.start, section.paragraphs.stop - 1
        span = f"{first}" if first == last else f"{first}–{last}"
        show(f"{'  ' * section.level}{section.heading}　{m.paragraph.format(number=span)}")
    for line in _left_out(report.left_out, m):
        show(line)
    return 0


def _year(report: Report, m: Messages) -> str:
    if not report.years:
        return m.unknown_year
    return m.of_year.format(
        year="–".join(map(str, dict.fromkeys((report.years[0], report.years[-1]))))
    )


def _guess(field: str, report: Report, m: Messages) -> str:
    return m.guessed if field in report.guesses else ""


def _left_out(left_out: tuple[LeftOut, ...], m: Messages) -> list[str]:
    ordered = sorted(left_out, key=lambda entry: (entry.reason, entry.line))
    lines = []
    for reason, group in groupby(ordered, key=lambda entry: entry.reason):
        entries = list(group)
        numbers = ", ".join(str(entry.line) for entry in entries[:20])
        lines.append(
            m.left_out.format(
                count=len(entries),
                reason=m.left_out_reasons[reason],
                lines=numbers + ("…" if len(entries) > 20 else ""),
            )
        )
    return lines
