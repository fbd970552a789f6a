"""The bot as a process: it starts once Telegram can be reached, and ends with its answers done."""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
import signal
from collections.abc import AsyncIterator
from contextlib import (
    AbstractContextManager,
    asynccontextmanager,
    closing,
    nullcontext,
    suppress,
)
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from telegram import Bot
from telegram.error import InvalidToken, NetworkError, RetryAfter
from telegram.ext import Application
from telegram.request import HTTPXRequest

from bot.config.secrets import Token, load_webhook_secret
from bot.config.settings import Config
from bot.errors import AlreadyRunning, TokenInUse, WrongToken
from bot.example_questions import ExampleQuestions
from bot.messages import messages_in
from bot.service import Service
from bot.telegram.access.allowed_groups import Groups
from bot.telegram.access.claims import LASTS, Claims
from bot.telegram.access.membership import Access
from bot.telegram.access.people import People
from bot.telegram.access.quota import Quota
from bot.telegram.admin.command_menus import publish
from bot.telegram.context import BotContext
from bot.telegram.jobs.runner import JobRunner
from bot.telegram.rendering.rich_text import Rich
from bot.telegram.routes import UPDATES, build_handlers, register
from bot.telegram.storage.conversations import Conversations
from bot.telegram.storage.database import Database
from bot.telegram.storage.question_log import QuestionLog
from bot.telegram.storage.shown_answers import ShownAnswers
from bot.telegram.threads import ThreadPools
from bot.telegram.transport.health import BEAT, End, HealthWatch, PollRequest, beat
from bot.telegram.transport.inbox import Inbox, InboxQueue
from bot.telegram.transport.logs import set_up_logging
from bot.telegram.transport.ordering import OrderedUpdates
from bot.telegram.transport.periodic import every
from bot.telegram.transport.probes import served
from bot.telegram.transport.rate_limiter import RateLimiter
from bot.telegram.transport.sender import ChatPlace, MessageSender
from corpus.durable.faults import FolderBusy, StateError
from corpus.durable.locks import locked

App = Application[Any, Any, Any, Any, Any, Any]
_log = logging.getLogger(__name__)

_GRACE = 8.0
"""Seconds for what is being answered when the bot has to stop (Docker kills after 10)."""

_LONG_POLL = 10
_FORGETS_EVERY = 6 * 3600.0
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 30.0


def serve(service: Service, token: Token) -> int:
    """Run the bot until a signal ends it; return 0.

    Raises:
        AlreadyRunning: another bot holds the lock of the state directory.
        WrongToken: Telegram does not know the token.
        TokenInUse: another instance polls with it, and does not stop.
        StateError: the state directory cannot be used.
    """
    os.environ.setdefault("PTB_TIMEDELTA", "true")
    debug = bool(os.environ.get("BAOGAO_DEBUG"))
    set_up_logging(token, debug=debug, form=service.config.monitoring.log)
    folder = service.config.state / "bot"
    try:
        with locked(folder, patience=0):
            return asyncio.run(_run(service, token))
    except FolderBusy as exc:
        raise AlreadyRunning(service.config.state) from exc


async def _run(service: Service, token: Token) -> int:
    loop = asyncio.get_running_loop()
    watch = HealthWatch(service.config.telegram.conflict_seconds, loop)
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, watch.end, End.SIGNAL)
    return await run_until_ended(service, token, watch)


async def run_until_ended(service: Service, token: Token, watch: HealthWatch) -> int:
    """Run the bot until `watch` ends it; return 0. See `serve` for what it raises."""
    heartbeat = service.config.state / "heartbeat"
    secret = token.reveal().encode()
    database = Database.open(service.config.state, secret=secret)
    with closing(database), _probes(service, heartbeat):
        async with every(BEAT, lambda: beat(heartbeat)):
            return await _serve(service, token, database, watch)


def _probes(service: Service, heartbeat: Path) -> AbstractContextManager[object]:
    """Return what answers probes, where they are wanted."""
    monitoring = service.config.monitoring

    def gauges() -> dict[str, float]:
        manifest = service.opened().generation.manifest
        return {
            "index_generation": service.opened().generation.number,
            "index_reports": manifest.reports,
            "index_passages": manifest.passages,
        }

    if not monitoring.port:
        return nullcontext()
    return served(monitoring.listen, monitoring.port, heartbeat, gauges)


async def _serve(service: Service, token: Token, database: Database, watch: HealthWatch) -> int:
    inbox = Inbox(database)
    queue, updates = InboxQueue(inbox), OrderedUpdates(inbox)
    application = _application(
        service.config, token, watch, queue, updates, RateLimiter(inbox.sending)
    )
    if not await _connected(application, watch, service.config):
        return 0
    context = await build_context(service, database, application.bot)
    runner = JobRunner(context)
    handlers = build_handlers(context, runner)
    register(application, context, handlers)
    updates.waiting = handlers.questions.waiting
    try:
        await queue.replay(application.bot)
        forget = every(_FORGETS_EVERY, lambda: _forget_old(context.question_log, inbox))
        claim = every(LASTS, lambda: _offer_claim(context))
        watch.contested = lambda: runner.background(_tell_of_another(context))
        async with _running(application, updates), forget, claim:
            await handlers.uploads.resume()
            runner.background(
                publish(application.bot, context.access.admins, service.config.language)
            )
            await _listen(application, service.config)
            _log.info("started as bot=%d", application.bot.id)
            why = await watch.ended
            _log.info("ending why=%s", why.name.lower())
    finally:
        await runner.close()
        context.threads.close()
        service.close_language_model()
        await application.shutdown()
    match why:
        case End.CONFLICT:
            raise TokenInUse
        case End.WRONG_TOKEN:
            raise WrongToken
        case _:
            return 0


