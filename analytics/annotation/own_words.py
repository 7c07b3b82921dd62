"""Sentences that also hold a source's words, read once more without them: what the outlet itself says in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..article import AnnotatedArticle, Sentence
from .encoder import Span
from .masking import Masked
from .reader import EncodedText, Reader

LEAST = 3  # words beside mentions and reporting cues; with fewer there is nothing of the outlet's to read
_GAP = " … "  # stands for what is left out, as in print


@dataclass(frozen=True, slots=True)
class OwnWords:
    """The outlet's words of one sentence, as the encoder sees them; `encoded` is None where too few are left."""

    stretches: tuple[Span, ...]  # of the article's content
    text: str
    encoded: EncodedText | None

    def place(self, start: int, end: int) -> Span | None:
        """Where a stretch of the content stands in `text`; None where it is not among the outlet's words."""
        at = 0
        for first, last in self.stretches:
            if first <= start and end <= last:
                return at + start - first, at + end - first
            at += last - first + len(_GAP)
        return None


def read_own_words(annotated: AnnotatedArticle, reader: Reader) -> dict[int, OwnWords]:
    """Sentence id → the outlet's words in it, for sentences that name an actor in these and hold others' words, too.

    The names are masked where they are in the article that is read already.
    """
    found = {}
    cues = _cues(annotated)
    for number in sorted({m.sentence_id for m in annotated.mentions if annotated.voice_at(m.start) == "outlet"}):
        sentence = annotated.sentences[number]
        stretches = tuple(_stretches(annotated, sentence))
        if sum(end - start for start, end in stretches) < sentence.end - sentence.start:
            text = _GAP.join(annotated.text_of(*stretch) for stretch in stretches)
            enough = _words_left(annotated, sentence, stretches, cues[number]) >= LEAST
            found[number] = OwnWords(stretches, text, None)
            if enough:
                masked = _masked(found[number], annotated.encoded)
                found[number] = replace(found[number], encoded=reader.read_masked(text, masked))
    return found


def _masked(own: OwnWords, encoded: EncodedText) -> list[Masked]:
    """The names among the outlet's words, where they stand in these."""
    first, last = own.stretches[0][0], own.stretches[-1][1]
    names = [name for name in encoded.masked if first <= name.start and name.end <= last]
    return [Masked(*place, name.piece) for name in names if (place := own.place(name.start, name.end))]


def _stretches(annotated: AnnotatedArticle, sentence: Sentence) -> Iterator[Span]:
    """The stretches of a sentence in the outlet's voice that hold a word; marks alone are left where they are."""
    at = sentence.start
    while at < sentence.end:
        span = annotated.voice_span_at(at)
        end = min(span.end, sentence.end)
        if span.voice == "outlet" and any(character.isalnum() for character in annotated.text_of(at, end)):
            yield at, end
        at = max(end, at + 1)


def _cues(annotated: AnnotatedArticle) -> dict[int, list[Span]]:
    """Sentence id → where its reporting cues stand."""
    found: dict[int, list[Span]] = defaultdict(list)
    for x in annotated.attributions:
        if x.cue_start is not None and x.cue_end is not None and (sentence := annotated.sentence_at(x.cue_start)):
            found[sentence.sentence_id].append((x.cue_start, x.cue_end))
    return found


def _words_left(
    annotated: AnnotatedArticle, sentence: Sentence, stretches: Sequence[Span], cues: Sequence[Span]
) -> int:
    """Words of some stretches of a sentence that neither name an actor nor introduce what somebody said."""
    return sum(
        token.is_word
        and token.index not in annotated.mention_at
        and any(start <= token.start < end for start, end in stretches)
        and not any(start <= token.start < end for start, end in cues)
        for token in annotated.tokens_of(sentence)
    )
