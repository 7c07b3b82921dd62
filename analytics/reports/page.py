"""A comparison as one HTML page without scripts: to read, to print, to send to a colleague."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape
from textwrap import shorten

from ..article import AnnotatedArticle
from ..stories.alignment import Alignment
from ..stories.changes import CHANGE_KINDS, Change, Passage
from ..stories.comparison import Comparison
from ..stories.quotation_matching import QuotePair
from ..stories.word_difference import Piece, difference, shared, words
from ..vocabulary import ALIGNMENT_RELATIONS, SEVERITIES

_SIGNS = {1: "▲", 2: "◆", 3: "○"}
_MARKED_FROM = 0.5  # share of words in common; below it marks would cover the sentence
_LONGEST = 400

_STYLE = """
:root { --ink: #1a1a1a; --quiet: #5f5f5f; --line: #d5d5d5; --gone: #ffe3d6; --new: #d9f2e6; --focus: #0072b2; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem 1.25rem 4rem; max-width: 80rem; color: var(--ink); background: #fff;
  font: 1rem/1.5 "Open Sans", Verdana, "DejaVu Sans", sans-serif; }
h1 { font-size: 1.5rem; margin: 0.5rem 0; } h2 { font-size: 1.2rem; margin: 2rem 0 0.5rem; }
a { color: var(--focus); } :focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
.sides, .row { display: grid; grid-template-columns: 1fr 1fr; gap: 0 1.5rem; }
.sides > div { border-top: 4px solid var(--ink); padding-top: 0.25rem; }
.quiet { color: var(--quiet); font-size: 0.9rem; } .side { font-weight: bold; }
fieldset { border: 1px solid var(--line); margin: 1rem 0; padding: 0.25rem 1rem 0.5rem; }
label { display: inline-block; padding: 0.35rem 1rem 0.35rem 0; } input { width: 1.1rem; height: 1.1rem; }
ol { list-style: none; margin: 0; padding: 0; }
.change { border: 1px solid var(--line); border-left-width: 6px; margin: 0.5rem 0; padding: 0.5rem 0.75rem; }
.serious { border-left-color: #b23c00; } .notable { border-left-color: #0072b2; }
.change h3 { font-size: 1rem; margin: 0; } .change p { margin: 0.25rem 0 0; }
.warning { font-weight: bold; }
del { background: var(--gone); text-decoration: line-through; }
ins { background: var(--new); text-decoration: underline; }
.row { border-top: 1px solid var(--line); padding: 0.5rem 0.25rem; } .row p { margin: 0; }
.row .relation { grid-column: 1 / -1; color: var(--quiet); font-size: 0.85rem; }
.row:target { outline: 3px solid var(--focus); } .alone { color: var(--quiet); font-style: italic; }
body:has(#f1:not(:checked)) .change.serious, body:has(#f2:not(:checked)) .change.notable,
body:has(#f3:not(:checked)) .change.minor { display: none; }
body:has(#same:not(:checked)) .row.verbatim { display: none; }
@media (max-width: 44rem) { .sides, .row { grid-template-columns: 1fr; } }
@media print { fieldset { display: none; } .change, .row { break-inside: avoid; } }
"""


def comparison_page(comparison: Comparison) -> str:
    """The comparison as an HTML document that needs nothing from elsewhere and runs no script.

    First the changes, most serious first, each with a link to its place; then the two tellings sentence by sentence.
    Filters are check boxes; words only in the first are struck through, words only in the second underlined.
    """
    return "\n".join(
        [
            '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
            f"<title>Two tellings: {len(comparison.changes)} changes</title>\n<style>{_STYLE}</style>\n</head>\n<body>",
            "<main>\n<h1>Two tellings of one story</h1>",
            '<div class="sides">',
            _heading("A", comparison.a, comparison.shared["a"]),
            _heading("B", comparison.b, comparison.shared["b"]),
            "</div>",
            *_changes(comparison),
            *_sentences(comparison),
            "</main>\n</body>\n</html>\n",
        ]
    )


def _heading(side: str, annotated: AnnotatedArticle, share: float | None) -> str:
    article = annotated.article
    day = f"{article.published:%Y-%m-%d}" if article.published else None
    told = [part for part in (article.outlet, day, article.source_file) if part]
    n = len(annotated.sentences)
    other = "B" if side == "A" else "A"
    counted = "" if share is None else f"{round(share * n)} of {n} sentences have a counterpart in {other}."
    doubts = f" Doubts: {escape('; '.join(annotated.flags))}." if annotated.flags else ""
    title = article.title or shorten(article.text, 90, placeholder=" …")
    return (
        f'<div><p class="side">{side}: {escape(title)}</p>'
        f'<p class="quiet">{escape(" · ".join(told))}</p><p class="quiet">{counted}{doubts}</p></div>'
    )


def _changes(comparison: Comparison) -> Iterator[str]:
    n = Counter(change.severity for change in comparison.changes)
    yield f'<section aria-labelledby="changes"><h2 id="changes">{len(comparison.changes)} changes</h2>'
    yield "<fieldset><legend>Show</legend>"
    for severity, name in SEVERITIES.items():
        yield (
            f'<label><input type="checkbox" id="f{severity}" checked> {_SIGNS[severity]} {name} ({n[severity]})</label>'
        )
    yield "</fieldset><ol>"
    rows = _rows_of(comparison.alignments)
    for change in comparison.changes:
        yield _change(change, comparison, rows)
    yield "</ol></section>"


def _change(change: Change, comparison: Comparison, rows: dict[tuple[str, int], int]) -> str:
    pair = comparison.quotes[change.quote] if change.quote is not None else None
    parts = [
        f'<li class="change {SEVERITIES[change.severity]}">'
        f'<h3><span aria-hidden="true">{_SIGNS[change.severity]}</span> {escape(CHANGE_KINDS[change.kind].label)} '
        f'<span class="quiet">{SEVERITIES[change.severity]}</span></h3><p>{escape(change.what)}</p>'
        f'<p class="quiet">{escape(CHANGE_KINDS[change.kind].meaning)}</p>'
    ]
    for side, passage in (("a", change.a), ("b", change.b)):
        if passage is not None:
            link = _link(passage, side, comparison, rows)
            parts.append(f'<p><span class="side">{side.upper()}</span> {_words(passage, pair, side)}{link}</p>')
    if change.warning:
        parts.append(f'<p class="warning">⚠ {escape(change.warning)}</p>')
    return "".join([*parts, "</li>"])


def _words(passage: Passage, pair: QuotePair | None, side: str) -> str:
    if pair is not None and pair.a and pair.b and pair.a.direct and pair.b.direct:
        return f"“{_marked(pair.difference, passage.text, side)}”"
    return escape(shorten(passage.text, _LONGEST, placeholder=" …"))


def _link(passage: Passage, side: str, comparison: Comparison, rows: dict[tuple[str, int], int]) -> str:
    sentences = (comparison.a if side == "a" else comparison.b).sentences
    for number, sentence in enumerate(sentences):
        if sentence.start <= passage.start < sentence.end and (side, number) in rows:
            row = rows[side, number]
            return f' <a href="#row-{row}" aria-label="to sentence pair {row + 1}">→ pair {row + 1}</a>'
    return ""


def _rows_of(alignments: Sequence[Alignment]) -> dict[tuple[str, int], int]:
    """(side, sentence) → the row that shows it."""
    found = {("a", i): row for row, x in enumerate(alignments) for i in x.a}
    return found | {("b", j): row for row, x in enumerate(alignments) for j in x.b}


def _marked(pieces: Sequence[Piece], text: str, side: str) -> str:
    tag = "del" if side == "a" else "ins"
    parts, at = [], 0
    for piece in pieces:
        start, end = (piece.start_a, piece.end_a) if side == "a" else (piece.start_b, piece.end_b)
        if piece.operation == "same" or start == end:
            continue
        parts += [escape(text[at:start]), f"<{tag}>{escape(text[start:end])}</{tag}>"]
        at = end
    return "".join([*parts, escape(text[at:])])


def _sentences(comparison: Comparison) -> Iterator[str]:
    yield '<section aria-labelledby="sentences"><h2 id="sentences">Sentence by sentence</h2>'
    yield (
        '<fieldset><legend>Show</legend><label><input type="checkbox" id="same" checked> = unchanged sentences</label>'
        "</fieldset>"
    )
    for number, x in enumerate(comparison.alignments):
        a = " ".join(_text(comparison.a, i) for i in x.a)
        b = " ".join(_text(comparison.b, j) for j in x.b)
        left, right = _pair(a, b, x)
        alike = "" if x.similarity is None else f", likeness {x.similarity:.2f}"
        yield (
            f'<div class="row {x.relation}" id="row-{number}" tabindex="-1">'
            f'<p class="relation">{number + 1} · {ALIGNMENT_RELATIONS[x.relation]}{alike}</p>'
            f"<p>{left}</p><p>{right}</p></div>"
        )
    yield "</section>"


def _text(annotated: AnnotatedArticle, number: int) -> str:
    sentence = annotated.sentences[number]
    return annotated.text_of(sentence.start, sentence.end)


def _pair(a: str, b: str, x: Alignment) -> tuple[str, str]:
    nothing = '<span class="alone">no counterpart</span>'
    if not a or not b:
        return escape(a) or nothing, escape(b) or nothing
    forms_a, forms_b = [w.form for w in words(a)], [w.form for w in words(b)]
    if 2 * shared(forms_a, forms_b) < _MARKED_FROM * (len(forms_a) + len(forms_b)):
        return escape(a), escape(b)
    pieces = difference(a, b)
    return _marked(pieces, a, "a"), _marked(pieces, b, "b")
