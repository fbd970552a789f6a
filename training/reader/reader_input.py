"""Examples → token ids, as the reader sees them when it is used."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.text.sentences import sentences
from index.readers.spans import tokens_of
from index.readers.windows import Layout, Window
from index.understanding.words.aliases import Aliases, also
from index.understanding.words.everyday_words import report_words
from index.understanding.words.written_forms import other_forms
from training.reader.data.reader_examples import Example


@dataclass(frozen=True, slots=True)
class SentenceTokens:
    """The [first, last) tokens of a sentence, and whether it belongs to the answer, if known."""

    first: int
    last: int
    belongs: bool | None


@dataclass(frozen=True, slots=True)
class Tokens:
    """An example in tokens.

    `first` and `last` are the first and the last token of the answer, 0 and 0 (the place of
    "no answer") where there is none; where they are not `marked` nobody knows. The passage's
    tokens are those from `text_start` on, but for the last one. `sentences` are those of the
    passage.
    """

    ids: tuple[int, ...]
    text_start: int
    first: int
    last: int
    sentences: tuple[SentenceTokens, ...] = ()
    marked: bool = True

    @property
    def holds(self) -> bool:
        """Whether a sentence belongs to the answer."""
        return any(each.belongs for each in self.sentences)


def tokenise(layout: Layout, examples: Sequence[Example]) -> list[Tokens]:
    """Cut examples into tokens; what is longer than the layout allows is cut at its end.

    An example whose answer lies behind the cut becomes one without an answer.
    """
    return [_tokens(layout, example) for example in examples]


def window_of(layout: Layout, example: Example) -> Window:
    """Return the first window of an example, as the program would read it."""
    asked = example.question
    formal = (*also((*Aliases.of().changes(asked), *other_forms(asked))), *report_words(asked))
    return layout.windows(asked, example.context, example.text, formal)[0]


def _tokens(layout: Layout, example: Example) -> Tokens:
    window = window_of(layout, example)
    first = last = 0
    if example.end > example.start >= 0:
        covering = [
            index
            for index, (start, end) in enumerate(window.offsets)
            if start < example.end and example.start < end
        ]
        if covering and window.offsets[covering[-1]][1] >= example.end:
            first, last = covering[0] + window.text_start, covering[-1] + window.text_start
    return Tokens(
        tuple(window.ids),
        window.text_start,
        first,
        last,
        tuple(_sentences(window, example)),
        example.marked,
    )


def _sentences(window: Window, example: Example) -> Iterator[SentenceTokens]:
    for place, first, last in tokens_of(window, sentences(example.text)):
        belongs = any(a < place[1] and place[0] < b for a, b in example.evidence)
        yield SentenceTokens(first, last, belongs if belongs or example.complete else None)
