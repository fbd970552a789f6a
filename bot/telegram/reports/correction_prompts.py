"""What an admin is asked to correct of a report, and the message that answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from telegram import Message, User
from telegram.ext import filters

from bot.messages import Messages, messages_in
from bot.telegram.jobs.jobs import Job
from bot.telegram.rendering.rich_text import clean
from corpus.text.numerals import number as numeral

_LONGEST_WORDS = 100
ASKABLE = ("year", "title", "organisation")
"""What can be corrected, as jobs call it."""


def question(what: str, m: Messages) -> str:
    """Return how an admin is asked for the right year, title or organisation."""
    words = {
        "year": m.telegram.ask_year,
        "title": m.telegram.ask_title,
        "organisation": m.telegram.ask_organisation,
    }
    return words[what]


class CorrectionPrompt(filters.MessageFilter):
    """The jobs that await a correction, and which message is meant for which of them.

    A reply to the question is; in private also what is written without a reply, to the question
    asked last. A question that was asked twice, before and after a crash, is known by its words.
    """

    def __init__(self, is_admin: Callable[[User | None], bool]) -> None:
        super().__init__()
        self._is_admin = is_admin
        self._jobs: dict[str, Job] = {}

    def add(self, job: Job) -> None:
        """Note that the job awaits a correction."""
        self._jobs.pop(job.id, None)
        self._jobs[job.id] = job

    def forget(self, job: Job) -> None:
        """Note that it awaits none any more."""
        self._jobs.pop(job.id, None)

    def filter(self, message: Message) -> bool:
        """Whether the message corrects something."""
        return self.of(message) is not None

    def of(self, message: Message) -> Job | None:
        """Return the job that the message corrects, awaiting what it says."""
        if not self._is_admin(message.from_user):
            return None
        here = [job for job in reversed(self._jobs.values()) if job.chat_id == message.chat.id]
        replied = message.reply_to_message
        if replied is not None:
            return _replied(here, replied)
        return here[0] if here and message.chat.type == message.chat.PRIVATE else None


def _replied(jobs: Iterable[Job], replied: Message) -> Job | None:
    found = None
    for job in jobs:
        if replied.message_id == job.prompt_id:
            return job
        for what in ASKABLE:
            if found is None and replied.text == question(what, messages_in(job.language)):
                found = replace(job, awaiting=what)
    return found


def corrected(job: Job, words: str) -> Job | None:
    """Return the job with what the admin wrote; None where it makes no sense."""
    text = " ".join(clean(words).split())
    if job.awaiting == "year":
        year = numeral(text.removesuffix("年度").removesuffix("年").strip())
        return replace(job, year=year) if year is not None and 1900 <= year <= 2100 else None
    if not 1 <= len(text) <= _LONGEST_WORDS:
        return None
    return replace(job, title=text) if job.awaiting == "title" else replace(job, organisation=text)
