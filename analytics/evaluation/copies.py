"""Whether copies are found: planted in the user's own corpus, with a new headline, trimmed and with words changed."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from difflib import SequenceMatcher
from hashlib import sha256
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.feature_extraction.text import TfidfVectorizer
from statsmodels.stats.proportion import proportion_confint

from ..article import Article
from ..errors import InputError
from .corpus import as_frame, read_corpus
from .figures import SEED, table

PLANTED = 300
OTHERS = 2500
EVERY = 10  # so many words from one changed word to the next
FEWEST_WORDS = 120  # a shorter article has no middle left once its ends are cut
LONG_RUN = 8  # words; independent tellings of one event seldom share a longer run, quotations apart
HALF = 0.5
BASELINE_COSINE = 0.8
_SENTENCE_END = re.compile(r"(?<=[.!?][\"”’'])\s+|(?<=[.!?])\s+(?=[\"“A-Z])")
_WORD = re.compile(r"[\w'’-]+")

AttributionRules = Callable[[pd.DataFrame], pd.DataFrame]
Pairs = set[tuple[str, str]]


def evaluate(path: Path, *, find: AttributionRules | None = None) -> pd.DataFrame:
    """Recall and precision of copies among articles of a corpus (a file, or a results folder).

    From 300 articles (seeded) copies are made: the headline of another article, another outlet, up
    to two days later, the first and the last paragraph cut (of a text without paragraphs the first
    and the last two sentences), every tenth word replaced by a word of another article. They are mixed
    with their originals and up to 2,500 other articles of the corpus.

    Recall: the share of planted copies that are linked to their original, or with it to an earlier
    one. Precision: the share of articles said to be copies that are: a planted copy of its own
    original, or an article of the corpus half of which, or half of the one it is said to copy, stands
    in the other in runs of eight words or more. n: planted copies; articles said to be copies.
    95 % Wilson intervals. Methods: Tellings; the same text (exact hash); TF-IDF cosine ≥ 0.8.

    Raises InputError where the corpus has too few articles of 120 words or more to plant copies.
    """
    articles = [a for a in read_corpus(path) if len(a.text.split()) >= FEWEST_WORDS]
    if len(articles) < 10:
        raise InputError(f"{path}: {len(articles)} articles have {FEWEST_WORDS} words or more; at least 10 are needed")
    mix, originals = planted(articles)
    texts = {article.article_id: article.text for article in mix}
    rows: list[dict[str, object]] = []
    for method, finder in (
        ("tellings", find or _tellings),
        ("exact hash", _same_text),
        (f"TF-IDF, cosine ≥ {BASELINE_COSINE}", _alike),
    ):
        clock = time.perf_counter()
        found = finder(as_frame(mix))
        seconds = time.perf_counter() - clock
        rows += _figures(method, found, originals, texts)
        rows.append(_row(method, "seconds", round(seconds, 1), None, None, len(mix)))
    return table(rows)


def planted(articles: Sequence[Article]) -> tuple[list[Article], dict[str, str]]:
    """Articles in random order with planted copies among them, and the original of each copy."""
    generator = np.random.default_rng(SEED)
    order = [articles[i] for i in generator.permutation(len(articles))]
    sources = order[: min(PLANTED, len(order) // 2)]
    outlets = sorted({a.outlet for a in articles if a.outlet})
    words = [word for article in order[-len(sources) :] for word in _WORD.findall(article.text)]
    copies, originals = [], {}
    for number, source in enumerate(sources):
        copy_id = f"planted-{number}"
        copies.append(
            replace(
                source,
                article_id=copy_id,
                title=order[-1 - number].title,
                outlet=_another(source.outlet, outlets, generator),
                url=None,
                published=source.published and source.published + timedelta(hours=int(generator.integers(1, 48))),
                text=changed_words(trimmed(source.text), words, generator),
            )
        )
        originals[copy_id] = source.article_id
    mix = [*order[: len(sources) + OTHERS], *copies]
    return [mix[i] for i in generator.permutation(len(mix))], originals


def _another(outlet: str | None, outlets: Sequence[str], generator: np.random.Generator) -> str | None:
    others = [other for other in outlets if other != outlet]
    return others[int(generator.integers(len(others)))] if others else outlet


def trimmed(text: str) -> str:
    """A text without its first and last paragraph; one without paragraphs loses two sentences at either end.

    >>> trimmed("One.\\n\\nTwo.\\n\\nThree.")
    'Two.'
    """
    paragraphs = [p for p in text.split("\n") if p.strip()]
    if len(paragraphs) >= 3:
        return "\n\n".join(paragraphs[1:-1])
    sentences = _SENTENCE_END.split(text)
    ends = 2 if len(sentences) >= 8 else 1
    return " ".join(sentences[ends:-ends]) if len(sentences) > 2 * ends else text


def changed_words(text: str, words: Sequence[str], generator: np.random.Generator) -> str:
    """A text in which every tenth word is another one."""
    count = 0

    def swap(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        if count % EVERY:
            return match[0]
        word = words[int(generator.integers(len(words)))]
        return word if word.casefold() != match[0].casefold() else f"{word}s"

    return _WORD.sub(swap, text)


def _figures(
    method: str, found: pd.DataFrame, originals: dict[str, str], texts: dict[str, str]
) -> Iterator[dict[str, object]]:
    links = {str(a): str(b) for a, b in zip(found["article_id"], found["copy_of"], strict=True) if not pd.isna(b)}
    hits = sum(_linked(copy, source, links) for copy, source in originals.items())
    right = sum(_is_copy(copy, of, links, originals, texts) for copy, of in links.items())
    yield _share(method, "recall", hits, len(originals))
    yield _share(method, "precision", right, len(links))


def _linked(copy: str, source: str, links: dict[str, str]) -> bool:
    """Whether a copy is linked to its source, or both to one article."""
    return links.get(copy, copy) in (source, links.get(source, source)) or links.get(source) == copy


def _is_copy(copy: str, of: str, links: dict[str, str], originals: dict[str, str], texts: dict[str, str]) -> bool:
    """Whether a link is right: planted, between copies of one original, or seen in the words of the two."""
    if originals.get(copy, copy) == originals.get(of, of):
        return True
    return _shared_in_runs(texts[originals.get(copy, copy)], texts[originals.get(of, of)]) >= HALF


def _shared_in_runs(one: str, other: str) -> float:
    """The share of the shorter text's words that stand in the other in runs of eight or more."""
    a, b = ([word.casefold() for word in _WORD.findall(text)] for text in (one, other))
    blocks = SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks if block.size >= LONG_RUN) / max(min(len(a), len(b)), 1)


