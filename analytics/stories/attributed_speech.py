"""What an article puts in somebody's mouth: quotations and indirect speech."""

from __future__ import annotations

from dataclasses import dataclass

from ..article import AnnotatedArticle, Attribution


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributedSpeech:
    """Words that a telling puts in somebody's mouth: inside quotation marks (direct) or as indirect speech."""

    direct: bool
    text: str
    start: int
    end: int
    clause: str  # for a quotation, the indirect speech or sentence that it is part of; else the text itself
    context: str  # the sentence
    sentence_id: int
    speaker_id: str | None = None
    speaker_text: str | None = None
    cue: str | None = None
    cue_class: str | None = None
    cue_start: int | None = None
    cue_end: int | None = None
    attribution_id: int | None = None  # null for words in marks that nobody is named for


def attributed_speech(annotated: AnnotatedArticle) -> list[AttributedSpeech]:
    """The quotations and the indirect speech of an article, in order.

    A stretch in quotation marks for which nobody is named is among them, without a speaker. What stands in
    boilerplate, such as the words of a caption, is not.
    """
    found = [_said(annotated, x) for x in annotated.attributions if annotated.sentences]
    quoted = [(x.start, x.end) for x in annotated.attributions if x.kind == "direct"]
    for span in annotated.voices:
        if span.voice != "quoted" or any(start < span.end and span.start < end for start, end in quoted):
            continue
        if annotated.boilerplate_at(span.start) is not None:
            continue
        start, end = _inside_marks(annotated.content, span.start, span.end)
        sentence = annotated.sentence_at(start)
        if start < end and sentence is not None:
            context = annotated.text_of(sentence.start, sentence.end)
            found.append(
                AttributedSpeech(
                    direct=True,
                    text=annotated.text_of(start, end),
                    start=start,
                    end=end,
                    clause=context,
                    context=context,
                    sentence_id=sentence.sentence_id,
                )
            )
    return sorted(found, key=lambda said: (said.start, -said.end))


def _said(annotated: AnnotatedArticle, x: Attribution) -> AttributedSpeech:
    text = annotated.text_of(x.start, x.end)
    sentence = next(s for s in annotated.sentences if s.sentence_id == x.sentence_id)
    context = annotated.text_of(sentence.start, sentence.end)
    clause = text
    if x.kind == "direct":
        around = [y for y in annotated.attributions if y.kind == "mixed" and y.start <= x.start and x.end <= y.end]
        clause = min((annotated.text_of(y.start, y.end) for y in around), key=len, default=context)
    return AttributedSpeech(
        direct=x.kind == "direct",
        text=text,
        start=x.start,
        end=x.end,
        clause=clause,
        context=context,
        sentence_id=x.sentence_id,
        speaker_id=x.speaker_id,
        speaker_text=x.speaker_text,
        cue=x.cue,
        cue_class=x.cue_class,
        cue_start=x.cue_start,
        cue_end=x.cue_end,
        attribution_id=x.attribution_id,
    )


_MARKS = "“”\"‘’'"


def _inside_marks(content: str, start: int, end: int) -> tuple[int, int]:
    if content[start] in _MARKS:
        start += 1
    if end > start and content[end - 1] in _MARKS:
        end -= 1
    return start, end
