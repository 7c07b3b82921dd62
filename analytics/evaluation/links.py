"""Whether mentions are linked to the right actor, against verdicts that readers gave on a real corpus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from statsmodels.stats.proportion import proportion_confint

from ..errors import InputError
from ..results.store import Selection, Store, open_store
from . import link_recall
from .figures import COLUMNS as FIGURES
from .sheets import read_rows

JUDGEMENTS = Path(__file__).parents[2] / "tests" / "judgements"
SHEET = JUDGEMENTS / "actor_links.tsv"
# What its splits end with → a sheet. The rules were revised on the first two after they had been judged.
SHEETS = {
    "": SHEET,
    ", later": JUDGEMENTS / "actor_links_later.tsv",
    ", latest": JUDGEMENTS / "actor_links_latest.tsv",
}
COLUMNS = ["article_id", "start", "end", "form", "actor_id", "verdict"]
_NAMED = {"name": "named", "nominal": "resolved", "pronoun": "resolved"}


class Verdict(NamedTuple):
    """One judged link: the mention at [start, end) of an article was linked to `actor_id`; right or wrong."""

    article_id: str
    start: int
    end: int
    form: str
    actor_id: str
    right: bool


def read_sheet(path: Path = SHEET) -> list[Verdict]:
    """The verdicts of a sheet: tab-separated article_id, start, end, form, actor_id, verdict.

    Raises InputError, naming the file, where it is not of that form.
    """
    rows = read_rows(path, COLUMNS)
    return [
        Verdict(r["article_id"], int(r["start"]), int(r["end"]), r["form"], r["actor_id"], r["verdict"] == "right")
        for r in rows
    ]


def evaluate(path: Path, *, sheets: Mapping[str, Path] = SHEETS) -> pd.DataFrame:
    """Precision of actor links on the judged mentions of a corpus.

    `path` is a results folder: the corpus of a sheet, scored. An independent reader judged the links of each sheet,
    drawn at random, as they were at the time: "precision when judged" keeps that first reading. Splits: named
    mentions; resolved pronouns and descriptions; with ", later" and ", latest" those of the second and third sheet.
    Beside the precision of the links that still stand (95 % Wilson interval, n verdicts that still apply) are the
    numbers of mentions that are by now linked to another actor, to be judged anew, or no longer mentions. Where the
    corpus holds articles of the other sheets as well, the splits that begin with "text" say how many mentions of a
    text are linked at all (link_recall). Raises InputError where it holds the articles of no sheet.
    """
    store = open_store(path)
    tables = [_precision(store, read_sheet(sheet), ending) for ending, sheet in sheets.items()]
    if not any(len(found) for found in tables):
        names = " and ".join(sheet.name for sheet in sheets.values())
        raise InputError(f"{path}: holds none of the articles that {names} judge; score their corpus first")
    tables.append(link_recall.evaluate(store))
    return pd.concat([found for found in tables if len(found)], ignore_index=True)


def _precision(store: Store, verdicts: list[Verdict], ending: str) -> pd.DataFrame:
    """The rows of one sheet; none where the store holds not even half of its articles: it is of another corpus."""
    articles = tuple({verdict.article_id for verdict in verdicts})
    chosen = ("article_id", "start", "end", "actor_id")
    mentions = store.select("mentions", Selection(articles=articles), columns=chosen)
    linked = {(a, int(start), int(end)): actor for a, start, end, actor in mentions.to_numpy().tolist()}
    if 2 * len({article_id for article_id, _, _ in linked}) < len(articles):
        return pd.DataFrame(columns=FIGURES)
    now: dict[str, Counter[str]] = {"named": Counter(), "resolved": Counter()}
    judged: dict[str, Counter[bool]] = {"named": Counter(), "resolved": Counter()}
    for verdict in verdicts:
        split = _NAMED[verdict.form]
        now[split][_outcome(verdict, linked)] += 1
        judged[split][verdict.right] += 1
    rows: list[tuple[object, ...]] = []
    for split, count in now.items():
        name, n = f"{split}{ending}", count["right"] + count["wrong"]
        rows.append((name, "rules", "precision when judged", *_share(judged[split][True], judged[split].total())))
        rows.append((name, "rules", "precision", *_share(count["right"], n)))
        rows += [(name, "rules", f"links {change}", count[change], None, None, n) for change in ("changed", "gone")]
    return pd.DataFrame(rows, columns=FIGURES)


def _outcome(verdict: Verdict, linked: Mapping[tuple[str, int, int], str]) -> str:
    now = linked.get((verdict.article_id, verdict.start, verdict.end))
    if now is None:
        return "gone"
    if now != verdict.actor_id:
        return "changed"
    return "right" if verdict.right else "wrong"


def _share(right: int, n: int) -> tuple[float | None, float | None, float | None, int]:
    """A share with its 95 % Wilson interval and n."""
    if not n:
        return None, None, None, 0
    low, high = proportion_confint(right, n, method="wilson")
    return right / n, low, high, n
