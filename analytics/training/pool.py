"""Sentences of real news with their mentions, about which a teacher is asked: nobody has coded them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from ..annotation import Annotator
from ..article import AnnotatedArticle, Article, Mention
from ..evaluation.dse import read_dse
from ..evaluation.polnear_gold import read_polnear
from ..ingest import read_articles
from .teacher import Marked, Span

WORDS = range(6, 70)  # of a sentence

Choose = Callable[[Sequence[Mention], random.Random], tuple[Span, ...]]


def mentions_to_ask(folder: Path, corpora: Sequence[Path], *, most: int, seed: int) -> Iterator[Marked]:
    """Both actors of DSE's training sentences, and `most` mentions of PolNeAR's training texts and of other corpora."""
    pairs = read_dse(folder / "dse" / "train.txt")
    yield from (Marked(pair.sentence, (place,)) for pair in pairs for place in (pair.p, pair.q))
    yield from _unlabelled(folder, corpora, _one, most=most, seed=seed)


def pairs_to_ask(folder: Path, corpora: Sequence[Path], *, most: int, seed: int) -> Iterator[Marked]:
    """`most` pairs of mentions of two actors in one sentence, of PolNeAR's training texts and of other corpora."""
    yield from _unlabelled(folder, corpora, _two, most=most, seed=seed)


def _unlabelled(folder: Path, corpora: Sequence[Path], choose: Choose, *, most: int, seed: int) -> Iterator[Marked]:
    draw = random.Random(seed)
    texts = [Article(article_id=gold.name, text=gold.text) for gold in read_polnear(folder / "polnear" / "train")]
    sources = [texts, *([a for a in read_articles([file]) if isinstance(a, Article)] for file in corpora)]
    for articles in sources:
        draw.shuffle(articles)
        yield from islice(_marked(articles, choose, draw), most // len(sources))


def _marked(articles: Sequence[Article], choose: Choose, draw: random.Random) -> Iterator[Marked]:
    annotator = Annotator(encoders=False)
    for at in range(0, len(articles), 20):
        for annotated in annotator.annotate(articles[at : at + 20]):
            yield from _of_sentences(annotated, choose, draw)


def _of_sentences(annotated: AnnotatedArticle, choose: Choose, draw: random.Random) -> Iterable[Marked]:
    """What is chosen of each sentence of ordinary length."""
    by_sentence: dict[int, list[Mention]] = {}
    for mention in annotated.mentions:
        by_sentence.setdefault(mention.sentence_id, []).append(mention)
    for number, mentions in by_sentence.items():
        sentence = annotated.sentences[number]
        if sentence.last - sentence.first in WORDS:
            text = annotated.text_of(sentence.start, sentence.end)
            places = tuple((a - sentence.start, b - sentence.start) for a, b in choose(mentions, draw))
            if places:
                yield Marked(text, places)


def _one(mentions: Sequence[Mention], draw: random.Random) -> tuple[Span, ...]:
    chosen = draw.choice(mentions)
    return ((chosen.start, chosen.end),)


def _two(mentions: Sequence[Mention], draw: random.Random) -> tuple[Span, ...]:
    """Two mentions of different actors, in the order of the text; nothing where there is one actor."""
    first = draw.choice(mentions)
    others = [m for m in mentions if m.actor_id != first.actor_id]
    if not others:
        return ()
    other = draw.choice(others)
    (a, b), (c, d) = sorted([(first.start, first.end), (other.start, other.end)])
    return ((a, b), (c, d)) if b <= c else ()
