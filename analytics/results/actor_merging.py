"""One actor table for a whole corpus: names that single articles left apart are merged here."""

from __future__ import annotations

from collections import Counter, defaultdict

import pandas as pd

from ..knowledge.aliases import ActorBook, is_given_name
from ..knowledge.person_names import PARTICLES, forms_of, key
from .schemas import Actors

_DOMINANT = 0.8  # share of a surname's articles that its most frequent bearer must have
_FEWEST = 2  # articles in which that bearer is named in full
_ALIASES = 12  # at most so many surface forms are listed


def merge_actors(names: pd.DataFrame, book: ActorBook) -> tuple[dict[str, str], pd.DataFrame]:
    """Merge article-level actors into corpus-level ones.

    `names` has one row per article-level actor id, name, kind and surface text: actor_id, name,
    kind, text, n_mentions, n_articles. A surname that some articles use without a full name goes
    to the person of that surname who has at least 80 % of the articles naming one in full;
    otherwise it stays an actor of its own. What the user counts as one actor is one, and what the
    user leaves out is no row.

    Returns the ids that change (old → new) and the `actors` table, most mentioned first.
    """
    kinds = _majority_kinds(names, book)
    surnames = _surnames(names, kinds, book)
    renamed = {old: book.counted_as.get(new, new) for old, new in surnames.items()} | dict(book.counted_as)
    texts: dict[str, Counter[str]] = defaultdict(Counter)
    full: dict[str, Counter[str]] = defaultdict(Counter)
    for local_id, name, text, n in names[["actor_id", "name", "text", "n_mentions"]].to_numpy().tolist():
        actor_id = renamed.get(local_id, local_id)
        texts[actor_id][text] += n
        full[actor_id][name] += n
    rows = []
    for actor_id, counts in texts.items():
        if actor_id in book.hidden:
            continue
        known = book.actors.get(actor_id)
        rows.append(
            {
                "actor_id": actor_id,
                "name": known.name if known else _fullest(full[actor_id], kinds[actor_id]),
                "kind": known.kind if known else kinds[actor_id],
                "aliases": "; ".join(text for text, _ in counts.most_common(_ALIASES)),
                "n_mentions": counts.total(),
                "n_articles": 0,  # counted over the mentions, where articles are known
            }
        )
    return renamed, pd.DataFrame(rows, columns=list(Actors.to_schema().columns))


def _majority_kinds(names: pd.DataFrame, book: ActorBook) -> dict[str, str]:
    counts = names.groupby(["actor_id", "kind"])["n_mentions"].sum().reset_index()
    top = counts.sort_values(["n_mentions", "kind"], ascending=[False, True]).drop_duplicates("actor_id")
    kinds = dict(zip(top["actor_id"].astype(str), top["kind"].astype(str), strict=True))
    return kinds | {actor_id: actor.kind for actor_id, actor in book.actors.items() if actor_id in kinds}


def _surnames(names: pd.DataFrame, kinds: dict[str, str], book: ActorBook) -> dict[str, str]:
    """Actors known by a surname only ("Marsh", "El Kadi", "Xi") → the person of that surname, where one dominates."""
    persons: dict[str, dict[str, int]] = defaultdict(dict)
    single: dict[str, str] = {}  # actor id → the surname
    full = names.groupby(["actor_id", "name"])["n_articles"].max().reset_index()
    for actor_id, name, n_articles in full.itertuples(index=False):
        words = str(name).split()
        if kinds.get(actor_id) == "person" and len(words) > 1 and words[0].lower() not in PARTICLES:
            for form in forms_of(str(name)).surname:
                persons[form][actor_id] = max(persons[form].get(actor_id, 0), int(n_articles))
        short = len(words) == 1 or (kinds.get(actor_id) == "person" and not is_given_name(words[0]))
        if short and actor_id not in book.actors:
            single[actor_id] = str(name)
    renamed = {}
    for actor_id, surname in single.items():
        named = persons.get(key(surname), {})
        bearers = {i: n for i, n in named.items() if i != actor_id and book.may_be_everywhere(i, surname)}
        if not bearers:
            continue
        best = max(sorted(bearers), key=lambda i: bearers[i])
        if bearers[best] >= _FEWEST and bearers[best] >= _DOMINANT * sum(bearers.values()):
            renamed[actor_id] = best
    return {old: _last(new, renamed) for old, new in renamed.items()}


def _last(actor_id: str, renamed: dict[str, str]) -> str:
    """Whom an id means in the end: "Kadi" is "El Kadi", who is "Omar El Kadi"."""
    passed = {actor_id}
    while actor_id in renamed and renamed[actor_id] not in passed:
        actor_id = renamed[actor_id]
        passed.add(actor_id)
    return actor_id


def _fullest(names: Counter[str], kind: str) -> str:
    """The most frequent name; for a person, of those with a given name where there are any."""
    whole = [name for name in names if kind != "person" or " " in name] or list(names)
    return max(sorted(whole), key=lambda name: names[name])
