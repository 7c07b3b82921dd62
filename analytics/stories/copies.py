"""Which articles are copies of another, however the headline and the ends were changed."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
from datasketch import MinHash
from numpy.typing import NDArray

from .credits import wire_credit
from .word_difference import words

COLUMNS = ["article_id", "copy_of", "kind", "containment"]
__all__ = ["find_copies", "wire_credit"]

_SHINGLE = 3  # words; where every tenth word is changed, 70 % of them stay
_BANDS, _ROWS = 64, 2  # pairs that share 30 % of their shingles meet in a band in 99.8 % of cases, 1 % in 0.6 %
_LIKELY = 0.12  # estimated Jaccard, below which a pair that met is not looked at
_CONTAINED = (
    0.6  # share of the shorter text’s shingles that the longer has, too; shared background paragraphs stay below
)
_LEAST_PART = (
    0.2  # a copy is at least so long, out of its original: a paragraph that is quoted is no copy of an article
)
_FEWEST = 20  # shingles; shorter texts are copies only if they are the same

_PRIME, _BITS, _RANGE = np.uint64(1_000_003), np.uint64(2**48 - 1), np.uint64(2**32 - 5)

Shingles = NDArray[np.uint32]


def find_copies(articles: pd.DataFrame) -> pd.DataFrame:
    """Articles that copy an earlier one, with the article they copy: article_id, copy_of, kind, containment.

    `articles` needs article_id and text; published decides which of two came first (then article_id; undated ones
    come last). `copy_of` is always an article that is no copy itself. kind is *exact* where all words are the same,
    else *near*; `containment` is the share (0 to 1) of the three-word sequences of the shorter text that stand in the
    longer. Headlines are not looked at where the frame has a column `title`; text is the body.

    Candidate pairs come from MinHash signatures in bands (Broder 1997; Leskovec, Rajaraman and Ullman, ch. 3), so the
    cost grows with the number of articles, not of pairs. Known failure: updates of a live page, which repeat half of
    it, are taken for copies of it.

    >>> dam = "The old dam above the town broke in the night and took three houses, a mill and the road to the coast."
    >>> frame = pd.DataFrame({"article_id": ["b", "a"], "text": [dam, dam.replace("took", "took,")]})
    >>> find_copies(frame).to_dict("records")
    [{'article_id': 'b', 'copy_of': 'a', 'kind': 'exact', 'containment': 1.0}]
    """
    ordered = _in_order(articles)
    sets = _shingles(ordered["text"].tolist())
    ids = ordered["article_id"].tolist()
    found = [(ids[copy], ids[first], kind, contained) for copy, first, kind, contained in _copies(sets)]
    return pd.DataFrame(found, columns=COLUMNS).astype({"article_id": "str", "copy_of": "str", "kind": "str"})


def _in_order(articles: pd.DataFrame) -> pd.DataFrame:
    by = [name for name in ("published", "article_id") if name in articles]
    return articles.sort_values(by, na_position="last", kind="stable")


def _shingles(texts: Sequence[str]) -> list[tuple[int, Shingles]]:
    """For each text a hash of all its words, and the sorted hashes of its three-word sequences."""
    found = []
    for text in texts:
        forms = np.array([zlib.crc32(w.form.encode()) for w in words(text)], dtype=np.uint64)
        rolled: NDArray[np.uint64] = forms[: max(len(forms) - _SHINGLE + 1, 0)].copy()
        for step in range(1, _SHINGLE):
            rolled = (rolled * _PRIME ^ forms[step : step + len(rolled)]) & _BITS
        found.append((zlib.crc32(forms.tobytes()), np.unique((rolled % _RANGE).astype(np.uint32))))
    return found


def _copies(sets: Sequence[tuple[int, Shingles]]) -> Iterator[tuple[int, int, str, float]]:
    """(copy, first, kind, containment) by position; an article joins the earliest original that it copies."""
    partners: dict[int, set[int]] = defaultdict(set)
    for earlier, later in _candidates(sets):
        partners[later].add(earlier)
    copied: set[int] = set()
    first_with: dict[tuple[int, int], int] = {}
    for at, (whole, shingles) in enumerate(sets):
        if len(shingles) == 0:
            continue
        original = first_with.setdefault((whole, len(shingles)), at)
        if original != at:
            copied.add(at)
            yield at, original, "exact", 1.0
            continue
        for first in sorted(partners[at] - copied):
            contained = containment(sets[first][1], shingles)
            if contained >= _CONTAINED:
                copied.add(at)
                first_with[whole, len(shingles)] = first
                yield at, first, "near", round(contained, 4)
                break


def containment(a: Shingles, b: Shingles) -> float:
    """The share of the smaller set that is in the larger; 0 where either is too small to tell."""
    shorter, longer = sorted((len(a), len(b)))
    if shorter < _FEWEST or shorter < _LEAST_PART * longer:
        return 0.0
    return len(np.intersect1d(a, b, assume_unique=True)) / shorter


def _candidates(sets: Sequence[tuple[int, Shingles]]) -> Iterator[tuple[int, int]]:
    """Pairs (earlier, later) whose signatures agree in a band and, over the whole, well enough."""
    large = [at for at, (_, shingles) in enumerate(sets) if len(shingles) >= _FEWEST]
    if not large:
        return
    signatures = np.array([_signature(sets[at][1]) for at in large])
    met: set[tuple[int, int]] = set()
    for band in range(_BANDS):
        rows = np.ascontiguousarray(signatures[:, band * _ROWS : (band + 1) * _ROWS])
        buckets: dict[bytes, list[int]] = defaultdict(list)
        for number, row in enumerate(rows):
            buckets[row.tobytes()].append(number)
        for bucket in buckets.values():
            for i, first in enumerate(bucket):
                for second in bucket[i + 1 : i + 1 + _MOST_IN_BUCKET]:
                    met.add((first, second))
    pairs = np.array(sorted(met), dtype=np.int64).reshape(-1, 2)
    for start in range(0, len(pairs), 100_000):
        part = pairs[start : start + 100_000]
        alike = (signatures[part[:, 0]] == signatures[part[:, 1]]).mean(axis=1)
        for first, second in part[alike >= _LIKELY]:
            yield large[first], large[second]


_MOST_IN_BUCKET = 200  # partners of one article in one bucket: boilerplate must not make the cost quadratic


def _signature(shingles: Shingles) -> NDArray[np.uint64]:
    minhash = MinHash(num_perm=_BANDS * _ROWS, seed=1, hashfunc=_as_is)
    minhash.update_batch(shingles)
    values: NDArray[np.uint64] = minhash.hashvalues
    return values


def _as_is(value: int) -> int:
    return value
