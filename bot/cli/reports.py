"""`baogao reports`: the library."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.cli.terminal import pages_shown, say, show
from bot.messages import Messages
from bot.service import Service
from bot.wording.error_sentences import explain, reason_of
from bot.wording.reading_summary import left_out, reading_report
from bot.wording.report_differences import describe_differences, differences
from bot.wording.years import year_range
from corpus.errors import (
    BadReportName,
    CorpusError,
    LibraryBusy,
    LibraryUnwritable,
    Trouble,
    UnreadableReport,
)
from corpus.formats.detection import ARCHIVES, SUFFIXES, is_document
from corpus.library import Library, is_archive, safe_name
from corpus.passages import passages
from corpus.reading_report import account
from corpus.report import Report, name_of, readable
from corpus.sandbox.archive import Packed


def list_reports(_: argparse.Namespace, service: Service, m: Messages) -> int:
    """List the reports, a line each."""
    with pages_shown(m) as heard:
        found = [*service.library.read_all(heard), *service.library.passed_over()]
    if not found:
        show(m.no_reports.format(folder=service.library.folder))
    for report in found:
        if isinstance(report, UnreadableReport):
            show(m.unreadable.format(name=report.path.name, reason=reason_of(report, m)))
        else:
            show(
                m.report_line.format(
                    name=report.name, title=report.title, year=year_range(report.years, m)
                )
            )
    return 0


def add_reports(args: argparse.Namespace, service: Service, m: Messages) -> int:
    """Add files, folders and archives; each report is read before it is taken in.

    What cannot be taken is named, and stops no other; the status is 2 then.
    """
    added = refused = 0
    for name, found in _offered(args.files, service.library):
        try:
            if isinstance(found, CorpusError):
                raise found
            added += _add(name, found, args, service, m)
        except (LibraryBusy, LibraryUnwritable):  # the next file would meet it, too
            raise
        except CorpusError as exc:
            refused += 1
            say(_refused(name, exc, m))
    if added:
        show(m.run_index)
    return 2 if refused else 0


_Offered = Iterator[tuple[str, bytes | CorpusError]]


def _offered(paths: Sequence[Path], library: Library) -> _Offered:
    """Yield the name and the bytes of each file that is to be added, or why there are none."""
    for path in paths:
        if not path.is_dir():
            yield from _file(path, path.name, library)
            continue
        inside = sorted(each for each in path.rglob("*") if each.is_file())
        reports = [each for each in inside if _may_be_added(each)]
        if not reports:
            yield readable(path).name, UnreadableReport(readable(path), Trouble.NO_FILES)
        stems = Counter(map(name_of, reports))
        for each in reports:
            below = each.relative_to(path).parts
            twice = stems[name_of(each)] > 1
            yield from _file(each, "—".join(below) if twice else each.name, library)


def _may_be_added(path: Path) -> bool:
    suffix = path.suffix.lower()
    plain = not path.name.startswith((".", "~$"))
    return plain and (suffix in SUFFIXES or suffix in ARCHIVES or is_document(suffix))


def _file(path: Path, name: str, library: Library) -> _Offered:
    """Yield a file, or the files of an archive."""
    name = readable(Path(name)).name
    try:
        data = library.workshop.load(path)
        files = library.unpack(data, name) if is_archive(name) else [Packed(name, data)]
    except CorpusError as exc:
        yield name, exc
        return
    if not files:
        yield name, UnreadableReport(Path(name), Trouble.NO_FILES)
    for file in files:
        if isinstance(file, UnreadableReport):
            yield str(file.path), file
        else:
            yield file.name, file.data


def _add(name: str, data: bytes, args: argparse.Namespace, service: Service, m: Messages) -> int:
    """Add one report and say so; return how many were added."""
    same = service.library.same_content(data)
    if same is not None:
        show(m.report_same.format(name=same))
        return 0
    known = service.library.has(name)
    before = _known(service, name) if known else None
    with pages_shown(m) as heard:
        report = service.library.add(data, name, replace=args.replace, heard=heard)
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
    return 1


def _refused(name: str, exc: CorpusError, m: Messages) -> str:
    """Return why a file was not added."""
    if isinstance(exc, UnreadableReport | BadReportName):
        return m.file_refused.format(name=name, reason=reason_of(exc, m))
    return explain(exc, m)


def _known(service: Service, name: str) -> Report | None:
    """Return the report that a file of that name would replace; None where it cannot be read."""
    try:
        return service.library.read(name_of(Path(safe_name(name))))
    except CorpusError:
        return None


def remove_report(args: argparse.Namespace, service: Service, m: Messages) -> int:
    """Take a report out of the library."""
    path = service.library.remove(args.name)
    show(m.report_removed.format(name=readable(path).name))
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
