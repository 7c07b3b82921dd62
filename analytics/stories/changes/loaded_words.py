"""Loaded words that came or went in sentences that tell the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from ...article import Token
from ...measures import loaded_language
from .contract import Change, ChangeKind, Pair, Passage, Side
from .replacements import much_the_same

KINDS = (
    ChangeKind(
        name="loaded_wording",
        label="Loaded words came or went",
        meaning="The same matter is told in words that take a side or say what to feel, or no longer is.",
        group="slant",
        rank=155,
    ),
)

_WORD = re.compile(r"\w+")  # the parts of a word with a hyphen, too
_STRONG = 1.2  # of VADER's valences, −4 to 4, from which an adjective or adverb judges
_JUDGING = frozenset({"ADJ", "ADV"})
_PLAIN = frozenset(
    "dead alive injured wounded killed sick ill hurt sure sorry free clear safe super ready like well good great top "
    "strong best better secure able certain important special original active novel united worth critical serious "
    "true fine legal illegal capable helpful effective effectively powerful broken safely free freely criminal popular "
    "significant successful peace".split()
)  # adjectives that state, in news, far more often than they judge


def find(pair: Pair) -> Iterator[Change]:
    """Loaded words that one of two sentences alone has: of the lexicon, and where the sentences are much the same
    adjectives and adverbs that judge strongly, too.

    Words inside quotation marks are left out: those are compared on their own.
    """
    loaded_a, loaded_b = _Loaded(pair.a), _Loaded(pair.b)
    for x in pair.joined:
        same = much_the_same(pair.a.whole(x.a).text, pair.b.whole(x.b).text)
        here, there = loaded_a.of(x.a, judging=same), loaded_b.of(x.b, judging=same)
        gone = [p for p in here if not _stands(p.text, pair.b, x.b)]
        new = [p for p in there if not _stands(p.text, pair.a, x.a)]
        if not gone and not new:
            continue
        parts = [f"{_listed(new)} new" if new else "", f"{_listed(gone)} gone" if gone else ""]
        yield Change(
            kind="loaded_wording",
            severity=2,
            what="; ".join(filter(None, parts)),
            a=pair.a.whole(x.a),
            b=pair.b.whole(x.b),
        )


class _Loaded:
    """The loaded words of a telling, found once."""

    def __init__(self, side: Side) -> None:
        self._side = side
        found = loaded_language.find(side.annotated)
        self._spans = [(int(str(f["start"])), int(str(f["end"]))) for f in found]

    def of(self, numbers: Sequence[int], *, judging: bool) -> list[Passage]:
        """Those of some sentences: of the lexicon, and where it is asked for all that judge strongly."""
        side = self._side
        found: list[Passage] = []
        for number in numbers:
            sentence = side.sentences[number]
            spans = [span for span in self._spans if sentence.start <= span[0] < sentence.end]
            for token in side.annotated.tokens_of(sentence) if judging else ():
                covered = any(start <= token.start < end for start, end in spans)
                if not covered and _judges(token) and side.annotated.voice_span_at(token.start).voice != "quoted":
                    spans.append((token.start, token.end))
            found += [side.passage(start, end) for start, end in sorted(spans) if not _quoted(side, start)]
        return found


def _quoted(side: Side, start: int) -> bool:
    return side.annotated.voice_span_at(start).voice == "quoted"


def _judges(token: Token) -> bool:
    judging = token.pos in _JUDGING or (token.pos == "VERB" and token.dep == "amod")
    return (
        judging
        and not {token.lemma, token.text.lower()} & _PLAIN
        and abs(_valences().get(token.text.lower(), 0.0)) >= _STRONG
    )


@cache
def _valences() -> dict[str, float]:
    return {str(word): float(value) for word, value in SentimentIntensityAnalyzer().lexicon.items()}


def _stands(text: str, side: Side, numbers: Sequence[int]) -> bool:
    sought = set(_WORD.findall(text.lower()))
    return any(sought <= set(_WORD.findall(side.texts[n].lower())) for n in numbers)


def _listed(found: Sequence[Passage]) -> str:
    named = [f"“{p.text}”" for p in found]
    return f"{', '.join(dict.fromkeys(named))} {'is' if len(named) == 1 else 'are'}"
