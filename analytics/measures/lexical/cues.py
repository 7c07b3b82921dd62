"""What the measures that count words of a lexicon share: entries with context rules, rows of `cues`, rates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from ...article import AnnotatedArticle
from ...errors import KnowledgeError
from ...knowledge.lexicon import Entry
from ...vocabulary import VOICES
from ..contract import Finding, ScoreRow
from .matching import Match, Matcher

Rule = Callable[[AnnotatedArticle, Match], bool]


def matcher_of(entries: Sequence[Entry], rules: Mapping[str, Rule]) -> Matcher:
    """A matcher over entries whose context rules are known. Raises KnowledgeError, naming file and line."""
    for entry in entries:
        if entry.when and entry.when not in rules:
            raise KnowledgeError(
                f"{entry.lexicon}.tsv:{entry.line}: no context rule {entry.when!r}; there are: {', '.join(rules)}"
            )
    return Matcher(entries)


def in_context(annotated: AnnotatedArticle, match: Match, rules: Mapping[str, Rule]) -> bool:
    """Whether the rule of a match's entry holds where it stands."""
    return not match.entry.when or rules[match.entry.when](annotated, match)


def finding(
    annotated: AnnotatedArticle, match: Match, cue_type: str, *, scope: tuple[int | None, int | None] = (None, None)
) -> Finding:
    """A row of the table `cues`, in the voice that the match begins in."""
    voice = annotated.voice_span_at(match.start)
    return {
        "sentence_id": match.sentence.sentence_id,
        "cue_type": cue_type,
        "kind": match.entry.label,
        "text": annotated.text_of(match.start, match.end),
        "start": match.start,
        "end": match.end,
        "scope_start": scope[0],
        "scope_end": scope[1],
        "voice": voice.voice,
        "speaker_id": voice.speaker_id,
    }


def rates(annotated: AnnotatedArticle, findings: Iterable[Finding], scores: Mapping[str, str]) -> Iterator[ScoreRow]:
    """Cues per word in each voice that has words, for each type of cue and the name of its score."""
    counts = Counter((each["cue_type"], each["voice"]) for each in findings)
    words = annotated.words_by_voice
    for cue_type, name in scores.items():
        for voice in VOICES:
            if words[voice]:
                yield ScoreRow(score=name, voice=voice, numerator=counts[cue_type, voice], denominator=words[voice])
