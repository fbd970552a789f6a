"""`baogao ask` and `baogao chat`."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from bot.cli.json_contract import answer_to_json, composition_to_json, sides_to_json
from bot.cli.terminal import progress_bar, render_answer, say, show, show_json
from bot.errors import Usage
from bot.messages import Messages
from bot.service import Service
from bot.wording.changes import describe, some_of
from bot.wording.compositions import composition_lines
from bot.wording.error_sentences import damaged, explain, reason_of
from bot.wording.notes import explanation
from corpus.durable.faults import StateError
from index.answering.answer import Answer, Refusal
from index.errors import IndexDamaged, IndexMissing, SearchError
from index.understanding.conversation import Turn
from index.understanding.splitting import split_questions


def ask(args: argparse.Namespace, service: Service, m: Messages) -> int:
    """Answer one question; 0 answered or unsure, 1 nothing found."""
    question = args.question.strip()
    if not question:
        raise Usage(m.empty_question)
    if args.report is not None:
        service.library.path(args.report)
    if args.compare is not None and args.year is not None:
        raise Usage(m.understanding.compare_or_year)
    prepare(service, m)
    years = frozenset(args.compare or ()) or frozenset({args.year} - {None}) or None
    questions = [question] if args.json else split_questions(question)
    answers: list[Answer] = []
    for asked in questions:
        previous = answers[-1].turn if answers else None
        answers.append(
            service.ask(
                asked,
                years=years,
                report=args.report,
                top=args.top,
                previous=previous,
                with_model=True,
            )
        )
    if args.json:
        show_json(_to_json(answers[0], args, service, m))
    else:
        several = len(answers) > 1
        show("\n\n".join(_shown(answer, args, service, m, several=several) for answer in answers))
    return min(map(_status, answers))


def _shown(
    answer: Answer, args: argparse.Namespace, service: Service, m: Messages, *, several: bool
) -> str:
    rendered = _rendered(answer, service, m)
    if args.explain:
        return f"{explanation(answer.question, m)}\n\n{rendered}"
    return f"{answer.question.typed}\n{rendered}" if several else rendered


def _rendered(answer: Answer, service: Service, m: Messages) -> str:
    """Return an answer, below what a language model put together of it where there is one."""
    rendered = render_answer(answer, m, styled=sys.stdout.isatty())
    composition = service.compose(answer)
    if composition is None:
        return rendered
    return "\n".join((*composition_lines(composition, m), "", rendered))


def _to_json(
    answer: Answer, args: argparse.Namespace, service: Service, m: Messages
) -> dict[str, Any]:
    """Return the answer as the contract has it; further keys come only with further options."""
    found = answer_to_json(answer)
    if (composition := service.compose(answer)) is not None:
        found["composed"] = composition_to_json(composition)
    if args.compare is not None:
        found["sides"] = sides_to_json(answer)
    if args.explain:
        found["explanation"] = explanation(answer.question, m).splitlines()
    return found


def chat(args: argparse.Namespace, service: Service, m: Messages) -> int:
    """Answer questions until there are no more."""
    prepare(service, m)
    if args.json:
        return _chat_in_json(service)
    interactive = sys.stdin.isatty()
    if interactive:
        say(m.chat_welcome)
    previous: Turn | None = None
    while True:
        try:
            question = input("> " if interactive else "").strip()
        except EOFError:
            break
        if not question:
            if interactive:
                break
            continue
        for asked in split_questions(question):
            try:
                answer = service.ask(asked, previous=previous, with_model=True)
            except (SearchError, StateError) as exc:
                say(explain(exc, m))
                continue
            previous = answer.turn
            show(_rendered(answer, service, m) + "\n")
    if interactive:
        say(m.chat_bye)
    return 0


def _chat_in_json(service: Service) -> int:
    """Answer a question a line with an object a line; an empty line begins a new conversation."""
    previous: Turn | None = None
    for line in sys.stdin:
        question = line.strip()
        if not question:
            previous = None
            continue
        answer = service.ask(question, previous=previous, with_model=True)
        previous = answer.turn
        show_json(answer_to_json(answer))
    return 0


def prepare(service: Service, m: Messages) -> None:
    """Open the index; build it first where there is none, or none that is sound."""
    try:
        opened = service.opened()
    except (IndexMissing, IndexDamaged) as exc:
        if isinstance(exc, IndexDamaged):
            say(explain(exc, m))
        with progress_bar(m.building, m) as progress:
            changes = service.bring_up_to_date(progress=progress)
        for line in describe(changes, m):
            say(line)
        return
    for refused in service.unreadable():
        say(m.unreadable.format(name=refused.path.name, reason=reason_of(refused, m)))
    if opened.damaged:
        say(m.damaged_passed_over.format(details=damaged(opened.damaged, m)))
    elif names := service.changed(opened):
        say(m.index_stale.format(names=some_of(names)))


def _status(answer: Answer) -> int:
    return 1 if isinstance(answer.content, Refusal) else 0
