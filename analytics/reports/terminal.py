"""What `tellings compare` prints: what changed, most serious first, with the words of both sides."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from textwrap import shorten, wrap

from ..article import AnnotatedArticle
from ..stories.changes import CHANGE_KINDS, Change
from ..stories.comparison import Comparison
from ..stories.quotation_matching import QuotePair
from ..stories.word_difference import Piece
from ..vocabulary import SEVERITIES

WIDTH = 100
_LONGEST = 240  # characters of a passage that is no quotation
_AROUND = 110  # and of the sentence in which a word has no counterpart
_RETELLING = 0.5  # share of sentences with a counterpart
_IN_A_WORD = ("reporting_verb", "actor_missing", "actor_added")  # `what` says it all
_OF_CUES = ("hedge_lost", "hedge_gained", "booster_lost", "booster_gained", "number_added")
Style = Callable[[str, str], str]  # words and "removed", "added", "serious", "notable" or "quiet" → the words, styled


def plain(text: str, _: str) -> str:
    """No style: marks alone tell removed and added words."""
    return text


def describe_comparison(comparison: Comparison, *, everything: bool = False, style: Style = plain) -> str:
    """The comparison as lines of text. Minor changes are counted, or told too with `everything`.

    Between the words of two quotations, [-…-] are words that only the first has and {+…+} words that only the
    second has.
    """
    return "\n".join(_lines(comparison, everything=everything, style=style))


def _lines(comparison: Comparison, *, everything: bool, style: Style) -> Iterator[str]:
    yield f"A  {_heading(comparison.a)}"
    yield f"B  {_heading(comparison.b)}"
    yield ""
    yield from _summary(comparison)
    for severity, changes in groupby(comparison.changes, key=lambda change: change.severity):
        listed = list(changes)
        yield ""
        yield style(f"{SEVERITIES[severity].upper()} ({len(listed)})", SEVERITIES[severity])
        if severity == max(SEVERITIES) and not everything:
            counts = Counter(change.kind for change in listed)
            yield from _wrapped("; ".join(f"{CHANGE_KINDS[kind].label}: {n}" for kind, n in counts.items()), "  ")
            yield "  (--all shows them)"
        else:
            yield from _told(listed, comparison.quotes, style)


def _heading(annotated: AnnotatedArticle) -> str:
    article = annotated.article
    day = f"{article.published:%Y-%m-%d}" if article.published else None
    title = article.title or shorten(article.text, 70, placeholder=" …")
    file = Path(article.source_file).name if article.source_file else None
    return shorten(" | ".join(part for part in (file, article.outlet, day, title) if part), WIDTH - 4, placeholder=" …")


def _summary(comparison: Comparison) -> Iterator[str]:
    n = Counter(change.severity for change in comparison.changes)
    weights = ", ".join(f"{n[severity]} {name}" for severity, name in SEVERITIES.items())
    total = len(comparison.changes)
    yield f"{total} {'change' if total == 1 else 'changes'}: {weights}"
    for side, other, annotated in (("A", "B", comparison.a), ("B", "A", comparison.b)):
        share = comparison.shared[side.lower()]
        if share is not None:
            all_ = len(annotated.read_sentences)
            yield f"{round(share * all_)} of the {all_} sentences of {side} have a counterpart in {other}"
    left_out = sum(len(annotated.boilerplate) for annotated in (comparison.a, comparison.b))
    if left_out:
        yield f"{left_out} {'line' if left_out == 1 else 'lines'} of boilerplate left out (--keep-boilerplate)"
    if all(share is not None and share < _RETELLING for share in comparison.shared.values()):
        yield "Few sentences have a counterpart: perhaps independent accounts, not a text and its rewrite."
    quotes = Counter(str(pair.relation) for pair in comparison.quotes)
    told = ", ".join(f"{count} {name}" for name, count in _quote_counts(quotes))
    if told:
        yield from _wrapped(f"Quotations: {told}", "", later="  ")
    for annotated, side in ((comparison.a, "A"), (comparison.b, "B")):
        if annotated.flags:
            yield from _wrapped(f"Doubts about {side}: {'; '.join(annotated.flags)}", "", later="  ")


_QUOTE_WORDS = {
    "verbatim": "verbatim",
    "punctuation": "punctuation only",
    "trimmed": "trimmed",
    "extended": "extended",
    "reworded": "reworded inside the marks",
    "paraphrased": "turned into indirect speech",
    "put_in_marks": "put into marks",
    "only_a": "dropped",
    "only_b": "added",
}


def _quote_counts(quotes: Counter[str]) -> list[tuple[str, int]]:
    return [(words, quotes[relation]) for relation, words in _QUOTE_WORDS.items() if quotes[relation]]


def _told(changes: Iterable[Change], quotes: Sequence[QuotePair], style: Style) -> Iterator[str]:
    for change in changes:
        yield from _wrapped(f"{CHANGE_KINDS[change.kind].label} · {change.what}", "", later="    ")
        pair = quotes[change.quote] if change.quote is not None else None
        if pair is not None and pair.a and pair.b and pair.a.direct and pair.b.direct:
            yield from _wrapped(marked(pair.difference, pair.a.text, "a", style), "  A  ")
            yield from _wrapped(marked(pair.difference, pair.b.text, "b", style), "  B  ")
        elif change.kind not in _IN_A_WORD:
            longest = _AROUND if change.kind in _OF_CUES else _LONGEST
            for side, passage in (("A", change.a), ("B", change.b)):
                if passage is not None:
                    yield from _wrapped(shorten(passage.text, longest, placeholder=" …"), f"  {side}  ")
        if change.warning:
            yield from _wrapped(style(f"! {change.warning}", "serious"), "     ")


def marked(pieces: Sequence[Piece], text: str, side: str, style: Style = plain) -> str:
    """A quotation with the words marked that the other telling's does not have."""
    parts, at = [], 0
    for piece in pieces:
        start, end = (piece.start_a, piece.end_a) if side == "a" else (piece.start_b, piece.end_b)
        if piece.operation == "same" or start == end:
            continue
        words = f"[-{text[start:end]}-]" if side == "a" else f"{{+{text[start:end]}+}}"
        parts += [text[at:start], style(words, "removed" if side == "a" else "added")]
        at = end
    return "".join([*parts, text[at:]])


_GAP = re.compile(" {2,}")


def _wrapped(text: str, first: str, *, later: str | None = None) -> Iterator[str]:
    indent = later if later is not None else " " * len(first)
    text = _GAP.sub(" ", text)  # where a reporting clause interrupts a quotation
    yield from wrap(text, WIDTH, initial_indent=first, subsequent_indent=indent, break_long_words=False) or [first]
