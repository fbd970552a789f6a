"""What was made of a question, in words: `baogao ask --explain`, and the notes beside answers."""

from __future__ import annotations

from collections.abc import Iterator

from bot.messages import Messages
from bot.wording.years import year_label, years
from index.answering.answer import AboutProgram, Answer, SideBySide, Status
from index.understanding.about_bot import AboutBot
from index.understanding.question import Origin, Question, Why

ONLY = "＊"
"""Marks a sentence that only one of the years has."""

_UNQUOTED = str.maketrans("", "", '“”"')
_SAID = (Origin.RELATIVE, Origin.FROM_TALK, Origin.PERIOD)


def notes(answer: Answer, m: Messages) -> list[str]:
    """Return what must be said beside an answer.

    Which years words such as 去年 were taken for, what was corrected, that the answer comes
    from the report of another year, and which of the years asked for have no report.
    """
    question, words = answer.question, m.understanding
    found = [
        words.corrected.format(words=change.words, into=change.into)
        for change in question.changes
        if change.why in {Why.SOUND, Why.SHAPE}
    ]
    if question.time.origin in _SAID and question.time.words:
        said = words.comma.join(question.time.words).translate(_UNQUOTED)
        found.append(words.took_years.format(words=said, years=years(question.years, m)))
    if answer.borrowed and answer.status is not Status.NOT_FOUND:
        source = answer.passages[0].passage.year
        asked = years(question.years, m)
        template = words.borrowed if answer.missing else words.planned
        found.append(template.format(asked=asked, source=year_label(source, m)))
    elif missing := answer.missing:
        there = years(sorted(answer.reported), m) or "—"
        found.append(words.no_report.format(wanted=years(missing, m), there=there))
    if question.unknown_organisation is not None:
        found.append(words.no_school.format(name=question.unknown_organisation))
    if unshown := _unshown(answer):
        found.append(words.more_years.format(years=years(unshown, m)))
    return found


def _unshown(answer: Answer) -> tuple[int, ...]:
    """Return the years asked for that are not among those side by side, for there are too many."""
    if not isinstance(answer.content, SideBySide):
        return ()
    shown = {side.year for side in answer.content.sides}
    return tuple(year for year in answer.question.years if year not in shown)


def counted(count: int, m: Messages, *, open_ended: bool) -> str:
    """Return how many items a list has; where the report ends it with 等, that it is not all."""
    words = m.understanding
    return (words.items_open if open_ended else words.items).format(count=count)


def about_program(content: AboutProgram, m: Messages) -> list[str]:
    """Return the lines that answer a question about the program itself."""
    words = m.understanding
    if content.about in {AboutBot.SOURCE, AboutBot.FILE} and not content.lines:
        return [words.nothing_shown]
    return [words.about[content.about], *(f"· {line}" for line in content.lines)]


def explanation(question: Question, m: Messages) -> str:
    """Return everything that was made of a question, a line each."""
    return "\n".join(_lines(question, m))


def _lines(question: Question, m: Messages) -> Iterator[str]:
    words = m.understanding
    yield words.asked.format(text=question.typed)
    yield from _continuation(question, m)
    yield words.kind.format(kind=words.kinds[question.kind])
    if question.wanted is not None:
        yield words.wanted.format(thing=words.things[question.wanted])
    yield from _times(question, m)
    if question.reports:
        yield words.reports.format(names=words.comma.join(question.reports))
    if question.facet is not None and question.depends:
        yield words.facet.format(facet=words.facets[question.facet])
    if question.ordinal is not None:
        last = question.ordinal == -1
        yield words.last if last else words.ordinal.format(number=question.ordinal)
    if question.part is not None:
        yield words.last if question.part == -1 else words.part.format(number=question.part)
    if question.items is not None:
        yield words.count.format(count=question.items)
    for change in question.changes:
        why = words.whys[change.why]
        yield words.changed.format(words=change.words, into=change.into, why=why)
    yield words.searched.format(words=question.searched)
    if question.also:
        yield words.also.format(words=words.comma.join(question.also))


def _continuation(question: Question, m: Messages) -> Iterator[str]:
    words, carried = m.understanding, question.carried
    if carried is None:
        return
    yield words.continued.format(topic=carried.topic)
    if carried.place is not None:
        place = " › ".join((m.titled.format(title=carried.place.report), *carried.place.path))
        yield words.place.format(place=place)


def _times(question: Question, m: Messages) -> Iterator[str]:
    words, time = m.understanding, question.time
    if not time.years:
        yield words.no_years
        return
    origin = words.origins[time.origin]
    if time.words:
        origin = f"{words.comma.join(time.words)}, {origin}"
    yield words.years.format(years=years(time.years, m), origin=origin)
    if time.of_report:
        yield words.of_report
    if time.each_year:
        yield words.each_year
