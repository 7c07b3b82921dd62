"""The rows of one score that a selection keeps: what comparisons over outlets and time are made of."""

from __future__ import annotations

import pandas as pd

from ..errors import SelectionError
from ..measures import SCORES, Score
from ..measures.stance import scores_on
from .store import EVERYTHING, Selection, Store
from .story_columns import with_stories

COLUMNS = "t.article_id, t.outlet, t.published, t.score, t.actor_id, t.voice, t.value, t.numerator, t.denominator"
VOICE_SHARE = "voice_share"  # its voices share one denominator: they are joined, not added up


def declared_scores(store: Store) -> dict[str, Score]:
    """The scores that a store holds numbers of, by name; those of the statements it was made with among them.

    >>> from analytics import open_store
    >>> declared_scores(open_store("results"))["hedging"].unit
    'per 1,000 words'
    """
    listed = store.manifest.get("targets", ())
    known = SCORES | {score.name: score for target in listed for score in scores_on(target["id"], target["statement"])}
    held = set(store.query("SELECT DISTINCT score FROM scores")["score"])
    return {name: score for name, score in known.items() if name in held}


def find_score(store: Store, name: str) -> Score:
    """The declaration of a score that a store holds.

    Raises SelectionError where it holds none of that name, naming those that it does.
    """
    held = declared_scores(store)
    if name not in held:
        raise SelectionError(f"no score {name!r}; there are: {', '.join(held)}")
    return held[name]


def of_whole_articles(store: Store, name: str) -> bool:
    """Whether a score is about whole articles, so that no choice of voices applies to it."""
    held = store.query("SELECT DISTINCT voice FROM scores WHERE score = ?", [name])
    return held["voice"].tolist() == ["all"]


def score_rows(store: Store, score: Score, selection: Selection = EVERYTHING, *, stories: bool = False) -> pd.DataFrame:
    """The rows of one score that a selection keeps, one or more an article (voices, actors); an article without a
    number has none. `stories` adds story_id and copy_of.

    >>> from analytics import open_store
    >>> store = open_store("results")
    >>> rows = score_rows(store, find_score(store, "hedging"), Selection(outlets=("Harbour Post",)))
    >>> rows["outlet"].unique().tolist(), rows["score"].unique().tolist()
    (['Harbour Post'], ['hedging'])
    """
    if of_whole_articles(store, score.name):
        selection = selection.but(voices=())
    condition, parameters = store.where("scores", selection)
    rows = store.query(f"SELECT {COLUMNS} FROM scores t WHERE t.score = ? AND {condition}", [score.name, *parameters])
    if score.name == VOICE_SHARE:
        by_article = rows.groupby("article_id", as_index=False, sort=False)
        sums = {column: (column, "first") for column in ("outlet", "published", "score", "actor_id", "denominator")}
        rows = by_article.agg(**sums, numerator=("numerator", "sum"))
    return with_stories(store, rows) if stories else rows
