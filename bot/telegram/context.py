"""What the handlers share: the answers, the sender of messages, the stores, and who may what."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import User

from bot.example_questions import ExampleQuestions
from bot.messages import Messages
from bot.service import Service
from bot.telegram.access.claims import Claims
from bot.telegram.access.membership import Access
from bot.telegram.access.quota import Quota
from bot.telegram.access.senders import messages_for
from bot.telegram.storage.conversations import Conversations
from bot.telegram.storage.database import Database
from bot.telegram.storage.question_log import QuestionLog
from bot.telegram.storage.shown_answers import ShownAnswers
from bot.telegram.threads import ThreadPools
from bot.telegram.transport.sender import MessageSender


@dataclass(frozen=True, slots=True)
class BotContext:
    """Everything a handler may need."""

    service: Service
    database: Database
    sender: MessageSender
    access: Access
    claims: Claims
    quota: Quota
    shown_answers: ShownAnswers
    question_log: QuestionLog
    conversations: Conversations
    example_questions: ExampleQuestions
    threads: ThreadPools

    @property
    def me(self) -> User:
        """The bot's own account."""
        return self.sender.bot.bot

    @property
    def language(self) -> str:
        """The language of those whose own is unknown."""
        return self.service.config.language

    def messages_for(self, user: User | None) -> Messages:
        """Return the messages in the language of a person, else of the configuration."""
        return messages_for(user, self.language)
