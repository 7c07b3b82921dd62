"""One actor table for a whole corpus: names that single articles left apart are merged here."""

from __future__ import annotations

from collections import defaultdict

import pandas as pd

from .knowledge.aliases import ActorBook
from .tables import Actors

_DOMINANT = 0.8  # share of a surname's articles that its most frequent bearer must have
_FEWEST = 2  # articles in which that bearer is named in full


def merge_actors(names: pd.DataFrame, book: ActorBook) -> tuple[dict[str, str], pd.DataFrame]:
    """Merge article-level actors into corpus-level ones.

    `names` has one row per article-level actor id, name, kind and surface text: actor_id, name,
    kind, text, n_mentions, n_articles. A surname that some articles use without a full name goes
    to the person of that surname who has at least 80 % of the articles naming one in full;
    otherwise it stays an actor of its own.

    Returns the ids that change (old → new) and the `actors` table, most mentioned first.
    """
    kinds = _majority_kinds(names, book)
    renamed = _surnames(names, kinds, book)
    merged = names.assign(actor_id=names["actor_id"].map(lambda i: renamed.get(i, i)))
    rows = []
    for actor_id, group in merged.groupby("actor_id", sort=False):
        actor_id = str(actor_id)
        known = book.actors.get(actor_id)
        texts = group.groupby("text")["n_mentions"].sum().sort_values(ascending=False, kind="stable")
        rows.append(
            {
                "actor_id": actor_id,
                "name": known.name if known else _full_name(group),
                "kind": known.kind if known else kinds[actor_id],
                "aliases": "; ".join(str(text) for text in texts.index[:12]),
                "n_mentions": int(group["n_mentions"].sum()),
                "n_articles": 0,  # counted over the mentions, where articles are known
            }
        )
    actors = pd.DataFrame(rows, columns=list(Actors.to_schema().columns))
    return renamed, actors


def _majority_kinds(names: pd.DataFrame, book: ActorBook) -> dict[str, str]:
    counts = names.groupby(["actor_id", "kind"])["n_mentions"].sum().reset_index()
    top = counts.sort_values(["n_mentions", "kind"], ascending=[False, True]).drop_duplicates("actor_id")
    kinds = dict(zip(top["actor_id"].astype(str), top["kind"].astype(str), strict=True))
    return kinds | {actor_id: actor.kind for actor_id, actor in book.actors.items() if actor_id in kinds}


def _surnames(names: pd.DataFrame, kinds: dict[str, str], book: ActorBook) -> dict[str, str]:
    """Single-word actors → the person of that surname, where one dominates."""
    persons: dict[str, dict[str, int]] = defaultdict(dict)
    single: set[str] = set()
    full = names.groupby(["actor_id", "name"])["n_articles"].max().reset_index()
    for actor_id, name, n_articles in full.itertuples(index=False):
        words = str(name).split()
        if kinds.get(actor_id) == "person" and len(words) > 1:
            bearers = persons[words[-1].lower()]
            bearers[actor_id] = max(bearers.get(actor_id, 0), int(n_articles))
        elif len(words) == 1 and actor_id not in book.actors:
            single.add(actor_id)
    renamed = {}
    for actor_id in single:
        bearers = persons.get(actor_id, {})
        if not bearers:
            continue
        best = max(sorted(bearers), key=lambda i: bearers[i])
        if bearers[best] >= _FEWEST and bearers[best] >= _DOMINANT * sum(bearers.values()):
            renamed[actor_id] = best
    return renamed


def _full_name(group: pd.DataFrame) -> str:
    """The most frequent of the names that articles established for an actor."""
    counts = group.groupby("name")["n_mentions"].sum().reset_index()
    best = counts.sort_values(["n_mentions", "name"], ascending=[False, True])
    return str(best["name"].iloc[0])
