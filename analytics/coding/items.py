"""What can be coded in a results folder: every item of a score, with the machine's value, as a population."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from ..errors import SelectionError
from ..measures import SCORES, Coding, Score
from ..results.store import EVERYTHING, Selection, Store
from ..vocabulary import VOICES
from .voice_spans import Spans, sources_words

COLUMNS = (
    *("item_id", "article_id", "sentence_id", "start", "end", "outlet", "published", "story_id", "copy_of"),
    *("judged", "machine", "denominator", "doubt"),
)
WHOLE = ("article", "actor")  # kinds of items that are articles
_WORD = re.compile(r"\w[\w'’-]*")
_CUE_RATE = 0.02  # of a word, where the machine found no cue: what it is expected to miss; own guess, for draws only


def codable() -> dict[str, Score]:
    """The scores that people can code, by name.

    >>> sorted(codable())[:4]
    ['author_sentiment', 'boosting', 'frame_conflict', 'frame_economic']
    """
    return {name: score for name, score in SCORES.items() if score.coding}


def coding_of(name: str) -> tuple[Score, Coding]:
    """A score and how it is coded. Raises SelectionError, saying which can be, where it cannot."""
    score = SCORES.get(name)
    if score is None or score.coding is None:
        raise SelectionError(f"{name!r} cannot be coded; these can: {', '.join(codable())}")
    return score, score.coding


def items(
    store: Store,
    name: str,
    *,
    actor: str | None = None,
    voice: str = "outlet",
    selection: Selection = EVERYTHING,
) -> pd.DataFrame:
    """All items of a score, one row each: the population that a sample is drawn from.

    Columns: item_id (the article and where in it, so it outlives a new scoring of the same text), article_id,
    sentence_id, start, end (null for whole articles), outlet, published, story_id, copy_of; judged, the stretches of
    the text that the measure reads, "" for the whole sentence, null where the voice says it; machine, what the machine
    adds to the score's numerator; denominator, what the item adds below the line; doubt, the standard deviation that
    the machine itself expects of its error, null where it gives none.

    Raises SelectionError where the score cannot be coded, it needs an actor, or the voice does not exist.

    >>> from analytics import open_store
    >>> found = items(open_store("results"), "hedging")
    >>> bool(found["machine"].sum() > 0), found["item_id"].is_unique
    (True, True)
    """
    score, coding = coding_of(name)
    if score.per_actor and actor is None:
        raise SelectionError(f"{name} is about an actor: name one")
    if voice not in VOICES and coding.item not in WHOLE:
        raise SelectionError(f"no voice {voice!r}; there are: {', '.join(VOICES)}")
    selection = selection.but(actors=(), voices=())
    if coding.item == "mention":
        found = _mentions(store, score, str(actor), voice, selection)
    elif coding.item == "words":
        found = _words(store, score, voice, selection)
    elif coding.item == "sentence":
        found = _sentences(store, score, selection)
    else:
        found = _articles(store, score, actor, selection)
    about = store.select("articles", columns=["article_id", "outlet", "published", "story_id", "copy_of"])
    found = found.merge(about, on="article_id", how="left", validate="m:1").astype({"machine": float, "doubt": float})
    found["judged"] = (found["judged"] if "judged" in found else pd.Series(pd.NA, index=found.index)).astype("string")
    return found[list(COLUMNS)]


def voice_of(name: str, voice: str) -> str:
    """The voice that a sample of this score is about: "all" for whole articles, the outlet's for its sentences."""
    item = coding_of(name)[1].item
    return "all" if item in WHOLE else "outlet" if item == "sentence" else voice


def _mentions(store: Store, score: Score, actor: str, voice: str, selection: Selection) -> pd.DataFrame:
    assert score.evidence is not None
    condition, parameters = store.where("mentions", selection)
    learnt = score.evidence.value == "t.sentiment"
    doubt = "sqrt(greatest(t.p_positive + t.p_negative - t.sentiment * t.sentiment, 0))" if learnt else "NULL"
    judged = f"coalesce({score.evidence.read_words}, '')" if score.evidence.read_words else "NULL"
    sql = f"""SELECT t.article_id, t.sentence_id, t.start, t."end", {score.evidence.value} AS machine,
        1.0 AS denominator, {doubt} AS doubt, {judged} AS judged FROM mentions t
        WHERE {score.evidence.condition} AND t.actor_id = ? AND t.voice = ? AND {condition}"""
    return _with_ids(store.query(sql, [actor, voice, *parameters]))


