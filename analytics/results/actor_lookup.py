"""Which actors of a results folder a person means by a name."""

from __future__ import annotations

from .store import Store

# The surest first: an id, a name, an alias.
_WAYS = ("actor_id = ?", "lower(name) = lower(?)", "list_contains(string_split(lower(aliases), '; '), lower(?))")


def find_actors(store: Store, typed: str) -> dict[str, str]:
    """Id → name of the actors of this id, else of this name, else with this alias, whatever its case.

    The most mentioned come first. Several may have one name: whoever asks decides which is meant, or asks back.
    """
    for way in _WAYS:
        sql = f"SELECT actor_id, name FROM actors WHERE {way} ORDER BY n_articles DESC, actor_id"
        found = store.query(sql, [typed])
        if len(found):
            return dict(zip(found["actor_id"].astype(str), found["name"].astype(str), strict=True))
    return {}