def _tellings(articles: pd.DataFrame) -> pd.DataFrame:
    from ..stories.copies import find_copies

    return find_copies(articles)


def _same_text(articles: pd.DataFrame) -> pd.DataFrame:
    digests = articles["text"].map(lambda text: sha256(text.encode()).hexdigest())
    return _links_of((group["article_id"].tolist() for _, group in articles.groupby(digests)))


def _alike(articles: pd.DataFrame) -> pd.DataFrame:
    vectors = TfidfVectorizer(sublinear_tf=True).fit_transform(articles["text"])
    near = (vectors @ vectors.T).tocoo()
    ids = articles["article_id"].tolist()
    cells = zip(near.row, near.col, near.data, strict=True)
    return _links_of([ids[j], ids[i]] for i, j, cosine in cells if j < i and cosine >= BASELINE_COSINE)


def _links_of(groups: Iterable[Sequence[str]]) -> pd.DataFrame:
    rows = {article: group[0] for group in groups for article in group[1:]}
    return pd.DataFrame(rows.items(), columns=["article_id", "copy_of"])


def _share(method: str, metric: str, hits: int, n: int) -> dict[str, object]:
    low, high = proportion_confint(hits, n, method="wilson") if n else (None, None)
    return _row(method, metric, hits / n if n else None, low, high, n)


def _row(
    method: str, metric: str, value: float | None, low: float | None, high: float | None, n: int
) -> dict[str, object]:
    figure = {"method": method, "metric": metric, "value": value, "low": low, "high": high, "n": n}
    return {"split": "planted copies", **figure}
