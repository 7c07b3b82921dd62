"""Articles that tell of one event: the story each article belongs to."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from .word_difference import numbers, words

Floats = NDArray[np.float32]
Embed = Callable[[Sequence[str]], Floats]

_WINDOW = 3.0  # days between two tellings of one event
_LEAD = 300  # characters of the body that are read for their meaning, with the title
_BODY = 350  # words of the body that are read for rare words and numbers: the event comes first in news
_KEYS = 20  # rare words by which an article is looked up
_POSTINGS = 150  # latest articles that are looked up under one word
_PARTNERS = 40  # articles that an article is compared with
_BACKGROUND = 2000  # further articles by which, day by day, common words are told from rare ones
_JOINED = 0.30  # mean probability between the articles of two groups from which they are one story
_NEGLIGIBLE = 0.02
_UNDATED = 1.0  # days between an article without a date and any other

# Log-odds that two articles tell one event: logistic regression on 5,660 pairs of tests/judgements/story_groups.tsv,
# rounded; the weight of a day by hand, since those stories have hardly any telling on another day.
_BIAS = -8.6
_MEANING, _WORDS, _TITLE, _NUMBERS, _DAYS = 10.5, 4.2, 2.8, 0.8, -1.2


def group_stories(articles: pd.DataFrame, *, embed: Embed, earlier: pd.Series[str] | None = None) -> pd.Series[str]:
    """The story of each article: article_id → story_id, in the order of the frame.

    `articles` needs article_id, title, text (the body) and published; a missing title or date is no obstacle. A story
    is named after the first of its articles, and an article that shares its event with no other is a story of one.
    `earlier` (article_id → story_id, as an earlier call gave it) stays as it is: new articles join those stories or
    make new ones, and two earlier stories are never joined. Of the earlier articles only those within three days of
    a new one are looked at again.

    Two articles tell one event to the degree that titles and first lines mean the same, that rare words (names among
    them), the words of the titles and numbers agree, and that days are few between them. Pairs come from an index of
    rare words, never from all articles; groups are merged as long as the mean probability between their articles is
    30 % or more (average linkage).

    Known failure: a follow-up of the next day that retells the event at length joins its story.

    >>> def embed(texts):  # a stand-in for a sentence encoder: one direction per word
    ...     return np.array([[float("dam" in t), float("vote" in t)] for t in texts], dtype=np.float32)
    >>> frame = pd.DataFrame(
    ...     {
    ...         "article_id": ["a", "b", "c"],
    ...         "title": ["The Velm dam broke", "Velm dam breaks at night", "Board to vote on Monday"],
    ...         "text": ["The Velm dam broke; 300 fled.", "300 fled as the dam at Velm broke.", "A vote is due."],
    ...         "published": pd.to_datetime(["2025-03-01", "2025-03-02", "2025-03-02"], utc=True),
    ...     }
    ... )
    >>> group_stories(frame, embed=embed).to_dict()
    {'a': 'a', 'b': 'a', 'c': 'c'}
    """
    known = {} if earlier is None else {str(k): str(v) for k, v in earlier.items()}
    ordered = articles.sort_values(["published", "article_id"], na_position="last", kind="stable")
    ids = ordered["article_id"].astype(str).to_numpy()
    days = _days(ordered["published"])
    looked_at = _looked_at(ids, days, known, _WINDOW)
    read = _read(ordered, looked_at)
    pairs = _candidates(read, days[looked_at], _WINDOW)
    probability = _probabilities(pairs, read, days[looked_at], embed)
    fixed = [known.get(i) for i in ids[looked_at]]
    groups = _merged(len(looked_at), pairs, probability, fixed)
    found = dict(known)
    for members in groups:
        story = next((fixed[m] for m in members if fixed[m]), None) or ids[looked_at[min(members)]]
        found.update({str(ids[looked_at[m]]): str(story) for m in members})
    stories = [found[str(i)] for i in articles["article_id"]]
    index = pd.Index(articles["article_id"].astype("str"), name="article_id")
    return pd.Series(stories, index=index, name="story_id", dtype="str")


def _days(published: pd.Series) -> NDArray[np.float64]:
    """Days since 1970; NaN where there is no date."""
    times = pd.to_datetime(published, utc=True).dt.tz_localize(None)
    hours = times.to_numpy(dtype="datetime64[s]").astype(np.float64) / 86_400
    return np.where(times.isna().to_numpy(), np.nan, hours)


def _looked_at(ids: NDArray[np.object_], days: NDArray[np.float64], known: dict[str, str], window: float) -> list[int]:
    """Positions of the new articles and of the earlier ones that they could join."""
    new = np.array([i not in known for i in ids])
    if new.all():
        return list(range(len(ids)))
    dated = np.sort(days[new & ~np.isnan(days)])
    near = np.isnan(days)
    if len(dated):
        after = np.searchsorted(dated, days - window)
        near |= (after < len(dated)) & (dated[np.minimum(after, len(dated) - 1)] <= days + window)
    if np.isnan(days[new]).any():
        near[:] = True
    return [int(i) for i in np.flatnonzero(new | near)]


@dataclass(frozen=True)
class _Features:
    """What is read of each article: rows of unit length over rare words, title words and numbers; keys; beginnings."""

    words: sparse.csr_array
    title: sparse.csr_array
    numbers: sparse.csr_array
    keys: list[list[tuple[int, float]]]  # rare words with their weights, weightiest first
    beginnings: list[str]


def _read(ordered: pd.DataFrame, looked_at: Sequence[int]) -> _Features:
    chosen = ordered.iloc[list(looked_at)]
    left = sorted(set(range(len(ordered))) - set(looked_at))[-_BACKGROUND:]
    titles = [str(t) if isinstance(t, str) else "" for t in chosen["title"]]
    texts = [str(t) for t in chosen["text"]]
    bags = [_bag(title, text) for title, text in zip(titles, texts, strict=True)]
    background = [_bag("", str(t)) for t in ordered["text"].iloc[left]]
    title_bags = [Counter(_forms(title)) for title in titles]
    figures = [Counter(numbers(f"{a} {b[: _BODY * 6]}")) for a, b in zip(titles, texts, strict=True)]
    by_word = _rows(bags, [*bags, *background])
    return _Features(
        words=by_word,
        title=_rows(title_bags, [*bags, *background]),
        numbers=_rows(figures, figures),
        keys=[_keys(by_word, row) for row in range(len(bags))],
        beginnings=[
            f"{title}. {_cut(text, _LEAD)}" if title else _cut(text, 2 * _LEAD)
            for title, text in zip(titles, texts, strict=True)
        ],
    )


def _bag(title: str, text: str) -> Counter[str]:
    return Counter(_forms(text[: _BODY * 8])[:_BODY]) + Counter(_forms(title))


def _forms(text: str) -> list[str]:
    return [w.form.removesuffix("'s") for w in words(text)]


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0].replace("\n", " ")


def _rows(bags: Sequence[Counter[str]], corpus: Sequence[Counter[str]]) -> sparse.csr_array:
    """Rows of unit length, one per bag: (1 + ln tf) × ln((N + 1) / (df + ½)); words of one document have none."""
    df = Counter(word for bag in corpus for word in bag)
    column = {word: number for number, word in enumerate(sorted(df))}
    idf = np.array([np.log((len(corpus) + 1) / (n + 0.5)) if n > 1 else 0.0 for _, n in sorted(df.items())])
    indptr, indices, data = [0], list[int](), list[float]()
    for bag in bags:
        for word, count in sorted(bag.items()):
            if word in column and idf[column[word]] > 0:
                indices.append(column[word])
                data.append((1 + np.log(count)) * idf[column[word]])
        indptr.append(len(indices))
    rows = sparse.csr_array((np.array(data), np.array(indices, dtype=np.int64), indptr), shape=(len(bags), len(column)))
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    return sparse.csr_array(sparse.diags_array(1 / np.maximum(lengths, 1e-9)) @ rows)


def _keys(rows: sparse.csr_array, row: int) -> list[tuple[int, float]]:
    start, end = rows.indptr[row], rows.indptr[row + 1]
    order = np.argsort(-rows.data[start:end], kind="stable")[:_KEYS]
    return [(int(rows.indices[start + i]), float(rows.data[start + i])) for i in order]


def _candidates(read: _Features, days: NDArray[np.float64], window: float) -> NDArray[np.int64]:
    """Pairs (earlier, later) of articles with rare words in common, the most promising of each article."""
    postings: dict[int, list[tuple[int, float]]] = defaultdict(list)
    pairs: list[tuple[int, int]] = []
    for at, keys in enumerate(read.keys):
        shared: dict[int, float] = defaultdict(float)
        for word, weight in keys:
            for other, other_weight in reversed(postings[word][-_POSTINGS:]):
                if days[at] - days[other] > window:
                    break  # what was posted before is older still
                shared[other] += weight * other_weight
            postings[word].append((at, weight))
        best = heapq.nlargest(_PARTNERS, shared, key=lambda other: (shared[other], -other))
        pairs += [(other, at) for other in best]
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)


def _probabilities(
    pairs: NDArray[np.int64], read: _Features, days: NDArray[np.float64], embed: Embed
) -> NDArray[np.float64]:
    """The probability of each pair that both tell one event."""
    if not len(pairs):
        return np.zeros(0)
    a, b = pairs[:, 0], pairs[:, 1]
    needed = np.unique(pairs)
    some = embed([read.beginnings[i] for i in needed])
    vectors = np.zeros((len(read.beginnings), some.shape[1]), dtype=np.float32)
    vectors[needed] = some
    apart = np.abs(days[a] - days[b])
    odds = (
        _BIAS
        + _MEANING * np.einsum("ij,ij->i", vectors[a], vectors[b])
        + _WORDS * _dots(read.words, a, b)
        + _TITLE * _dots(read.title, a, b)
        + _NUMBERS * _dots(read.numbers, a, b)
        + _DAYS * np.where(np.isnan(apart), _UNDATED, apart)
    )
    probability: NDArray[np.float64] = 1 / (1 + np.exp(-odds))
    return probability


def _dots(rows: sparse.csr_array, a: NDArray[np.int64], b: NDArray[np.int64]) -> NDArray[np.float64]:
    return np.asarray(rows[a].multiply(rows[b]).sum(axis=1)).ravel()


def _merged(
    n: int, pairs: NDArray[np.int64], probability: NDArray[np.float64], fixed: Sequence[str | None]
) -> Iterator[list[int]]:
    """Average linkage over the pairs; groups with different fixed stories stay apart, those with one are one."""
    members: dict[int, list[int]] = {i: [i] for i in range(n)}
    links: dict[int, dict[int, float]] = defaultdict(dict)
    for (i, j), p in zip(pairs.tolist(), probability.tolist(), strict=True):
        if p >= _NEGLIGIBLE:
            links[i][j] = links[j][i] = p
    story: dict[int, str | None] = dict(enumerate(fixed))
    of_story: dict[str, int] = {}
    for i in range(n):
        if (name := fixed[i]) is not None:
            if name in of_story:
                _join(of_story[name], i, members, links)
            else:
                of_story[name] = i
    heap = [(-_mean(i, j, members, links), i, j) for i in links for j in links[i] if i < j]
    heapq.heapify(heap)
    while heap and -heap[0][0] >= _JOINED:
        value, i, j = heapq.heappop(heap)
        if i not in members or j not in members or j not in links[i] or -value != _mean(i, j, members, links):
            continue
        if story[i] is not None and story[j] is not None:
            continue
        story[i] = story[i] or story[j]
        _join(i, j, members, links)
        for k in links[i]:
            heapq.heappush(heap, (-_mean(i, k, members, links), min(i, k), max(i, k)))
    yield from members.values()


def _mean(i: int, j: int, members: dict[int, list[int]], links: dict[int, dict[int, float]]) -> float:
    return links[i][j] / (len(members[i]) * len(members[j]))


def _join(i: int, j: int, members: dict[int, list[int]], links: dict[int, dict[int, float]]) -> None:
    """Put group j into group i; links are sums over pairs."""
    members[i] += members.pop(j)
    for k, total in links.pop(j, {}).items():
        del links[k][j]
        if k != i:
            links[i][k] = links[k][i] = links[i].get(k, 0.0) + total
