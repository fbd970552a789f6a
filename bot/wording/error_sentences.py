"""Errors → one sentence a user can act on."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bot.errors import (
    AlreadyRunning,
    BadConfig,
    BadToken,
    BotError,
    NotEmpty,
    NoToken,
    OutputLost,
    Problem,
    TokenInUse,
    Usage,
    WrongArguments,
    WrongToken,
)
from bot.messages import Messages
from corpus import errors as corpus
from corpus.durable.archive import BadArchive
from corpus.durable.faults import StateError, StateFault
from corpus.errors import Trouble
from corpus.formats.detection import save_as
from index import errors as index


def explain(exc: BaseException, m: Messages) -> str:
    """Return what `exc` means, in the language of `m`."""
    match exc:
        case corpus.CorpusError():
            return _explain_corpus(exc, m)
        case index.SearchError():
            return _explain_index(exc, m)
        case BotError():
            return _explain_bot(exc, m)
        case _:
            return _explain_system(exc, m)


def _explain_bot(exc: BotError, m: Messages) -> str:
    match exc:
        case BadToken():
            return m.admin.bad_token.format(source=exc.source)
        case NoToken():
            return m.no_token
        case WrongToken():
            return m.wrong_token
        case TokenInUse():
            return m.token_in_use
        case AlreadyRunning():
            return m.already_running.format(folder=exc.folder)
        case NotEmpty():
            return m.admin.not_empty.format(folder=exc.folder)
        case BadConfig() | Usage() | OutputLost():
            return _explain_call(exc, m)
        case _:
            return str(exc)


def _explain_call(exc: BadConfig | Usage | OutputLost, m: Messages) -> str:
    match exc:
        case BadConfig():
            return m.bad_config.format(problems="\n".join(_problem(p, m) for p in exc.problems))
        case WrongArguments():
            problem = m.usage_faults[exc.fault].format(**exc.details)
            return f"{problem}\n{m.usage.format(usage=exc.usage)}"
        case OutputLost():
            return m.output_lost.format(reason=exc)
        case _:
            return str(exc)


def _problem(problem: str, m: Messages) -> str:
    """Return a problem of the configuration as `file: key: reason`, the reason in words of `m`."""
    if not isinstance(problem, Problem):
        return problem
    return f"{problem.place}: {m.config_faults[problem.fault].format(**problem.details)}"


def _explain_system(exc: BaseException, m: Messages) -> str:
    match exc:
        case KeyboardInterrupt():
            return m.interrupted
        case OSError(strerror=said, filename=path) if said:
            reason = m.state_faults[StateFault.of(exc)]
            return m.state_error.format(path=_place(Path(path)) if path else "—", reason=reason)
        case _:
            return m.unexpected.format(kind=type(exc).__name__)


def _place(path: Path) -> Path:
    """Return what a person knows a path as: of a file that is being written, its folder."""
    return path.parent if path.name.startswith(".") and path.suffix == ".tmp" else path


def reason_of(exc: corpus.UnreadableReport | corpus.BadReportName, m: Messages) -> str:
    """Return why a file was refused, without naming it."""
    words = m.troubles[Trouble(exc.trouble)]
    words = f"{words}（{exc.detail}）" if exc.detail else words
    if exc.trouble is not Trouble.UNKNOWN_FORMAT:
        return words
    return words + m.save_as.format(suffixes=m.either.join(save_as(exc.detail)))


def damage(exc: index.IndexDamaged, m: Messages) -> str:
    """Return what is wrong with a generation, without naming its file."""
    words = m.damages[exc.reason]
    return f"{words}（{exc.detail}）" if exc.detail else words


def damaged(found: Iterable[index.IndexDamaged], m: Messages) -> str:
    """Return which files are damaged, and how, in one line."""
    return "；".join(f"{exc.path}（{damage(exc, m)}）" for exc in found)


def _explain_corpus(exc: corpus.CorpusError, m: Messages) -> str:
    match exc:
        case corpus.UnreadableReport():
            return m.unreadable_report.format(name=exc.path.name, reason=reason_of(exc, m))
        case corpus.UnknownReport():
            known = "、".join(exc.known[:10]) or "—"
            return m.unknown_report.format(name=exc.name, known=known)
        case corpus.ReportExists():
            return m.report_exists.format(name=exc.name)
        case corpus.BadReportName():
            return m.bad_name.format(name=exc.name, reason=reason_of(exc, m))
        case corpus.NoLibrary():
            return m.no_library.format(folder=exc.folder)
        case corpus.NoReports():
            return m.no_reports.format(folder=exc.folder)
        case corpus.NameClash():
            return m.name_clash.format(first=exc.first.name, second=exc.second.name)
        case corpus.LibraryUnwritable() | corpus.LibraryBusy() | StateError() | BadArchive():
            return _explain_change(exc, m)
        case corpus.BadCorrections():
            problems = "\n".join(f"{exc.path}: {problem}" for problem in exc.problems)
            return m.bad_corrections.format(problems=problems)
        case _:
            return str(exc)


def _explain_change(
    exc: corpus.LibraryUnwritable | corpus.LibraryBusy | StateError | BadArchive, m: Messages
) -> str:
    if isinstance(exc, BadArchive):
        return m.admin.bad_archive.format(path=exc.path, reason=m.admin.archive_faults[exc.fault])
    if isinstance(exc, corpus.LibraryBusy):
        return m.library_busy
    if isinstance(exc, StateError):
        return m.state_error.format(path=_place(exc.path), reason=m.state_faults[exc.reason])
    reason = m.state_faults[StateFault.of(exc.cause)]
    return m.library_unwritable.format(path=_place(exc.path), reason=reason)


def _explain_index(exc: index.SearchError, m: Messages) -> str:
    match exc:
        case index.ModelError():
            return m.model_error.format(path=exc.path, reason=m.model_faults[exc.reason])
        case index.IndexMissing():
            return m.index_missing
        case index.IndexDamaged():
            return m.index_damaged.format(path=exc.path, reason=damage(exc, m))
        case index.IndexBusy():
            return m.index_busy
        case index.NoEarlierGeneration():
            return m.no_earlier_generation
        case index.BadCalibration():
            return m.bad_calibration.format(path=exc.path, reason=exc.reason)
        case index.TooFewQuestions():
            return m.too_few_questions.format(
                answerable=exc.answerable, unanswerable=exc.unanswerable, least=exc.least
            )
        case index.StoreError():
            return m.store_error.format(uri=exc.uri, reason=m.store_faults[exc.reason])
        case index.LanguageModelError():
            words = m.language_model
            return words.error.format(address=exc.address, reason=words.faults[exc.reason])
        case _:
            return str(exc)
