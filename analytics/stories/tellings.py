"""Two tellings side by side: `compare_tellings`."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from ..annotation import Annotator
from ..annotation.embedding import load_embedder
from ..annotation.reader import load_reader
from ..annotation.tagger import load_tagger
from ..article import AnnotatedArticle, Article
from ..errors import InputError
from ..ingest import RejectedRecord, read_articles
from ..ingest.budget import beyond_repair
from ..ingest.dates import read_date
from ..ingest.normalise import normalise
from ..ingest.plain import split_front_matter, split_inline_date
from .alignment import Alignment, Embed, Floats, align
from .attributed_speech import attributed_speech
from .changes import Side, find_changes
from .comparison import Comparison
from .quotation_matching import QuotePair, pair_quotations

Telling = str | Path | Article | AnnotatedArticle


def compare_tellings(
    a: Telling, b: Telling, *, actors_file: str | Path | None = None, keep_boilerplate: bool = False
) -> Comparison:
    """Compare two tellings of one event: `a` the earlier (such as the agency's), `b` the later.

    A telling is a text (str), a file that holds one article (Path), an Article or an AnnotatedArticle.
    Texts that begin with metadata (``Title: …``) or a date are read as files are. Captions, bylines, newsletter lines
    and other boilerplate are no part of what is compared, unless `keep_boilerplate` is set.

    Raises InputError where a text is empty or a file does not hold exactly one article.

    >>> found = compare_tellings(
    ...     'Ada Brandt said on Monday: "The dam may hold until spring."',
    ...     'Ada Brandt said on Monday: "The dam will hold until spring."',
    ... )
    >>> [(q.relation, [p.b for p in q.difference if p.operation != "same"]) for q in found.quotes]
    [('reworded', ['will'])]
    """
    tellings = [_article(telling) for telling in (a, b)]
    reading = _Reading(Path(actors_file) if actors_file else None, keep_boilerplate)
    return compare_annotated(*_annotated(tellings, reading))


def compare_annotated(a: AnnotatedArticle, b: AnnotatedArticle, *, embed: Embed | None = None) -> Comparison:
    """Compare two annotated articles. `embed` stands for the shipped sentence encoder."""
    embed = remembered(embed) if embed else _embed()
    side_a, side_b = Side(a, tuple(attributed_speech(a))), Side(b, tuple(attributed_speech(b)))
    quotes = pair_quotations(side_a.speech, side_b.speech, embed=embed)
    alignments = align_sides(side_a, side_b, quotes, embed)
    changes = find_changes(side_a, side_b, alignments, quotes, embed=embed)
    return Comparison(a=a, b=b, alignments=tuple(alignments), quotes=tuple(quotes), changes=tuple(changes))


def align_sides(a: Side, b: Side, quotes: Sequence[QuotePair], embed: Embed) -> list[Alignment]:
    """Sentence alignment, anchored by paired quotations; headlines are aligned with headlines, bodies with bodies.

    Boilerplate is aligned with boilerplate alone: a caption is no telling of what it repeats.
    """
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
    anchors |= _kept_apart(a.is_read[titles_a:], b.is_read[titles_b:])
    heads = align(a.texts[:titles_a], b.texts[:titles_b], embed=embed)
    bodies = align(a.texts[titles_a:], b.texts[titles_b:], embed=embed, anchors=anchors)
    return heads + [_moved(x, titles_a, titles_b) for x in bodies]


_QUOTED = 0.2  # how much more alike two sentences are in which one quotation stands
_REPORTED = 0.1  # and where the one has as indirect speech what the other quotes


def _kept_apart(read_a: Sequence[bool], read_b: Sequence[bool]) -> dict[tuple[int, int], float]:
    """Pairs of which one sentence is boilerplate, with what makes them unlike."""
    if all(read_a) and all(read_b):
        return {}
    return {(i, j): -1.0 for i, x in enumerate(read_a) for j, y in enumerate(read_b) if x != y}


def _moved(x: Alignment, by_a: int, by_b: int) -> Alignment:
    a, b = tuple(i + by_a for i in x.a), tuple(j + by_b for j in x.b)
    return Alignment(a=a, b=b, relation=x.relation, similarity=x.similarity)


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
    if why := beyond_repair(body):
        raise InputError(f"one of the two texts cannot be compared ({why})")
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


class _Reading(NamedTuple):
    """How tellings are annotated."""

    actors_file: Path | None
    keep_boilerplate: bool


@cache
def _annotator(reading: _Reading) -> Annotator:
    return Annotator(actors_file=reading.actors_file, keep_boilerplate=reading.keep_boilerplate)


def _load_encoders() -> None:
    load_tagger()
    load_reader()
    _embed()


_known: OrderedDict[tuple[Article, _Reading], AnnotatedArticle] = OrderedDict()  # the latest annotated last


def _annotated(tellings: Sequence[Article | AnnotatedArticle], reading: _Reading) -> list[AnnotatedArticle]:
    """The tellings annotated; the latest few are remembered."""
    articles = dict.fromkeys(telling for telling in tellings if isinstance(telling, Article))
    found = {article: known for article in articles if (known := _known.get((article, reading)))}
    unknown = [article for article in articles if article not in found]
    with ThreadPoolExecutor(max_workers=1) as pool:
        loading = pool.submit(_load_encoders)  # while this thread loads the parser
        if unknown:
            found.update(zip(unknown, _annotator(reading).annotate(unknown, beside=pool), strict=True))
        loading.result()
    _known.update(((article, reading), found[article]) for article in unknown)
    while len(_known) > _KNOWN_ARTICLES:
        _known.popitem(last=False)
    return [found[telling] if isinstance(telling, Article) else telling for telling in tellings]
