"""The words of a results folder one by one: in which article, sentence and voice each stands."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..vocabulary import UNKNOWN, VOICES
from .store import EVERYTHING, Selection, Store

# Initials ("U.S."), or letters with apostrophes and hyphens inside.
WORD = re.compile(r"\b(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:['’-][^\W\d_]+)*")


def words_of(store: Store, selection: Selection = EVERYTHING, *, actor: str | None = None) -> pd.DataFrame:
    """Every word that a selection keeps, in the order of the texts; boilerplate is left out.

    `actor` (an id) keeps the sentences that mention the actor, without the words that name it. The selection's voices
    keep the words that stand in them: inside an attribution a word is quoted (direct) or reported, else the outlet's
    own; of attributions within one another the innermost counts.

    Columns: article_id, outlet ("(unknown)" where it is missing), sentence_id, start and end (offsets into the
    article's text), word (in lower case), voice. article_id, outlet, word and voice are categories.

    >>> from analytics import open_store
    >>> store = open_store("results")
    >>> found = words_of(store, Selection(outlets=("Harbour Post",), voices=("quoted",)))
    >>> found[["sentence_id", "word", "voice"]].head(2)
       sentence_id     word   voice
    0            1       we  quoted
    1            1  perhaps  quoted
    """
    voices, selection = selection.voices, selection.but(voices=(), actors=())
    condition, parameters = store.where("sentences", selection)
    if actor is not None:
        condition += " AND (t.article_id, t.sentence_id) IN (SELECT (article_id, sentence_id) FROM mentions"
        condition += " WHERE actor_id = ?)"
        parameters = [*parameters, actor]
    sentences = store.query(
        'SELECT t.article_id, a.outlet, t.sentence_id, t.start, t."end", t.text FROM sentences t '
        f"JOIN articles a USING (article_id) WHERE t.boilerplate IS NULL AND {condition} "
        "ORDER BY t.article_id, t.start",
        parameters,
    )
    found = _split(sentences)
    marks = _Places(sentences["article_id"])
    at = marks.of(found["article_id"], found["start"])
    voice = _voices(store, marks, at, selection)
    kept = np.ones(len(found), bool)
    if actor is not None:
        kept &= ~_named(store, marks, at, actor)
    if voices:
        kept &= np.isin(voice, [i for i, name in enumerate(VOICES) if name in voices])
    found["voice"] = pd.Categorical([VOICES[code] for code in voice], categories=list(VOICES))
    return found[kept].reset_index(drop=True)


class _Places:
    """Places in all the articles as one line of numbers, so that spans of many articles are looked up at once."""

    STRIDE = 1 << 32

    def __init__(self, articles: pd.Series[str]) -> None:
        self.articles = pd.Index(articles.unique())

    def of(self, articles: Sequence[str] | pd.Series[str], offsets: pd.Series[int]) -> npt.NDArray[np.int64]:
        numbers = self.articles.get_indexer(pd.Index(articles)).astype(np.int64)
        return np.asarray(numbers * self.STRIDE + offsets.to_numpy(np.int64))


def _split(sentences: pd.DataFrame) -> pd.DataFrame:
    rows, starts, ends, words = list[int](), list[int](), list[int](), list[str]()
    for row, (first, text) in enumerate(zip(sentences["start"].tolist(), sentences["text"].tolist(), strict=True)):
        for match in WORD.finditer(text):
            rows.append(row)
            starts.append(first + match.start())
            ends.append(first + match.end())
            words.append(match[0].lower())
    taken = sentences[["article_id", "outlet", "sentence_id"]].iloc[rows].reset_index(drop=True)
    outlet = taken["outlet"].astype("string").fillna(UNKNOWN)
    return pd.DataFrame(
        {
            "article_id": taken["article_id"].astype("category"),
            "outlet": outlet.astype("category"),
            "sentence_id": taken["sentence_id"].astype("int64"),
            "start": np.array(starts, dtype=np.int64),
            "end": np.array(ends, dtype=np.int64),
            "word": pd.Categorical(words),
        }
    )


def _voices(store: Store, marks: _Places, at: npt.NDArray[np.int64], selection: Selection) -> npt.NDArray[np.int8]:
    """Which voice, as a place in VOICES, each word is in."""
    condition, parameters = store.where("attributions", selection)
    spans = store.query(
        f'SELECT t.article_id, t.start, t."end", t.kind FROM attributions t WHERE {condition} '
        'ORDER BY t."end" - t.start DESC',
        parameters,
    )
    spans = spans[spans["article_id"].isin(marks.articles)]
    voice = np.full(len(at), VOICES.index("outlet"), dtype=np.int8)
    direct = (spans["kind"] == "direct").to_numpy(bool)
    for first, last, is_direct in zip(*_ranges(marks, at, spans), direct, strict=True):  # shorter ones come later
        voice[first:last] = VOICES.index("quoted" if is_direct else "reported")
    return voice


def _named(store: Store, marks: _Places, at: npt.NDArray[np.int64], actor: str) -> npt.NDArray[np.bool_]:
    spans = store.query('SELECT article_id, start, "end" FROM mentions WHERE actor_id = ?', [actor])
    named = np.zeros(len(at), bool)
    for first, last in zip(*_ranges(marks, at, spans[spans["article_id"].isin(marks.articles)]), strict=True):
        named[first:last] = True
    return named


def _ranges(
    marks: _Places, at: npt.NDArray[np.int64], spans: pd.DataFrame
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    first, last = (np.searchsorted(at, marks.of(spans["article_id"], spans[end])) for end in ("start", "end"))
    return first, last
