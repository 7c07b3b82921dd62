"""Two tellings side by side: `compare_tellings`."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import cache, cached_property, partial
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..annotation import Annotator
from ..annotation.embedding import load_embedder
from ..annotation.reading import load_reader
from ..annotation.tagger import load_tagger
from ..article import AnnotatedArticle, Article, Attribution
from ..errors import InputError
from ..normalise import normalise
from ..reading import RejectedRecord, read_articles
from ..reading.dates import read_date
from ..reading.plain import split_front_matter, split_inline_date
from .alignment import Alignment, Embed, Floats, align
from .changes import CHANGE_KINDS, SEVERITIES, Change, Side, find_changes
from .drift import QUOTE_RELATIONS, QuotePair, Said, pair_quotations

if TYPE_CHECKING:
    import pandas as pd

Telling = str | Path | Article | AnnotatedArticle


@dataclass(frozen=True)
class Comparison:
    """What two tellings share and where they part. Every passage has offsets into its telling's `content`.

    - `a`, `b`: the tellings as annotated; their sentences are what alignments count;
    - `alignments`: which sentences tell the same (positions in ``a.sentences``, ``b.sentences``);
    - `quotes`: every quotation of either telling, paired with what became of it;
    - `changes`: the differences, most serious first.
    """

    a: AnnotatedArticle
    b: AnnotatedArticle
    alignments: tuple[Alignment, ...]
    quotes: tuple[QuotePair, ...]
    changes: tuple[Change, ...]

    @cached_property
    def counts(self) -> dict[str, int]:
        """Changes of each kind that occurs, in the order of the list."""
        return dict(Counter(change.kind for change in self.changes))

    @cached_property
    def shared(self) -> dict[str, float | None]:
        """Share of each telling's sentences that have a counterpart in the other, 0 to 1; null without sentences."""
        found = {}
        for side, annotated in (("a", self.a), ("b", self.b)):
            n = len(annotated.sentences)
            alone = sum(len(x.a if side == "a" else x.b) for x in self.alignments if x.relation == f"only_{side}")
            found[side] = (n - alone) / n if n else None
        return found

    def alignment_frame(self, story_id: str | None = None) -> pd.DataFrame:
        """One row per pair of sentences, with the columns of the table `alignments`."""
        from ..tables import frame

        return frame("alignments", alignment_rows(self, story_id))

    def quote_frame(self, story_id: str | None = None) -> pd.DataFrame:
        """One row per pair of quotations, with the columns of the table `quote_pairs`."""
        from ..tables import frame

        return frame("quote_pairs", quote_rows(self, story_id))

    def to_dict(self) -> dict[str, Any]:
        """The whole comparison as plain JSON values."""
        return {
            "a": _described(self.a),
            "b": _described(self.b),
            "shared_sentences": self.shared,
            "counts": self.counts,
            "changes": [
                {**asdict(c), "label": c.label, "severity_label": SEVERITIES[c.severity]} for c in self.changes
            ],
            "quotes": [_quote_record(q) for q in self.quotes],
            "alignments": [asdict(x) for x in self.alignments],
        }


def compare_tellings(a: Telling, b: Telling, *, actors_file: str | Path | None = None) -> Comparison:
    """Compare two tellings of one event: `a` the earlier (such as the agency's), `b` the later.

    A telling is a text (str), a file that holds one article (Path), an Article or an AnnotatedArticle.
    Texts that begin with metadata (``Title: …``) or a date are read as files are.

    Raises InputError where a text is empty or a file does not hold exactly one article.

    >>> found = compare_tellings(
    ...     'Ada Brandt said on Monday: "The dam may hold until spring."',
    ...     'Ada Brandt said on Monday: "The dam will hold until spring."',
    ... )  # doctest: +SKIP
    >>> [(q.relation, [p.b for p in q.difference if p.operation != "same"]) for q in found.quotes]  # doctest: +SKIP
    [('reworded', ['will'])]
    """
    tellings = [_article(telling) for telling in (a, b)]
    return compare_annotated(*_annotated(tellings, Path(actors_file) if actors_file else None))


def compare_annotated(a: AnnotatedArticle, b: AnnotatedArticle, *, embed: Embed | None = None) -> Comparison:
    """Compare two annotated articles. `embed` stands for the shipped sentence encoder."""
    embed = remembered(embed) if embed else _embed()
    side_a, side_b = Side(a, tuple(said_in(a))), Side(b, tuple(said_in(b)))
    quotes = pair_quotations(side_a.said, side_b.said, embed=embed)
    alignments = align_sides(side_a, side_b, quotes, embed)
    changes = find_changes(side_a, side_b, alignments, quotes, embed=embed)
    return Comparison(a=a, b=b, alignments=tuple(alignments), quotes=tuple(quotes), changes=tuple(changes))


def align_sides(a: Side, b: Side, quotes: Sequence[QuotePair], embed: Embed) -> list[Alignment]:
    """Sentence alignment, anchored by paired quotations; headlines are aligned with headlines, bodies with bodies."""
    titles_a, titles_b = (sum(s.in_title for s in side.sentences) for side in (a, b))
    at_a = {s.sentence_id: n for n, s in enumerate(a.sentences)}
    at_b = {s.sentence_id: n for n, s in enumerate(b.sentences)}
    anchors = {
        (at_a[q.a.sentence_id] - titles_a, at_b[q.b.sentence_id] - titles_b): _QUOTED if q.b.direct else _REPORTED
        for q in quotes
        if q.a is not None
        and q.b is not None
        and at_a[q.a.sentence_id] >= titles_a
        and at_b[q.b.sentence_id] >= titles_b
    }
    heads = align(a.texts[:titles_a], b.texts[:titles_b], embed=embed)
    bodies = align(a.texts[titles_a:], b.texts[titles_b:], embed=embed, anchors=anchors)
    return heads + [_moved(x, titles_a, titles_b) for x in bodies]


