"""English: how questions were understood."""

from __future__ import annotations

from bot.messages.understanding import UnderstandingMessages
from index.understanding.about_bot import AboutBot
from index.understanding.quantities.expected import ExpectedType
from index.understanding.question import Facet, Origin, QuestionKind, Why

EN_UNDERSTANDING = UnderstandingMessages(
    took_years="“{words}” was taken as {years}.",
    borrowed=(
        "There is no report of {asked}; these words stand in the report of {source}"
        " and speak of {asked}."
    ),
    planned="These words stand in the report of {source} and speak of {asked}.",
    corrected="Searched for “{into}” (you wrote “{words}”).",
    no_report="There is no report of {wanted}. There are: {there}.",
    no_school="There is no report of “{name}”.",
    about={
        AboutBot.HELP: "I answer only what the school's work reports say. Just ask; name a "
        "year if you like "
        "(“How many lessons did the secretary give in 2021?”) and follow up "
        "(“and the year before?”, “why?”). Every answer "
        "is quoted from a report, with its place.",
        AboutBot.REPORTS: "These are the reports:",
        AboutBot.OUTLINE: "The parts of this report:",
        AboutBot.SOURCE: "It stands here:",
        AboutBot.FILE: "This report:",
    },
    nothing_shown=(
        "Ask something about the reports first, then where the words stand or for the file."
    ),
    elsewhere="Other years say it differently:",
    elsewhere_line="{year}: {words}",
    items="{count} items:",
    items_open="{count} items are named; the report goes on with 等 (“and so on”):",
    more_items="{count} more are not shown.",
    item="{number}. {text}",
    more_years="Too many years at once: {years} not shown; ask for them separately.",
    side_unreported="there is no report of this year",
    side_silent="the reports of this year do not say",
    only_here="＊ only this year says so",
    years_silent="Not found: {years}",
    years_wordy="Without a figure: {years}",
    most="Most in {years}: {words}",
    least="Least in {years}: {words}",
    of_those_found="Of the years that were found: {said}",
    figure_of_year="{year}: {words}",
    chart="Bar chart: {figures}.",
    compare_usage="Give the years and the question, for example: /compare 2020 2021 双减",
    compare_or_year="Use either --compare or --year.",
    asked="Question: {text}",
    searched="Searched for: {words}",
    also="And for: {words}",
    kind="Asks for: {kind}",
    kinds={
        QuestionKind.FACT: "a fact",
        QuestionKind.LIST: "a list",
        QuestionKind.COUNT: "a count, with what is counted",
        QuestionKind.SUMMARY: "a summary",
        QuestionKind.COMPARISON: "a comparison",
        QuestionKind.REASON: "a reason",
        QuestionKind.YES_NO: "yes or no",
        QuestionKind.TOPIC: "what is said about it",
    },
    wanted="An answer has: {thing}",
    things={
        ExpectedType.MONEY: "a sum of money",
        ExpectedType.PEOPLE: "a number of people",
        ExpectedType.DATE: "a time",
        ExpectedType.CONTACT: "a way to get in touch",
        ExpectedType.NUMBER: "a number",
    },
    years="Years: {years} ({origin})",
    origins={
        Origin.NONE: "not said",
        Origin.ASKER: "the asker's restriction",
        Origin.NAMED: "named in the question",
        Origin.RELATIVE: "counted from the newest report",
        Origin.FROM_TALK: "counted from the year being talked about",
        Origin.PERIOD: "a five-year plan",
        Origin.CARRIED: "carried over",
    },
    no_years="Years: none named; the newest report that answers comes first",
    of_report="only reports of that year, not others that speak of it",
    each_year="each year is answered by itself",
    reports="Reports: {names}",
    changed="{words} → {into} ({why})",
    whys={
        Why.ALIAS: "abbreviation",
        Why.SOUND: "same sound",
        Why.SHAPE: "similar shape",
        Why.NUMERAL: "numeral",
        Why.UNIT: "a unit",
        Why.ENGLISH: "English",
    },
    continued="Continues the question before, with: {topic}",
    place="Looked first where the answer before stood: {place}",
    facet="Follows up on: {facet}",
    facets={
        Facet.PLAN: "what comes next",
        Facet.CAUSE: "the cause",
        Facet.EFFECT: "the outcome",
        Facet.MORE: "what else there is",
    },
    ordinal="item {number}",
    last="the last item",
    part="part {number}",
    count="{count} items expected",
    comma=", ",
)
