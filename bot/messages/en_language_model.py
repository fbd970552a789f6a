"""English: a language model."""

from __future__ import annotations

from bot.messages.language_model import LanguageModelMessages
from index.errors import LanguageModelFault

EN_LANGUAGE_MODEL = LanguageModelMessages(
    composed="Put together; the numbers say where it stands",
    source="[{number}] {words}",
    leaves=(
        "This school uses a language model ({host}): your question and the passages that may "
        "answer it are sent there. What it writes is shown only after every word was checked."
    ),
    error="The language model at {address} cannot be used: {reason}.",
    faults={
        LanguageModelFault.NO_LIBRARY: "run pip install 'baogao[llm]' first",
        LanguageModelFault.AWAY: "it cannot be reached",
        LanguageModelFault.TIMED_OUT: "there was no complete reply within llm.timeout",
        LanguageModelFault.LIMITED: "it is asked too much (429); try again later",
        LanguageModelFault.KEY: (
            "the key is wrong or lets too little; look at BAOGAO_LLM_KEY or llm.key_file"
        ),
        LanguageModelFault.NO_MODEL: (
            "there is no model as llm.model names, or the address is wrong (it mostly ends in /v1)"
        ),
        LanguageModelFault.REFUSED: "the request was refused",
        LanguageModelFault.FAILED: "the server failed",
        LanguageModelFault.BROKEN: "the reply is broken, or no chat completion",
        LanguageModelFault.TOOLS: "the model calls tools that it was not given",
        LanguageModelFault.TOO_LONG: "the reply does not end",
        LanguageModelFault.FORMAT: "the reply does not have the form that was asked for",
        LanguageModelFault.PAUSED: "it failed a moment ago and is left alone for a while",
    },
    doctor_good="language model {model} ({address}): replied {reply} in {seconds} s",
    doctor_bad="language model {model}: {problem} Answers are given without it, quoting as ever",
    doctor_leaves=(
        "llm.base_url is not on this machine: questions and the passages that may answer them "
        "are sent to {host}"
    ),
    stats_pointing=(
        "Language model, pointing: pointed {pointed}, none {none}, not believed {doubted}, "
        "no reply {failed}"
    ),
    stats_writing=(
        "Language model, writing: passed {whole}, in part {partly}, not passed {not_composed}, "
        "queue full {turned_away}"
    ),
    stats_reason="  {count} ×  {reason}",
    reasons={
        "NO_NUMBERS": "named no numbers",
        "LENGTH": "too short or too long",
        "FIGURE": "a figure or date is not in its evidence",
        "QUOTED": "a quoted phrase is not in its evidence",
        "TURNED": "negation, comparison or plan changed",
        "YEARS": "unclear which year",
        "MOVED": "words torn out or joined",
        "WORDS": "words that are not in its evidence",
        "UNUSED": "names numbers that it does not use",
        "FORM": "no list of numbers",
        "RANGE": "numbers out of range",
        "ALL": "points at everything",
        "SURE": "none, where the reader is sure",
    },
)
