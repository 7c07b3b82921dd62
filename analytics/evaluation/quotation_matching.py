"""Whether what became of a quotation is seen: quotations of the user's own corpus, changed in known ways."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from statsmodels.stats.proportion import proportion_confint

from ..article import Article
from ..errors import InputError
from .alterations import Generator
from .corpus import read_corpus
from .figures import SEED, table
from .planting import CHANGES, Change, Planted, PlantingSite, Span, Tellings, altered, places, retell

QUOTATIONS = 200
OF_ONE_ARTICLE = 4
WORDS = (150, 1000)  # of an article
ALIKE = 0.6  # character similarity from which the baseline takes two quotations for one
NOT_SEEN = "not seen"
_MARKED = re.compile(r"“([^”\n]+)”|(?<![\w\"])\"([^\"\n]+)\"(?!\w)")


class Seen(NamedTuple):
    """What a method says became of a quotation, and where in the two contents."""

    relation: str
    a: Span | None
    b: Span | None


Comparer = Callable[[Sequence[Tellings]], Iterator[list[Seen]]]


def evaluate(path: Path, *, compare: Comparer | None = None) -> pd.DataFrame:
    """The share of planted changes of quotations that are classed right.

    From articles of the corpus (a file, or a results folder) retellings are made (seeded): words around
    the quotations replaced, sentences left out, reporting clauses moved, other marks; and 200
    quotations, up to four of an article, in equal parts kept word for word, kept but for the
    punctuation inside the marks, trimmed, reworded inside the marks (words, numbers, negations),
    turned into indirect speech, dropped, or added. A change is seen where the quotation is shown with
    it and, if both tellings have it, beside what became of it.

    Splits: all, and each change; n: quotations; 95 % Wilson intervals. Metric "shown as …": how many
    quotations of a split Tellings shows as what (the confusion matrix). Methods: Tellings; the
    similarity of what stands between the marks.

    Raises InputError where the corpus has no article with quotations that can be changed.
    """
    tellings = plant(read_corpus(path))
    if not tellings:
        raise InputError(f"{path}: holds no article of {WORDS[0]} to {WORDS[1]} words with two quotations or more")
    rows: list[dict[str, object]] = []
    for method, method_compare in (("tellings", compare or _tellings), ("similarity between the marks", _by_marks)):
        shown = [
            (planted.change, judged(planted, seen))
            for pair, found in zip(tellings, method_compare(tellings), strict=True)
            for planted, seen in ((planted, found) for planted in pair.planted)
        ]
        rows += _figures(method, shown)
        if method == "tellings":
            rows += _confusion(method, shown)
    return table(rows)


def plant(articles: Sequence[Article]) -> list[Tellings]:
    """Pairs of tellings with 200 changed quotations in all, in equal parts as far as the articles allow."""
    generator = np.random.default_rng(SEED)
    wanted = Counter({change: len(range(i, QUOTATIONS, len(CHANGES))) for i, change in enumerate(CHANGES)})
    made: list[Tellings] = []
    for i in generator.permutation(len(articles)):
        if not +wanted:
            break
        article = articles[int(i)]
        if not WORDS[0] <= len(article.text.split()) <= WORDS[1]:
            continue
        found = places(article)
        if len(found) < 2:
            continue
        changes = _chosen(found, wanted, generator)
        if changes:
            made.append(retell(article, changes, generator))
    return made


def _chosen(
    found: Sequence[PlantingSite], wanted: Counter[Change], generator: Generator
) -> list[tuple[PlantingSite, Change, str]]:
    """Changes for up to four quotations of an article, the most wanted ones first where several can be made."""
    some = sorted(generator.permutation(len(found))[:OF_ONE_ARTICLE].tolist())
    changes = []
    for place in (found[i] for i in some):
        order = [CHANGES[i] for i in generator.permutation(len(CHANGES))]
        for change in sorted(order, key=lambda c: -wanted[c]):
            words = altered(place, change, generator) if wanted[change] > 0 else None
            if words is not None:
                wanted[change] -= 1
                changes.append((place, change, words))
                break
    return changes


def judged(planted: Planted, seen: Sequence[Seen]) -> str:
    """What a planted quotation is shown as; "… elsewhere" where it is shown beside other words than its own.

    >>> judged(Planted("trimmed", (5, 30), (8, 20)), [Seen("trimmed", (5, 30), (8, 20))])
    'trimmed'
    >>> judged(Planted("trimmed", (5, 30), (8, 20)), [Seen("trimmed", (5, 30), (50, 70))])
    'trimmed elsewhere'
    """
    here, there = (planted.a, planted.b) if planted.a is not None else (planted.b, None)
    side, other = ("a", "b") if planted.a is not None else ("b", "a")
    assert here is not None
    overlaps = [(_overlap(here, span), each) for each in seen if (span := getattr(each, side)) is not None]
    best = max(overlaps, key=lambda pair: pair[0], default=(0, None))
    if best[1] is None or best[0] <= 0:
        return NOT_SEEN
    shown_there = getattr(best[1], other)
    if there is not None and shown_there is not None and _overlap(there, shown_there) <= 0:
        return f"{best[1].relation} elsewhere"
    return best[1].relation


def _overlap(one: Span, other: Span) -> int:
    return min(one[1], other[1]) - max(one[0], other[0])


def _figures(method: str, shown: Sequence[tuple[str, str]]) -> Iterator[dict[str, object]]:
    for split in ("all", *CHANGES):
        of_split = [each for each in shown if split in ("all", each[0])]
        hits, n = sum(change == relation for change, relation in of_split), len(of_split)
        if n:
            low, high = proportion_confint(hits, n, method="wilson")
            yield _row(split, method, "classed right", hits / n, low, high, n)


def _confusion(method: str, shown: Sequence[tuple[str, str]]) -> Iterator[dict[str, object]]:
    counts, sizes = Counter(shown), Counter(change for change, _ in shown)
    for change in CHANGES:
        for (_, relation), count in sorted(((k, v) for k, v in counts.items() if k[0] == change), key=lambda x: -x[1]):
            yield _row(change, method, f"shown as {relation}", count, None, None, sizes[change])


# How the relations of `stories.quotation_matching` are called here, where they are not called the same.
_CALLED = {"paraphrased": "indirect", "only_a": "dropped", "only_b": "added"}


def _tellings(tellings: Sequence[Tellings]) -> Iterator[list[Seen]]:
    from ..annotation import Annotator
    from ..stories.tellings import compare_annotated

    annotated = Annotator().annotate([article for pair in tellings for article in (pair.a, pair.b)])
    for a, b in zip(annotated, annotated, strict=True):
        yield [
            Seen(
                _CALLED.get(pair.relation, pair.relation),
                (pair.a.start, pair.a.end) if pair.a else None,
                (pair.b.start, pair.b.end) if pair.b else None,
            )
            for pair in compare_annotated(a, b).quotes
        ]


def _by_marks(tellings: Sequence[Tellings]) -> Iterator[list[Seen]]:
    """The baseline: what stands between marks in one telling, beside the most similar in the other."""
    for pair in tellings:
        a, b = _marked(pair.a.content), _marked(pair.b.content)
        scored = sorted(
            ((_similarity(x, y), i, j) for i, (_, x) in enumerate(a) for j, (_, y) in enumerate(b)), reverse=True
        )
        free_a, free_b = set(range(len(a))), set(range(len(b)))
        seen = []
        for score, i, j in scored:
            if i in free_a and j in free_b and (score >= ALIKE or b[j][1].strip(" .,") in a[i][1]):
                free_a.remove(i)
                free_b.remove(j)
                seen.append(Seen(_relation(a[i][1], b[j][1]), a[i][0], b[j][0]))
        seen += [Seen("dropped", a[i][0], None) for i in free_a] + [Seen("added", None, b[j][0]) for j in free_b]
        yield seen


def _similarity(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _marked(content: str) -> list[tuple[Span, str]]:
    return [((m.start() + 1, m.end() - 1), m[1] or m[2]) for m in _MARKED.finditer(content)]


def _relation(a: str, b: str) -> str:
    left, right = a.strip(" .,"), b.strip(" .,")
    if left == right:
        return "verbatim"
    if re.findall(r"\w+", left.lower()) == re.findall(r"\w+", right.lower()):
        return "punctuation"
    return "trimmed" if right in left else "reworded"


def _row(
    split: str, method: str, metric: str, value: float, low: float | None, high: float | None, n: int
) -> dict[str, object]:
    return {"split": split, "method": method, "metric": metric, "value": value, "low": low, "high": high, "n": n}
