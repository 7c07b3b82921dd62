"""Sentences of real news with their mentions, about which a teacher is asked: nobody has coded them."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ..annotation import Annotator
from ..article import AnnotatedArticle, Article
from ..evaluation.dse import read_dse
from ..evaluation.polnear_gold import read_polnear
from ..reading import read_articles
from .teacher import Marked

WORDS = range(6, 70)  # of a sentence


def mentions_to_ask(folder: Path, corpora: Sequence[Path], *, most: int, seed: int) -> list[Marked]:
    """Both actors of DSE's training sentences, and `most` mentions of PolNeAR's training texts and of other corpora."""
    draw = random.Random(seed)
    pairs = read_dse(folder / "dse" / "train.txt")
    asked = [Marked(pair.sentence, *place) for pair in pairs for place in (pair.p, pair.q)]
    texts = [Article(article_id=gold.name, text=gold.text) for gold in read_polnear(folder / "polnear" / "train")]
    sources = [texts, *([a for a in read_articles([file]) if isinstance(a, Article)] for file in corpora)]
    for articles in sources:
        draw.shuffle(articles)
        asked += _first(_mentions(articles, draw), most // len(sources))
    return asked


def _first(found: Iterator[Marked], n: int) -> list[Marked]:
    return [mention for mention, _ in zip(found, range(n), strict=False)]


def _mentions(articles: Sequence[Article], draw: random.Random) -> Iterator[Marked]:
    annotator = Annotator(encoders=False)
    for at in range(0, len(articles), 20):
        for annotated in annotator.annotate(articles[at : at + 20]):
            yield from _one_each(annotated, draw)


def _one_each(annotated: AnnotatedArticle, draw: random.Random) -> Iterable[Marked]:
    """One mention of each sentence of ordinary length, any of them."""
    by_sentence: dict[int, list[tuple[int, int]]] = {}
    for mention in annotated.mentions:
        by_sentence.setdefault(mention.sentence_id, []).append((mention.start, mention.end))
    for number, places in by_sentence.items():
        sentence = annotated.sentences[number]
        if sentence.last - sentence.first in WORDS:
            start, end = draw.choice(places)
            text = annotated.text_of(sentence.start, sentence.end)
            yield Marked(text, start - sentence.start, end - sentence.start)
