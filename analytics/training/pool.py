"""Sentences of real news with names in them, about which teachers are asked: nobody has coded them."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from ..annotation.encoder import Span
from ..annotation.written_names import WrittenName, written_names
from ..article import Article
from ..evaluation.polnear_gold import read_polnear
from ..ingest import read_articles
from .sentences import UNKNOWN, Sentence

WORDS = range(6, 60)  # of a sentence
_SENTENCE = re.compile(r"[^\n]+?(?:(?<=[.!?])[\"”’')]*(?=\s+[\"“‘(]?[A-Z])|(?=\n)|$)")


def to_ask(
    gold: Iterable[Sentence], folder: Path, corpora: Sequence[Path], *, most: int, seed: int
) -> Iterator[Sentence]:
    """Every sentence of the gold sets with two of its names, and as many as `most` of PolNeAR's training texts and
    of each other corpus; a pair where the two names are those of two."""
    draw = random.Random(seed)
    yield from _with_names((sentence.text for sentence in gold), draw)
    texts = [gold.text for gold in read_polnear(folder / "polnear" / "train")]
    for articles in (texts, *(read_texts(file) for file in corpora)):
        draw.shuffle(articles)
        yield from islice(_with_names(_sentences(articles), draw), most)


def read_texts(corpus: Path) -> list[str]:
    """The texts of a corpus's articles."""
    return [article.text for article in read_articles([corpus]) if isinstance(article, Article)]


def _sentences(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        found = (match.group().strip() for match in _SENTENCE.finditer(text))
        yield from (sentence for sentence in found if len(sentence.split()) in WORDS)


def _with_names(texts: Iterable[str], draw: random.Random) -> Iterator[Sentence]:
    for text in dict.fromkeys(texts):
        if places := _two(written_names(text), draw):
            pairs = [(places[0], places[1], UNKNOWN)] if len(places) > 1 else []
            yield Sentence(text, mentions=[(*place, UNKNOWN) for place in places], pairs=pairs)


def _two(names: Sequence[WrittenName], draw: random.Random) -> list[Span]:
    """Names of two, in the order of the text; or the one there is."""
    if not names:
        return []
    first = draw.choice(names)
    others = [name for name in names if name.key != first.key]
    chosen = [first, *([draw.choice(others)] if others else [])]
    return sorted((name.start, name.end) for name in chosen)
