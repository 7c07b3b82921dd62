"""A comparison as one HTML page without scripts: to read, to print, to send to a colleague."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from textwrap import shorten
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from ..article import AnnotatedArticle
from ..stories.alignment import Alignment
from ..stories.changes import CHANGE_KINDS, Change, Passage
from ..stories.comparison import Comparison
from ..stories.quotation_matching import QuotePair
from ..stories.word_difference import difference, shared, words
from ..vocabulary import ALIGNMENT_RELATIONS, SEVERITIES
from .word_diff import word_diff

_SIGNS = {1: "▲", 2: "◆", 3: "○"}
_MARKED_FROM = 0.5  # share of words in common; below it marks would cover the sentence
_LONGEST = 400
_NO_COUNTERPART = Markup('<span class="alone">no counterpart</span>')
_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)


def comparison_page(comparison: Comparison) -> str:
    """The comparison as an HTML document that needs nothing from elsewhere and runs no script.

    First the changes, most serious first, each with a link to its place; then the two tellings sentence by sentence.
    Filters are check boxes; words only in the first are struck through, words only in the second underlined.
    """
    rows = _rows_of(comparison.alignments)
    tellings = {"a": comparison.a, "b": comparison.b}
    return _TEMPLATES.get_template("comparison.html").render(
        sides=[_heading(side, annotated, comparison.shared[side]) for side, annotated in tellings.items()],
        changes=[_change(change, comparison, rows) for change in comparison.changes],
        counted=Counter(change.severity for change in comparison.changes),
        severities=SEVERITIES,
        signs=_SIGNS,
        rows=list(_rows(comparison)),
        no_counterpart=_NO_COUNTERPART,
    )


def _heading(side: str, annotated: AnnotatedArticle, share: float | None) -> dict[str, str]:
    article = annotated.article
    day = f"{article.published:%Y-%m-%d}" if article.published else None
    n, other = len(annotated.sentences), "B" if side == "a" else "A"
    return {
        "name": side.upper(),
        "title": article.title or shorten(article.text, 90, placeholder=" …"),
        "told": " · ".join(part for part in (article.outlet, day, article.source_file) if part),
        "counted": "" if share is None else f"{round(share * n)} of {n} sentences have a counterpart in {other}.",
        "doubts": "; ".join(annotated.flags),
    }


def _change(change: Change, comparison: Comparison, rows: dict[tuple[str, int], int]) -> dict[str, Any]:
    kind = CHANGE_KINDS[change.kind]
    pair = comparison.quotes[change.quote] if change.quote is not None else None
    return {
        "severity": change.severity,
        "label": kind.label,
        "meaning": kind.meaning,
        "what": change.what,
        "warning": change.warning,
        "sides": [
            {
                "name": side.upper(),
                "words": _words(passage, pair, side),
                "row": _row_of(passage, side, comparison, rows),
            }
            for side, passage in (("a", change.a), ("b", change.b))
            if passage is not None
        ],
    }


def _words(passage: Passage, pair: QuotePair | None, side: str) -> str:
    if pair is not None and pair.a and pair.b and pair.a.direct and pair.b.direct:
        return Markup("“{}”").format(word_diff(passage.text, pair.difference, "ab".index(side)))
    return shorten(passage.text, _LONGEST, placeholder=" …")


def _row_of(passage: Passage, side: str, comparison: Comparison, rows: dict[tuple[str, int], int]) -> int | None:
    """The row of the sentence in which a passage begins."""
    sentences = (comparison.a if side == "a" else comparison.b).sentences
    for number, sentence in enumerate(sentences):
        if sentence.start <= passage.start < sentence.end and (side, number) in rows:
            return rows[side, number]
    return None


def _rows_of(alignments: Sequence[Alignment]) -> dict[tuple[str, int], int]:
    """(side, sentence) → the row that shows it."""
    found = {("a", i): row for row, x in enumerate(alignments) for i in x.a}
    return found | {("b", j): row for row, x in enumerate(alignments) for j in x.b}


def _rows(comparison: Comparison) -> Iterator[dict[str, Any]]:
    for x in comparison.alignments:
        a = " ".join(_text(comparison.a, i) for i in x.a)
        b = " ".join(_text(comparison.b, j) for j in x.b)
        yield {
            "relation": x.relation,
            "label": ALIGNMENT_RELATIONS[x.relation],
            "similarity": x.similarity,
            "sides": _pair(a, b),
        }


def _text(annotated: AnnotatedArticle, number: int) -> str:
    sentence = annotated.sentences[number]
    return annotated.text_of(sentence.start, sentence.end)


def _pair(a: str, b: str) -> tuple[str, str]:
    """Two sentences, their differences marked where they are alike enough for that."""
    forms_a, forms_b = [w.form for w in words(a)], [w.form for w in words(b)]
    if not a or not b or 2 * shared(forms_a, forms_b) < _MARKED_FROM * (len(forms_a) + len(forms_b)):
        return a, b
    pieces = difference(a, b)
    return word_diff(a, pieces, 0), word_diff(b, pieces, 1)
