"""From the configuration to answers, for the command line and for Telegram."""

from __future__ import annotations

import logging
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from bot.additions import added_aliases, attached_answers
from bot.additions.attached_answers import AttachedAnswers, attached_answer
from bot.config.secrets import load_llm_key, load_milvus_token
from bot.config.settings import Config
from corpus.durable.faults import StateError
from corpus.durable.kept_files import KeptFiles
from corpus.errors import CorpusError, NoReports, UnreadableReport
from corpus.library import Library
from corpus.report import name_of
from corpus.sandbox.pool import ParserPool
from index.answering.answer import Answer, Found
from index.answering.confidence import Calibration
from index.answering.engine import Engine, Opened, Restrictions
from index.answering.pointed import Pointer
from index.building.builder import Builder, Changes, Progress
from index.building.file_state import digests, known_unreadable
from index.building.library_history import LibraryHistory, RolledBack
from index.encoders import Encoder, load_encoder
from index.errors import IndexDamaged, NoEarlierGeneration, SearchError
from index.evaluation.calibration import FILE, load, shipped
from index.generations.generations import Generation, Generations
from index.generations.on_disk import DiskGenerations
from index.readers import Reader, load_reader
from index.store.store import Store
from index.understanding.conversation import Turn
from index.understanding.words.aliases import Aliases

if TYPE_CHECKING:
    from index.language_model.open_model import LanguageModel
    from index.language_model.writing import Composition

STATE_FILES = (FILE, attached_answers.FILE, added_aliases.FILE)
"""What lies in the state directory and cannot be made anew, beside the chat database."""

_log = logging.getLogger(__name__)
_EXPANSE = re.compile(r"\s{20,}")