def _application(
    config: Config,
    token: Token,
    watch: HealthWatch,
    queue: InboxQueue,
    updates: OrderedUpdates,
    rate_limiter: RateLimiter,
) -> App:
    telegram = config.telegram
    return (
        Application.builder()
        .token(token.reveal())
        .base_url(telegram.base_url)
        .base_file_url(telegram.base_file_url)
        .request(
            HTTPXRequest(
                connection_pool_size=64,
                connect_timeout=10,
                read_timeout=20,
                pool_timeout=30,
                proxy=telegram.proxy,
            )
        )
        .get_updates_request(PollRequest(watch.polled, connect_timeout=10, proxy=telegram.proxy))
        .concurrent_updates(updates)
        .rate_limiter(rate_limiter)
        .update_queue(queue)
        .build()
    )


async def build_context(service: Service, database: Database, bot: Bot) -> BotContext:
    """Return what the handlers share, with the groups that were allowed before."""
    config = service.config.telegram
    groups = Groups(database, config.groups)
    await groups.load()
    people = People(database, config.admins, config.people)
    await people.load()
    shown_answers = ShownAnswers(database)

    async def migrated(old: int, new: int) -> None:
        await groups.follow(old, new)
        await shown_answers.follow(old, new)

    return BotContext(
        service=service,
        database=database,
        sender=MessageSender(bot, migrated),
        access=Access(bot, config, groups, people),
        claims=Claims(people),
        quota=Quota(config.limits.person, config.limits.chat),
        shown_answers=shown_answers,
        question_log=QuestionLog(
            database, keeping=config.store_questions, retention_days=config.retention_days
        ),
        conversations=Conversations(shown_answers),
        example_questions=ExampleQuestions(service),
        threads=ThreadPools(),
    )


async def _tell_of_another(context: BotContext) -> None:
    """Tell the admins that another program uses the token."""
    words = Rich(messages_in(context.language).admin.another_program)
    for admin in sorted(context.access.admins):
        await context.sender.send(ChatPlace(admin), words)


async def _offer_claim(context: BotContext) -> None:
    """Write a new link into the log that makes its opener admin, as long as there is none."""
    if context.claims.open:
        link = context.claims.new_link(context.me.username or "")
        m = messages_in(context.language)
        _log.warning(m.admin.claim_link.format(link=link, minutes=round(LASTS / 60)))


async def _forget_old(question_log: QuestionLog, inbox: Inbox) -> None:
    """Delete what has been kept long enough."""
    try:
        await question_log.forget_old()
        await inbox.forget_old()
    except StateError as exc:
        _log.error("nothing deleted reason=%s", exc.reason)


async def _connected(application: App, watch: HealthWatch, config: Config) -> bool:
    """Wait until Telegram can be reached; False where the bot has to stop before."""
    pause, said = _FIRST_PAUSE, False
    while not watch.ended.done():
        try:
            await application.initialize()
        except InvalidToken as exc:
            raise WrongToken from exc
        except (NetworkError, RetryAfter) as exc:
            if not said:
                _log.warning(_unreachable(config))
                said = True
            _log.warning(
                "Telegram cannot be reached error=%s pause=%.0f", type(exc).__name__, pause
            )
            with suppress(TimeoutError):
                await asyncio.wait_for(asyncio.shield(watch.ended), pause)
            pause = min(2 * pause, _LONGEST_PAUSE)
        else:
            return True
    return False


def _unreachable(config: Config) -> str:
    """Return, in the language of the configuration, where the bot cannot get to, and a way."""
    telegram, m = config.telegram, messages_in(config.language)
    host = urlsplit(telegram.base_url).hostname or telegram.base_url
    if telegram.proxy is None:
        return m.admin.telegram_unreachable.format(host=host)
    proxy = urlsplit(telegram.proxy)
    return m.admin.proxy_unreachable.format(host=host, proxy=f"{proxy.hostname}:{proxy.port}")


async def _listen(application: App, config: Config) -> None:
    """Begin to receive updates: at the webhook where one is configured, else by polling."""
    updater, webhook = application.updater, config.telegram.webhook
    if updater is None:
        return
    if webhook.url is None:
        await updater.start_polling(
            timeout=_LONG_POLL,
            bootstrap_retries=-1,
            allowed_updates=UPDATES,
            error_callback=_polling_failed,
        )
        return
    secret = load_webhook_secret(config) or Token(secrets.token_urlsafe(32))
    await updater.start_webhook(
        listen=webhook.listen,
        port=webhook.port,
        url_path=urlsplit(webhook.url).path.lstrip("/"),
        webhook_url=webhook.url,
        secret_token=secret.reveal(),
        bootstrap_retries=-1,
        allowed_updates=UPDATES,
    )


def _polling_failed(exc: Exception) -> None:
    _log.warning("polling failed error=%s", type(exc).__name__)


@asynccontextmanager
async def _running(application: App, updates: OrderedUpdates) -> AsyncIterator[None]:
    """Handle updates while the block runs; then finish what is being answered, within limits."""
    await application.start()
    try:
        yield
    finally:
        updates.closing = True
        if application.updater is not None and application.updater.running:
            await application.updater.stop()
        try:
            async with asyncio.timeout(_GRACE):
                await application.stop()
        except TimeoutError:
            _log.warning("not everything was finished; the rest waits for the next start")
