"""What every reader can do."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from corpus.report import Passage
from index.lexical.folding import fold


@dataclass(frozen=True, slots=True)
class SentenceScore:
    """How likely a sentence belongs to the answer.

    `start` and `end` are [start, end) character offsets into the passage's text, those of
    `corpus.text.sentences.sentences`. `score` is a logit: higher is likelier evidence, above 0
    likelier than not where the reader has learnt it. `span` are the [start, end) of the words in
    it that answer best, `margin` how much likelier they are an answer than there is none in the
    passage, in logits; None and 0 where the reader does not say.
    """

    start: int
    end: int
    score: float
    span: tuple[int, int] | None = None
    margin: float = 0.0


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader makes of one passage.

    `start` and `end` are [start, end) character offsets into the passage's text: the words
    that answer best, whether or not they are an answer. `score` is the logit of these words,
    `nothing` that of "no answer here"; higher is likelier, and their difference decides.

    `sentences` are all sentences of the passage in their order, `evidence` is the logit of "some
    sentence here belongs to the answer"; higher is likelier.
    """

    start: int
    end: int
    score: float
    nothing: float
    sentences: tuple[SentenceScore, ...] = ()
    evidence: float = 0.0

    @property
    def margin(self) -> float:
        """How much likelier an answer is than none, in logits; above 0 it is likelier."""
        return self.score - self.nothing


class Reader(Protocol):
    """Finds the words of a passage that answer a question, and says whether there are any.

    Safe to use from several threads at once.
    """

    @property
    def fingerprint(self) -> str:
        """Hexadecimal identity of all that decides a reading; "lexical" where nothing is learnt."""
        ...

    def read(
        self, question: str, passages: Sequence[Passage], beside: Sequence[str] = ()
    ) -> list[Reading]:
        """Read every passage for itself; one reading a passage, in the order of `passages`.

        Args:
            question: The question as it stands alone, with the year it names.
            passages: The passages to read, of any length.
            beside: Other words for those of the question, which a passage may have instead.
        """
        ...


def heading(passage: Passage) -> str:
    """Return what a reader is told about where a passage stands, folded.

    The title has the school and the year, without which a look-alike of another year cannot
    be told from the answer; the headings say what "重点" or "下一步" are about.
    """
    title = fold(passage.title)
    if passage.year is not None and str(passage.year) not in title:
        title = f"{passage.year}年 {title}"  # known from elsewhere, or put right by an admin
    return " ".join((title, *map(fold, passage.path)))