def _sentences(store: Store, score: Score, selection: Selection) -> pd.DataFrame:
    assert score.evidence is not None
    condition, parameters = store.where("sentences", selection)
    value = score.evidence.value
    sql = f"""SELECT t.article_id, t.sentence_id, t.start, t."end", {value} AS machine, 1.0 AS denominator,
        sqrt({value} * (1 - {value})) AS doubt FROM {score.evidence.rows or "sentences"} t
        WHERE {score.evidence.condition} AND {condition}"""
    return _with_ids(store.query(sql, parameters))


def _articles(store: Store, score: Score, actor: str | None, selection: Selection) -> pd.DataFrame:
    condition, parameters = store.where("scores", selection)
    whose = "t.actor_id = ?" if score.per_actor else "t.actor_id IS NULL"
    sql = f"""SELECT t.article_id, NULL::BIGINT AS sentence_id, NULL::BIGINT AS start, NULL::BIGINT AS "end",
        t.value AS machine, 1.0 AS denominator, NULL::DOUBLE AS doubt FROM scores t
        WHERE t.score = ? AND {whose} AND {condition} ORDER BY t.article_id"""
    named = [actor] if score.per_actor else []
    found = store.query(sql, [score.name, *named, *parameters])
    if score.range == (0, 1):
        found["doubt"] = np.sqrt(found["machine"].astype(float) * (1 - found["machine"].astype(float)))
    return found.assign(item_id=found["article_id"])


def _words(store: Store, score: Score, voice: str, selection: Selection) -> pd.DataFrame:
    """The words of a voice in each sentence, with the cues that the machine found among them.

    The table of scores says how many words an article has in a voice, the attributions in which sentences about;
    what the sentences hold is stretched to add up to what the article has.
    """
    assert score.evidence is not None
    condition, parameters = store.where("sentences", selection)
    sql = f"SELECT t.* FROM sentences t WHERE t.boilerplate IS NULL AND {condition} ORDER BY t.article_id, t.start"
    sentences = store.query(sql, parameters)
    spans = sources_words(store, selection)
    sentences["words"] = [
        _words_in(str(text), int(start), spans.get(str(article_id), []), voice)
        for text, start, article_id in sentences[["text", "start", "article_id"]].to_numpy(object)
    ]
    cues = store.query(
        f"""SELECT t.article_id, t.sentence_id, count(*) AS machine FROM cues t
        WHERE {score.evidence.condition} AND t.voice = ? GROUP BY ALL""",
        [voice],
    )
    totals = store.query(
        "SELECT article_id, denominator AS total FROM scores WHERE score = ? AND voice = ?", [score.name, voice]
    )
    found = sentences.merge(cues, on=["article_id", "sentence_id"], how="left").merge(totals, on="article_id")
    found["machine"] = found["machine"].fillna(0).astype(float)
    found["words"] = np.maximum(found["words"], found["machine"])
    found = found[found["words"] > 0]
    stretch = found["total"].astype(float) / found.groupby("article_id")["words"].transform("sum")
    found["denominator"] = found["words"] * stretch
    found["doubt"] = np.sqrt(0.5 * found["machine"] + _CUE_RATE * found["words"])
    return _with_ids(found)


def _words_in(text: str, start: int, spans: Spans, voice: str) -> int:
    """How many words of a sentence are in a voice; a word belongs to the voice it begins in."""
    near = [span for span in spans if span[1] > start and span[0] < start + len(text)]
    return sum(_voice_at(start + word.start(), near) == voice for word in _WORD.finditer(text))


def _voice_at(place: int, spans: Spans) -> str:
    inside = [voice for begin, end, voice in spans if begin <= place < end]
    return "quoted" if "quoted" in inside else "reported" if inside else "outlet"


def _with_ids(found: pd.DataFrame) -> pd.DataFrame:
    """Rows in text order, named by where they stand; a second one at the same place is .2, and so on."""
    found = found.sort_values(["article_id", "start", "end"], kind="stable").reset_index(drop=True)
    again = found.groupby(["article_id", "start", "end"]).cumcount() + 1
    place = found["article_id"] + ":" + found["start"].astype(str) + "-" + found["end"].astype(str)
    return found.assign(item_id=place.where(again == 1, place + "." + again.astype(str)))
