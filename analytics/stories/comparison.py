"""What a comparison of two tellings holds, as objects, table rows and JSON."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ..article import AnnotatedArticle
from ..vocabulary import QUOTE_RELATIONS, SEVERITIES
from .alignment import Alignment
from .changes import CHANGE_KINDS, Change
from .quotation_matching import QuotePair

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Comparison:
    """What two tellings share and where they part. Every passage has offsets into its telling's `content`.

    >>> from analytics import compare_tellings
    >>> found = compare_tellings("Two men were hurt. The dam may hold.", "Three men were hurt. The dam will hold.")
    >>> [(change.kind, change.severity, change.what) for change in found.changes]
    [('number_changed', 1, 'two became three'), ('hedge_lost', 2, '“may” has no counterpart')]
    >>> found.counts, found.shared
    ({'number_changed': 1, 'hedge_lost': 1}, {'a': 1.0, 'b': 1.0})
    >>> found.alignment_frame()[["sentence_a", "sentence_b", "relation"]]
       sentence_a  sentence_b  relation
    0           0           0  reworded
    1           1           1  reworded
    >>> sorted(found.to_dict())
    ['a', 'alignments', 'b', 'changes', 'counts', 'quotes', 'shared_sentences']
    """

    a: AnnotatedArticle  # the earlier telling; its sentences are what alignments count
    b: AnnotatedArticle  # the later one
    alignments: tuple[Alignment, ...]  # which sentences tell the same: positions in a.sentences, b.sentences
    quotes: tuple[QuotePair, ...]  # every quotation of either telling, paired with what became of it
    changes: tuple[Change, ...]  # the differences, most serious first

    @cached_property
    def counts(self) -> dict[str, int]:
        """Changes of each kind that occurs, in the order of the list."""
        return dict(Counter(change.kind for change in self.changes))

    @cached_property
    def shared(self) -> dict[str, float | None]:
        """Share of each telling's sentences that have a counterpart in the other, 0 to 1; null without sentences.

        Boilerplate is left out.
        """
        found = {}
        for side, annotated in (("a", self.a), ("b", self.b)):
            n = len(annotated.read_sentences)
            here = [x.a if side == "a" else x.b for x in self.alignments if x.relation == f"only_{side}"]
            starts = [annotated.sentences[number].start for numbers in here for number in numbers]
            alone = sum(annotated.boilerplate_at(start) is None for start in starts)
            found[side] = (n - alone) / n if n else None
        return found

    def alignment_frame(self, story_id: str | None = None) -> pd.DataFrame:
        """One row per pair of sentences, with the columns of the table `alignments`."""
        from ..results.schemas import frame

        return frame("alignments", alignment_rows(self, story_id))

    def quote_frame(self, story_id: str | None = None) -> pd.DataFrame:
        """One row per pair of quotations, with the columns of the table `quote_pairs`."""
        from ..results.schemas import frame

        return frame("quote_pairs", quote_rows(self, story_id))

    def to_dict(self) -> dict[str, Any]:
        """The whole comparison as plain JSON values."""
        return {
            "a": _described(self.a),
            "b": _described(self.b),
            "shared_sentences": self.shared,
            "counts": self.counts,
            "changes": [
                {**asdict(c), "label": CHANGE_KINDS[c.kind].label, "severity_label": SEVERITIES[c.severity]}
                for c in self.changes
            ],
            "quotes": [_quote_record(q) for q in self.quotes],
            "alignments": [asdict(x) for x in self.alignments],
        }


def alignment_rows(comparison: Comparison, story_id: str | None) -> list[dict[str, object]]:
    ids_a, ids_b = comparison.a.sentences, comparison.b.sentences
    return [
        {
            "story_id": story_id,
            "article_a": comparison.a.article.article_id,
            "sentence_a": None if i is None else ids_a[i].sentence_id,
            "article_b": comparison.b.article.article_id,
            "sentence_b": None if j is None else ids_b[j].sentence_id,
            "similarity": x.similarity,
            "relation": x.relation,
        }
        for x in comparison.alignments
        for i, j in x.pairs()
    ]


def quote_rows(comparison: Comparison, story_id: str | None) -> list[dict[str, object]]:
    a, b = comparison.a.article.article_id, comparison.b.article.article_id
    return [quote_row(pair, story_id, a, b) for pair in comparison.quotes]


def quote_row(pair: QuotePair, story_id: str | None, article_a: str | None, article_b: str | None) -> dict[str, object]:
    """A row of the table `quote_pairs`."""
    return {
        "story_id": story_id,
        "speaker_id": pair.speaker_id,
        "article_a": article_a,
        "attribution_a": pair.a.attribution_id if pair.a else None,
        "article_b": article_b,
        "attribution_b": pair.b.attribution_id if pair.b else None,
        "relation": pair.relation,
        "similarity": pair.similarity,
        "start_a": pair.a.start if pair.a else None,
        "end_a": pair.a.end if pair.a else None,
        "start_b": pair.b.start if pair.b else None,
        "end_b": pair.b.end if pair.b else None,
        "only_here": pair.only_inside_marks_here,
    }


def _quote_record(pair: QuotePair) -> dict[str, Any]:
    return {
        "relation": pair.relation,
        "label": QUOTE_RELATIONS[pair.relation],
        "speaker_id": pair.speaker_id,
        "speaker_changed": pair.speaker_changed,
        "only_inside_marks_here": pair.only_inside_marks_here,
        "similarity": pair.similarity,
        "a": asdict(pair.a) if pair.a else None,
        "b": asdict(pair.b) if pair.b else None,
        "difference": [piece._asdict() for piece in pair.difference],
    }


def _described(annotated: AnnotatedArticle) -> dict[str, Any]:
    article = annotated.article
    return {
        "article_id": article.article_id,
        "title": article.title,
        "outlet": article.outlet,
        "published": article.published.isoformat() if article.published else None,
        "source_file": article.source_file,
        "content": annotated.content,
        "sentences": [[s.start, s.end] for s in annotated.sentences],
        "flags": list(annotated.flags),
    }
