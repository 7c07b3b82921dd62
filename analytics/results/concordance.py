"""Keyword in context: every place of a word or phrase with what stands left and right of it."""

from __future__ import annotations

import re
from typing import Literal

import pandas as pd

from ..errors import SelectionError
from .store import EVERYTHING, Selection, Store
from .words import WORD, words_of

Sort = Literal["left", "right", "date"]
COLUMNS = ["outlet", "published", "voice", "left", "words", "right", "article_id", "sentence_id", "start", "end"]


def concordance(
    store: Store,
    phrase: str,
    selection: Selection = EVERYTHING,
    *,
    actor: str | None = None,
    sort: Sort = "right",
    width: int = 60,
) -> pd.DataFrame:
    """Every place of a phrase, whatever its case, in the voices and articles that a selection keeps.

    A `*` in the phrase stands for any letters ("sanction*"). `actor` (an id) keeps the sentences that mention it.
    Rows: outlet, published, voice, left and right (up to `width` characters of the article's text), words (as they
    stand there), article_id, sentence_id, start and end. `sort` orders them by the words to the right, outwards; by
    those to the left, outwards; or by date.

    Raises SelectionError where the phrase has no letters.

    >>> from analytics import open_store
    >>> found = concordance(open_store("results"), "council reject*", sort="left", width=24)
    >>> found["words"].unique().tolist(), found["left"].iloc[0][-12:]
    (['Council rejected'], 'he Tidewater')
    """
    pattern = _pattern(phrase)
    sentences = words_of(store, selection, actor=actor)[["article_id", "outlet", "sentence_id", "start", "voice"]]
    voice_at = {
        (article, start): (sentence, voice, outlet)
        for article, outlet, sentence, start, voice in sentences.itertuples(index=False, name=None)
    }
    rows = [
        (article, *voice_at[article, match.start()], *_around(text, match, width), match.start(), match.end())
        for article, text in _texts(store, sentences)
        for match in pattern.finditer(text)
        if (article, match.start()) in voice_at
    ]
    names = ["article_id", "sentence_id", "voice", "outlet", "left", "words", "right", "start", "end"]
    found = pd.DataFrame(rows, columns=names)
    dates = store.select("articles", columns=["article_id", "published"])
    found = found.merge(dates, on="article_id", how="left", validate="m:1")[COLUMNS]
    found = found.sort_values("article_id", kind="stable")
    if sort == "date":
        return found.sort_values("published", kind="stable", ignore_index=True)
    step = -1 if sort == "left" else 1  # outwards
    return found.sort_values(
        sort, key=lambda texts: texts.map(lambda text: _words(text)[::step]), kind="stable", ignore_index=True
    )


def _pattern(phrase: str) -> re.Pattern[str]:
    if not WORD.search(phrase):
        raise SelectionError(f"{phrase!r} has no letters to look for")
    parts = [r"[\w'’-]*".join(re.escape(piece) for piece in part.split("*")) for part in phrase.split()]
    return re.compile(r"(?<![\w'’-])" + r"\s+".join(parts) + r"(?![\w-])", re.IGNORECASE)


def _texts(store: Store, sentences: pd.DataFrame) -> list[tuple[str, str]]:
    kept = sentences["article_id"].unique().tolist()
    texts = store.query("SELECT article_id, text FROM texts ORDER BY article_id")
    return [(str(a), str(t)) for a, t in texts[texts["article_id"].isin(kept)].itertuples(index=False, name=None)]


def _around(text: str, match: re.Match[str], width: int) -> tuple[str, str, str]:
    left = text[max(0, match.start() - width) : match.start()]
    right = text[match.end() : match.end() + width]
    return " ".join(left.split()), " ".join(match[0].split()), " ".join(right.split())


def _words(text: str) -> tuple[str, ...]:
    return tuple(WORD.findall(text.lower()))
