"""Whether mentions are linked to the right actor, against verdicts that readers gave on a real corpus."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from statsmodels.stats.proportion import proportion_confint

from ..errors import InputError
from ..results.store import Selection, open_store
from . import link_recall
from .figures import COLUMNS as FIGURES
from .sheets import read_rows

SHEET = Path(__file__).parents[2] / "tests" / "judgements" / "actor_links.tsv"
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


def evaluate(path: Path, *, sheet: Path = SHEET) -> pd.DataFrame:
    """Precision of actor links on the judged mentions of a corpus.

    `path` is a results folder: the corpus of the sheet, scored. Splits: named mentions; resolved
    pronouns and descriptions. Beside the precision (95 % Wilson interval, n verdicts that still
    apply) stand the numbers of mentions that are by now linked to another actor, to be judged
    anew, or no longer mentions. Where the corpus holds articles of the other sheet as well, the splits
    that begin with "text" say how many mentions of a text are linked at all (link_recall).
    """
    verdicts = read_sheet(sheet)
    store = open_store(path)
    articles = tuple({verdict.article_id for verdict in verdicts})
    chosen = ("article_id", "start", "end", "actor_id")
    mentions = store.select("mentions", Selection(articles=articles), columns=chosen)
    linked = {(a, int(start), int(end)): actor for a, start, end, actor in mentions.to_numpy().tolist()}
    if not linked:
        raise InputError(f"{path}: holds none of the articles that {sheet.name} judges; score their corpus first")
    counts: dict[str, Counter[str]] = {"named": Counter(), "resolved": Counter()}
    for verdict in verdicts:
        now = linked.get((verdict.article_id, verdict.start, verdict.end))
        if now is None:
            outcome = "gone"
        elif now != verdict.actor_id:
            outcome = "changed"
        else:
            outcome = "right" if verdict.right else "wrong"
        counts[_NAMED[verdict.form]][outcome] += 1
    rows: list[tuple[object, ...]] = []
    for split, count in counts.items():
        n = count["right"] + count["wrong"]
        low, high = proportion_confint(count["right"], n, method="wilson") if n else (None, None)
        rows.append((split, "rules", "precision", count["right"] / n if n else None, low, high, n))
        rows += [(split, "rules", f"links {change}", count[change], None, None, n) for change in ("changed", "gone")]
    precision = pd.DataFrame(rows, columns=FIGURES)
    recall = link_recall.evaluate(store)
    return pd.concat([precision, recall], ignore_index=True) if len(recall) else precision
