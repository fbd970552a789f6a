"""The JSON of `baogao ask --json`: a contract other programs rely on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from index.answering.answer import Answer, Found, KeySentences, Refusal, SideBySide

if TYPE_CHECKING:
    from index.language_model.writing import Composition


def answer_to_json(answer: Answer) -> dict[str, Any]:
    """Return `answer` as the contract lays it down.

    Where a summary has more key sentences than are quoted, `more` says how many.
    """
    content = answer.content
    more = {"more": content.more} if isinstance(content, KeySentences) and content.more else {}
    marked = not isinstance(content, Refusal)
    return {
        "question": answer.question.typed,
        "status": answer.status.value,
        "answer": answer.text,
        "confidence": round(answer.confidence, 4),
        "passages": [_passage(found, marked=marked) for found in answer.passages],
        "timing_ms": dict(answer.milliseconds),
        **more,
    }


def sides_to_json(answer: Answer) -> list[dict[str, Any]]:
    """Return the years side by side: `only` are the sentences that no other year has."""
    if not isinstance(answer.content, SideBySide):
        return []
    return [
        {
            "year": side.year,
            "reported": side.reported,
            "passages": [_passage(found, marked=True) for found in side.found],
            "only": [list(span) for span in side.only],
        }
        for side in answer.content.sides
    ]


def composition_to_json(composition: Composition) -> list[dict[str, Any]]:
    """Return the sentences that a language model put together, each with what it rests on."""
    places = {source.number: source.found.passage for source in composition.sources}
    return [
        {
            "text": each.text,
            "sources": [
                {"passage": places[n].id, "report": places[n].report} for n in each.numbers
            ],
        }
        for each in composition.sentences
    ]


def _passage(found: Found, *, marked: bool) -> dict[str, Any]:
    """Return one passage; in a refusal it has no words that answer."""
    passage = found.passage
    spans = found.spans if marked else ()
    return {
        "id": passage.id,
        "report": passage.report,
        "title": passage.title,
        "year": passage.year,
        "path": list(passage.path),
        "paragraph": passage.paragraph,
        "text": passage.text,
        "score": round(found.score, 4),
        "spans": [list(span) for span in spans],
    }
