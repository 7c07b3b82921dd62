"""What a coder sees of an item: its words, and nothing of who published it or what the machine made of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from ..results.store import Selection, Store
from ..vocabulary import UNKNOWN
from .voice_spans import Spans, sources_words

MASK = "█"
_LEAST = 2  # characters of an outlet's name that is masked
Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An item as it is shown. Stretches are offsets into `text`."""

    text: str  # the sentence, or the article's body
    marked: tuple[Stretch, ...] = ()  # the mention that is asked about
    grey: tuple[Stretch, ...] = ()  # words that are not judged: another voice's
    before: str = ""  # the sentence before it, to understand it
    after: str = ""


def shown(store: Store, item: pd.Series, *, kind: str, voice: str) -> Shown | None:
    """An item without outlet, headline, boilerplate and the machine's answer; None where its article is gone.

    Names of outlets in the text are blackened, all of the corpus alike, but not inside of the words asked about.
    `item` has the columns of `items`; `kind` is the item of the score's `Coding`.

    >>> from analytics import open_store
    >>> from analytics.coding import items
    >>> store = open_store("results")
    >>> item = items(store, "sentiment_vader", actor="person:mara_quill").iloc[0]
    >>> seen = shown(store, item, kind="mention", voice="outlet")
    >>> [seen.text[start:end] for start, end in seen.marked]
    ['Mara Quill']
    """
    article = Selection(articles=(str(item["article_id"]),))
    sentences = store.select("sentences", article, order_by="t.start")
    if sentences.empty:
        return None
    hidden = _masks(store)
    if pd.isna(item["sentence_id"]):
        return _article(store, article, sentences, hidden)
    at = sentences.index[sentences["sentence_id"] == item["sentence_id"]]
    if not len(at):
        return None
    place, here = int(at[0]), sentences.loc[at[0]]
    first, text = int(here["start"]), str(here["text"])
    mention = (int(item["start"]) - first, int(item["end"]) - first) if kind == "mention" else None
    if mention and not 0 <= mention[0] < mention[1] <= len(text):
        return None
    spans = [
        (begin - first, end - first, by)
        for begin, end, by in sources_words(store, article).get(str(item["article_id"]), [])
    ]
    return Shown(
        text=_masked(text, hidden, spare=mention),
        marked=(mention,) if mention else (),
        grey=(
            _not_judged(len(text), spans, voice, keep=mention)
            if pd.isna(item["judged"])
            else _unread(str(item["judged"]), first, first + len(text))
        ),
        before=_neighbour(sentences, place - 1, hidden),
        after=_neighbour(sentences, place + 1, hidden),
    )


def _article(store: Store, article: Selection, sentences: pd.DataFrame, hidden: re.Pattern[str] | None) -> Shown:
    body = sentences[~sentences["in_title"].astype(bool) & sentences["boilerplate"].isna()]
    text = store.text(article.articles[0])
    pieces: list[str] = []
    last: int | None = None
    for start, end, words in body[["start", "end", "text"]].to_numpy(object):
        gap = text[last : int(start)] if last is not None else ""
        pieces += ["\n\n" if "\n" in gap else " " if last is not None else "", str(words)]
        last = int(end)
    return Shown(text=_masked("".join(pieces), hidden))


def _not_judged(length: int, spans: Spans, voice: str, *, keep: Stretch | None) -> tuple[Stretch, ...]:
    """The stretches of a sentence in other voices than the one asked about; quotation marks beat reports."""
    at = ["outlet"] * length
    for wanted in ("reported", "quoted"):
        for start, end, by in spans:
            for place in range(max(start, 0), min(end, length)) if by == wanted else ():
                at[place] = by
    if keep:
        at[keep[0] : keep[1]] = [voice] * (keep[1] - keep[0])
    found: list[Stretch] = []
    for place, by in enumerate(at):
        if by == voice:
            continue
        if found and found[-1][1] == place:
            found[-1] = (found[-1][0], place + 1)
        else:
            found.append((place, place + 1))
    return tuple(found)


def _unread(judged: str, start: int, end: int) -> tuple[Stretch, ...]:
    """The stretches beside those that the measure reads; none where it reads the whole sentence.

    >>> _unread("10-20 35-40", 10, 50), _unread("", 10, 50)
    (((10, 25), (30, 40)), ())
    """
    if not judged:
        return ()
    edges = [start, *(int(edge) for stretch in judged.split() for edge in stretch.split("-")), end]
    gaps = zip(edges[::2], edges[1::2], strict=True)
    return tuple((a - start, b - start) for a, b in gaps if a < b)


def _neighbour(sentences: pd.DataFrame, place: int, hidden: re.Pattern[str] | None) -> str:
    """A sentence beside the item, where it is neither headline nor boilerplate."""
    if not 0 <= place < len(sentences):
        return ""
    row = sentences.loc[place]
    return "" if row["in_title"] or not pd.isna(row["boilerplate"]) else _masked(str(row["text"]), hidden)


def _masks(store: Store) -> re.Pattern[str] | None:
    """The names of all outlets, with or without their article and domain."""
    names = set()
    for outlet in store.outlets():
        if outlet != UNKNOWN:
            bare = re.sub(r"^(The|www\.)\s*", "", outlet, flags=re.IGNORECASE)
            names |= {outlet, bare, re.sub(r"\.(com|org|net|co\.uk|[a-z]{2})$", "", bare)}
    kept = sorted((re.escape(name) for name in names if len(name) >= _LEAST), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(kept)})(?!\w)") if kept else None


def _masked(text: str, hidden: re.Pattern[str] | None, *, spare: Stretch | None = None) -> str:
    """The text with outlets' names blackened, letter by letter, so that offsets stay."""
    if hidden is None:
        return text

    def black(found: re.Match[str]) -> str:
        inside = spare is not None and found.start() < spare[1] and spare[0] < found.end()
        return found[0] if inside else MASK * len(found[0])

    return hidden.sub(black, text)