_QUOTED = 0.2  # how much more alike two sentences are in which one quotation stands
_REPORTED = 0.1  # and where the one has as indirect speech what the other quotes


def _moved(x: Alignment, by_a: int, by_b: int) -> Alignment:
    a, b = tuple(i + by_a for i in x.a), tuple(j + by_b for j in x.b)
    return Alignment(a=a, b=b, relation=x.relation, similarity=x.similarity)


def said_in(annotated: AnnotatedArticle) -> list[Said]:
    """The quotations and the indirect speech of an article, in order.

    A stretch in quotation marks for which nobody is named is among them, without a speaker.
    """
    found = [_said(annotated, x) for x in annotated.attributions if annotated.sentences]
    quoted = [(x.start, x.end) for x in annotated.attributions if x.kind == "direct"]
    for span in annotated.voices:
        if span.voice != "quoted" or any(start < span.end and span.start < end for start, end in quoted):
            continue
        start, end = _inside_marks(annotated.content, span.start, span.end)
        sentence = annotated.sentence_at(start)
        if start < end and sentence is not None:
            context = annotated.text_of(sentence.start, sentence.end)
            found.append(
                Said(
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


def _said(annotated: AnnotatedArticle, x: Attribution) -> Said:
    text = annotated.text_of(x.start, x.end)
    sentence = next(s for s in annotated.sentences if s.sentence_id == x.sentence_id)
    context = annotated.text_of(sentence.start, sentence.end)
    clause = text
    if x.kind == "direct":
        around = [y for y in annotated.attributions if y.kind == "mixed" and y.start <= x.start and x.end <= y.end]
        clause = min((annotated.text_of(y.start, y.end) for y in around), key=len, default=context)
    return Said(
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


def remembered(embed: Embed, *, most: int | None = None) -> Embed:
    """The same embedder, asked for each text once, or once again where it has read `most` others."""
    known: dict[str, Any] = {}

    def again(texts: Sequence[str]) -> Floats:
        import numpy as np

        found = {text: vector for text in dict.fromkeys(texts) if (vector := known.get(text)) is not None}
        if new := [text for text in dict.fromkeys(texts) if text not in found]:
            found.update(zip(new, embed(new), strict=True))
            if most is not None and len(known) > most:
                known.clear()
            known.update(found)
        return np.array([found[text] for text in texts], dtype=np.float32)

    return again


@cache
def _embed() -> Embed:
    """The shipped encoder; it remembers what it read lately, so that an edited text is compared again quickly."""
    # somebody waits for a comparison, so that a second core is used where there is one
    return remembered(partial(load_embedder().embed, threads=2), most=_KNOWN_TEXTS)


_KNOWN_TEXTS = 5_000  # vectors of 1.5 kB
_KNOWN_ARTICLES = 16


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


def _article(telling: Telling) -> Article | AnnotatedArticle:
    if isinstance(telling, Article | AnnotatedArticle):
        return telling
    return read_telling(telling) if isinstance(telling, Path) else telling_of(telling)


def read_telling(path: Path) -> Article:
    """The one article that a file holds.

    Raises InputError where it holds none or several.
    """
    records = []
    for record in read_articles([path]):
        records.append(record)
        if len(records) > 1:
            break
    articles = [record for record in records if not isinstance(record, RejectedRecord)]
    if len(records) > 1:
        raise InputError(f"{path} holds several records; put each of the two articles in a file of its own")
    return articles[0]


def telling_of(text: str) -> Article:
    """A pasted text as an article, with the title, outlet and date that its first lines name.

    Raises InputError where there are no words.
    """
    found, body = split_front_matter(text.removeprefix("\ufeff"))
    day, body = split_inline_date(body)
    body = normalise(body)
    if not body:
        raise InputError("one of the two texts is empty; paste or name the words to compare")
    title = " ".join(normalise(found.get("title", "")).split()) or None
    published = read_date(day or found["published"]).published if day or found.get("published") else None
    outlet = " ".join(normalise(found.get("outlet", "")).split()) or None
    digest = blake2b("\x1f".join([outlet or "", title or "", body]).encode(), digest_size=6).hexdigest()
    return Article(
        article_id=digest,
        text=body,
        title=title,
        outlet=outlet,
        author=found.get("author"),
        published=published,
        date_source="inline" if published else None,
    )


@cache
def _annotator(actors_file: Path | None) -> Annotator:
    return Annotator(actors_file=actors_file)


def _load_encoders() -> None:
    load_tagger()
    load_reader()
    _embed()


_known: OrderedDict[tuple[Article, Path | None], AnnotatedArticle] = OrderedDict()  # the latest annotated last


def _annotated(tellings: Sequence[Article | AnnotatedArticle], actors_file: Path | None) -> list[AnnotatedArticle]:
    """The tellings annotated; the latest few are remembered."""
    articles = dict.fromkeys(telling for telling in tellings if isinstance(telling, Article))
    found = {article: known for article in articles if (known := _known.get((article, actors_file)))}
    unknown = [article for article in articles if article not in found]
    with ThreadPoolExecutor(max_workers=1) as pool:
        loading = pool.submit(_load_encoders)  # while this thread loads the parser
        if unknown:
            found.update(zip(unknown, _annotator(actors_file).annotate(unknown, beside=pool), strict=True))
        loading.result()
    _known.update(((article, actors_file), found[article]) for article in unknown)
    while len(_known) > _KNOWN_ARTICLES:
        _known.popitem(last=False)
    return [found[telling] if isinstance(telling, Article) else telling for telling in tellings]


__all__ = ["CHANGE_KINDS", "Comparison", "compare_annotated", "compare_tellings"]