class Service:
    """The library, the index and its engine. Safe to use from many threads.

    Models and index are loaded when they are first needed. When another process publishes a
    generation, the next question is answered from it.
    """

    def __init__(self, config: Config) -> None:
        self.config = config
        parsers = ParserPool(config.reading.limits, config.state / "readings")
        kept = KeptFiles(config.state / "kept")
        self.library = Library(config.reports, parsers, kept)
        self.history = LibraryHistory(config.state / "history", kept)
        self.index_folder = config.state / "index"
        self.generations = _generations(config, self.index_folder)
        self.attached = AttachedAnswers(config.state)
        self._opened: Opened | None = None
        self._refused: str | None = ""
        self._lock = threading.Lock()

    @cached_property
    def encoder(self) -> Encoder:
        """The encoder of the configuration, loaded.

        Raises:
            ModelError: it cannot be.
        """
        settings = self.config.encoder
        return load_encoder(settings.model, threads=settings.threads, offline=settings.offline)

    @cached_property
    def reader(self) -> Reader:
        """The reader of the configuration, loaded.

        Raises:
            ModelError: it cannot be.
        """
        return load_reader(self.config.reader.model, threads=self.config.encoder.threads)

    @cached_property
    def language_model(self) -> LanguageModel | None:
        """The language model of the configuration; None where there is none.

        Nothing of it is imported before it is asked for, and nothing where it is off.

        Raises:
            BadConfig: its key file cannot be read.
        """
        settings = self.config.llm
        if settings.base_url is None:
            return None
        from index.language_model.chat_model import ChatServer
        from index.language_model.open_model import open_model

        key = load_llm_key(self.config)
        secret = key.reveal() if key is not None else ""
        server = ChatServer(settings.base_url, settings.model, secret, settings.timeout)
        return open_model(server, settings.point, settings.write)

    @property
    def calibration(self) -> Calibration:
        """How sure answers are: fitted here, else as the models came.

        Raises:
            BadCalibration: the file that was fitted here is damaged.
        """
        fitted = load(self.config.state / FILE, self.encoder.fingerprint, self.reader.fingerprint)
        return fitted or shipped(self.config.reader.model)

    def opened(self) -> Opened:
        """Return the current generation with its engine, opening it if it has changed.

        What was opened once is used on, whatever happens to the index on the disk.

        Raises:
            IndexMissing: nothing was indexed yet, or only with another encoder.
            IndexDamaged: no generation is sound.
        """
        with self._lock:
            if self._opened is None:
                self._opened = self._open()
            else:
                self._opened = self._newer(self._opened)
            return self._opened

    def _open(self) -> Opened:
        aliases = self._aliases()
        with ThreadPoolExecutor(1) as pool:  # the two models load side by side
            reading = pool.submit(lambda: self.reader)
            encoder, reader = self.encoder, reading.result()
        return Opened.open(self.generations, encoder, reader, self.calibration, aliases)

    def _newer(self, opened: Opened) -> Opened:
        """Return what is current, or `opened` still where that cannot be opened."""
        try:
            current = self.generations.current()
            if current in {opened.asked_for, self._refused}:
                return opened
            self._refused = current
            return self._open()
        except (SearchError, StateError) as exc:
            _log.warning("the index cannot be opened, the one before is used on: %s", exc)
            return opened

    def ask(
        self,
        question: str,
        *,
        years: frozenset[int] | None = None,
        report: str | None = None,
        top: int | None = None,
        previous: Turn | None = None,
        with_model: bool = False,
    ) -> Answer:
        """Return the answer to `question` as the configuration wants it given.

        A passage that an admin attached to the question is quoted, whatever else there is.
        `previous` is the turn of the conversation before it, which it may continue. `with_model`:
        a language model that points is asked, and waited for.

        Raises:
            NoReports: the index is empty.
            SearchError: there is none that can be used.
        """
        settings = self.config.answer
        limits = Restrictions(years, report, top or settings.top, settings.refusal)
        engine = self.opened().engine
        if not engine.store.entries:
            raise NoReports(self.library.folder)
        text = sensible(question)
        if years is None and report is None:
            attached = self.attached.find(text)
            passage = attached.passage(engine.store) if attached is not None else None
            if attached is not None and passage is not None:
                asked = engine.understand(text, limits)
                return attached_answer(asked, passage, attached.quote)
        pointer = self.pointer if with_model else None
        return engine.ask(text, limits, previous, pointer)

    def nearest(self, text: str, count: int) -> tuple[Found, ...]:
        """Return the passages nearest to `text`, whether they answer or not; raises as `ask`."""
        engine = self.opened().engine
        answer = engine.ask(sensible(text), Restrictions(top=count, refusal="eager"))
        return answer.passages[:count]

    def add_alias(self, key: str, words: tuple[str, ...]) -> None:
        """Let `key` stand for `words` from the next question on.

        Raises:
            StateError: it cannot be written down.
        """
        added_aliases.add_alias(self.config.state, key, words)
        with self._lock:
            self._opened = None

    @property
    def pointer(self) -> Pointer | None:
        """What points at answers beside the reader; None where nothing does."""
        model = self.language_model
        return model.pointer if model is not None else None

    def compose(self, answer: Answer) -> Composition | None:
        """Return what the language model makes of an answer; None where it is quoted as ever."""
        model = self.language_model
        if model is None or model.writer is None:
            return None
        return model.writer.compose(answer, self.opened().engine.store)

    def engine_over(self, store: Store) -> Engine:
        """Return an engine like the one that answers, over another store.

        Raises:
            ModelError: a model cannot be loaded.
            BadCalibration: the file that was fitted here is damaged.
        """
        return Engine(store, self.encoder, self.reader, self.calibration, self._aliases())

    def _aliases(self) -> Aliases:
        """Return the abbreviations of the configuration, and those added from the chat."""
        added = added_aliases.added_aliases(self.config.state)
        return Aliases.of({**self.config.aliases, **added})

    def close_language_model(self) -> None:
        """Break off what the language model is asked, where there is one."""
        model: LanguageModel | None = self.__dict__.get("language_model")
        if model is not None:
            model.model.close()

    def can_show_pages(self, report: str) -> bool:
        """Whether pages of a report can be shown as pictures; not where there is none of the name.

        An error of the library says nothing: the answer matters more.
        """
        try:
            return self.library.can_show_pages(report)
        except (CorpusError, OSError):
            return False

    def bring_up_to_date(
        self,
        *,
        force: bool = False,
        progress: Progress | None = None,
        patience: float = 10.0,
        by: int = 0,
    ) -> Changes:
        """Bring the index up to date with the library; see `index.building.builder.Builder`.

        What the library held is noted for `roll_back`, and whose change it was: `by` is the id
        of an admin, 0 for whoever is at the server.
        """
        builder = Builder(self.library, self.generations, self.encoder)
        changes = builder.bring_up_to_date(force=force, progress=progress, patience=patience)
        if changes.fresh or self.history.of(changes.generation) is None:
            try:
                with self.library.held():  # nobody is putting files aside meanwhile
                    self.history.note(changes, self.library, by)
                    self.history.sweep(self.generations.names())
            except (OSError, CorpusError) as exc:
                _log.warning("files cannot be brought back later: %s", exc)
        return changes

    def is_stale(self, opened: Opened) -> bool:
        """Whether the library's files are no longer those the index was made from."""
        return bool(self.changed(opened))

    def changed(self, opened: Opened) -> tuple[str, ...]:
        """Return the names of reports whose files are no longer what the index was made from.

        Only files that look different than at the last indexing are read: it is quick, and an
        error says nothing.
        """
        try:
            now = digests(self.index_folder, self.library.files())
        except (CorpusError, OSError):
            return ()
        unread = {name_of(exc.path) for exc in self.unreadable()}
        known = {entry.name: entry.digest for entry in opened.engine.store.entries}
        differ = {name for name, digest in now.items() if digest != known.get(name, "")}
        return tuple(sorted((differ - (unread - known.keys())) | (known.keys() - now.keys())))

    def unreadable(self) -> list[UnreadableReport]:
        """Return what lies in the library and cannot be read, as far as it is known."""
        try:
            files = self.library.files()
            passed_over = self.library.passed_over()
        except (CorpusError, OSError):
            return []
        return [*known_unreadable(self.index_folder, files), *passed_over]

    def idle_corrections(self) -> list[str]:
        """Return the names in reports.yaml that no report of the library has.

        Raises:
            CorpusError: the library or reports.yaml cannot be read.
        """
        files = self.library.files()
        return [name for name in self.library.corrections() if name not in files]

    def roll_back(self, to: int | None = None) -> RolledBack:
        """Make the generation before the current one current, or number `to`, with its files.

        Raises:
            NoEarlierGeneration: there is none, or none of that number.
            IndexDamaged: it is not what was written.
            IndexMissing: there is none at all.
            IndexBusy: another process is changing the index.
            LibraryUnwritable, LibraryBusy: the files cannot be brought back; nothing changes.
        """
        with self.generations.locked():
            current = self.generations.require_current()
            earlier = self.generations.before(current) if to is None else self._numbered(to)
            missing = self.history.bring_back(earlier.name, current, self.library)
            self.generations.point_to(earlier.name)
            return RolledBack(earlier, missing)

    def _numbered(self, number: int) -> Generation:
        for name in self.generations.names():
            if int(name.split("-", 1)[0]) == number:
                return self.generations.open(name)
        raise NoEarlierGeneration

    def list_generations(self) -> list[Generation | IndexDamaged]:
        """Return every generation, newest first, or what is wrong with it."""
        return [self._inspect(name) for name in reversed(self.generations.names())]

    def _inspect(self, name: str) -> Generation | IndexDamaged:
        try:
            return self.generations.open(name)
        except IndexDamaged as exc:
            return exc


def _generations(config: Config, folder: Path) -> Generations:
    if config.store == "embedded":
        return DiskGenerations(folder)
    from index.generations.on_milvus import MilvusGenerations

    token = load_milvus_token(config)
    uri = config.milvus.uri or str(config.state / "milvus.db")
    secret = token.reveal() if token is not None else None
    return MilvusGenerations(folder, uri, config.milvus.collection, secret)


def sensible(text: str) -> str:
    """Return `text` without lone surrogates (bytes that are no Unicode) and stretches of space."""
    return _EXPANSE.sub(" ", text.encode("utf-8", "replace").decode("utf-8"))
