"""Sentences of real news with their mentions, about which a teacher is asked: nobody has coded them."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from ..annotation.written_names import WrittenName, written_names
from ..article import Article
from ..evaluation.dse import read_dse
from ..evaluation.polnear_gold import read_polnear
from ..ingest import read_articles
from .teacher import Marked, Span

WORDS = range(6, 60)  # of a sentence
_SENTENCE = re.compile(r"[^\n]+?(?:(?<=[.!?])[\"”’')]*(?=\s+[\"“‘(]?[A-Z])|(?=\n)|$)")

Choose = Callable[[Sequence[WrittenName], random.Random], tuple[Span, ...]]


def mentions_to_ask(folder: Path, corpora: Sequence[Path], *, most: int, seed: int) -> Iterator[Marked]:
    """An actor of each of DSE's training sentences, and `most` names in PolNeAR's training texts and other corpora."""
    draw = random.Random(seed)
    pairs = read_dse(folder / "dse" / "train.txt")
    yield from (Marked(pair.sentence, (draw.choice((pair.p, pair.q)),)) for pair in pairs)
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
    for article in articles:
        for match in _SENTENCE.finditer(article.text):
            text = match.group().strip()
            if len(text.split()) in WORDS and (places := choose(written_names(text), draw)):
                yield Marked(text, places)


def _one(names: Sequence[WrittenName], draw: random.Random) -> tuple[Span, ...]:
    if not names:
        return ()
    chosen = draw.choice(names)
    return ((chosen.start, chosen.end),)


def _two(names: Sequence[WrittenName], draw: random.Random) -> tuple[Span, ...]:
    """Names of two, in the order of the text; nothing where there is one."""
    if not names:
        return ()
    first = draw.choice(names)
    others = [name for name in names if name.key != first.key]
    if not others:
        return ()
    other = draw.choice(others)
    (a, b), (c, d) = sorted([(first.start, first.end), (other.start, other.end)])
    return ((a, b), (c, d))
