"""The synthetic results with stories, copies and paired quotations in them. Invented, like all of it.

Three outlets tell of the bridge on its first day; the second day is told by two; one article is a copy.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
from synthetic_store import write_store

from analytics.results.schemas import frame

BRIDGE, FERRY = "a000", "a001"  # story ids: the first article of each
TOLD = {"a000": BRIDGE, "a020": BRIDGE, "a040": BRIDGE, "a061": BRIDGE, "a001": FERRY, "a021": FERRY}
COPY, COPIED = "a061", "a000"  # the hostile outlet's article counts as a copy


def write_story_store(folder: Path) -> Path:
    """Write the synthetic results, add stories, and return the folder."""
    write_store(folder)
    articles = pd.read_parquet(folder / "articles.parquet")
    rows: list[dict[str, Any]] = articles.astype(object).where(articles.notna(), None).to_dict("records")
    for row in rows:
        row["story_id"] = TOLD.get(row["article_id"])
        row["copy_of"] = COPIED if row["article_id"] == COPY else None
    tables = {
        "articles": rows,
        "stories": [_story(story, [r for r in rows if r["story_id"] == story]) for story in (BRIDGE, FERRY)],
        "alignments": [],
        "quote_pairs": list(_pairs(folder)),
    }
    for name, table in tables.items():
        frame(name, table).to_parquet(folder / f"{name}.parquet", index=False)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["counts"] |= {name: len(table) for name, table in tables.items()}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder


def _story(story_id: str, members: list[dict[str, Any]]) -> dict[str, Any]:
    times = [row["published"] for row in members]
    return {
        "story_id": story_id,
        "label": members[0]["title"],
        "first_published": min(times),
        "last_published": max(times),
        "n_articles": len(members),
        "n_outlets": len({row["outlet"] for row in members}),
    }


def _pairs(folder: Path) -> Any:
    """The first quotation of the first telling, reworded by the second outlet; the third does not have it.

    The second outlet's own first quotation stands in the third as indirect speech, the third's in no other.
    """
    said = pd.read_parquet(folder / "attributions.parquet")
    said = said[said["kind"] == "direct"].sort_values(["article_id", "start"])
    first = {article: rows.iloc[0] for article, rows in said.groupby("article_id")}
    last = {article: rows.iloc[-1] for article, rows in said.groupby("article_id")}
    yield _pair(("a000", first["a000"]), ("a020", first["a020"]), "reworded", 0.6)
    yield _pair(None, ("a040", last["a040"]), "only_b", None)


def _pair(
    a: tuple[str, pd.Series[Any]] | None, b: tuple[str, pd.Series[Any]], relation: str, alike: float | None
) -> dict[str, Any]:
    row: dict[str, Any] = {"story_id": BRIDGE, "relation": relation, "similarity": alike, "only_here": True}
    row["speaker_id"] = (a or b)[1]["speaker_id"]
    for side, place in (("a", a), ("b", b)):
        row[f"article_{side}"] = place[0] if place else None
        for name, column in (("attribution", "attribution_id"), ("start", "start"), ("end", "end")):
            row[f"{name}_{side}"] = int(place[1][column]) if place else None
    return row
