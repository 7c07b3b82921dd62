"""Whether what is marked as boilerplate is no news, and how much of it is found, against a reader's verdicts."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from statsmodels.stats.proportion import proportion_confint

from ..annotation.boilerplate import find_boilerplate
from ..annotation.quotations import find_quotations
from ..errors import InputError
from .corpus import read_corpus
from .figures import COLUMNS as FIGURES
from .sheets import read_rows

SHEET = Path(__file__).parents[2] / "tests" / "judgements" / "boilerplate.tsv"
COLUMNS = ["article_id", "start", "end", "kind", "sample", "verdict"]
Stretch = tuple[int, int]


class Verdict(NamedTuple):
    """A stretch [start, end) of an article; `sample` is marked (drawn from what was marked) or read (a whole article).

    `verdict` is boilerplate, news, or none: an article that was read and holds no boilerplate.
    """

    article_id: str
    start: int
    end: int
    kind: str
    sample: str
    verdict: str


def read_sheet(path: Path = SHEET) -> list[Verdict]:
    """The verdicts of a sheet, tab-separated. Raises InputError, naming the file, where it is not of that form."""
    rows = read_rows(path, COLUMNS)
    return [
        Verdict(r["article_id"], int(r["start"]), int(r["end"]), r["kind"], r["sample"], r["verdict"]) for r in rows
    ]


def evaluate(path: Path, *, sheet: Path = SHEET) -> pd.DataFrame:
    """Precision on stretches drawn from what was marked, recall on articles that were read whole.

    `path` is the corpus of the sheet or its results folder. A stretch counts as found where at least half of it is
    marked. Split captions: recall on captions and teasers alone; others: on all other kinds. 95 % Wilson intervals,
    n stretches. The other kinds were given further patterns after this reading (8 of their 11 stretches were found
    before), so that their recall is too high. "marked in vain" are stretches in the articles read that the reader
    does not call boilerplate.
    """
    verdicts = read_sheet(sheet)
    wanted = {verdict.article_id for verdict in verdicts}
    marked = {
        article.article_id: [
            (span.start, span.end)
            for span in find_boilerplate(
                article.content, find_quotations(article.content), body_start=article.body_start
            )
        ]
        for article in read_corpus(path)
        if article.article_id in wanted
    }
    if not marked:
        raise InputError(f"{path}: holds none of the articles that {sheet.name} judges")
    verdicts = [verdict for verdict in verdicts if verdict.article_id in marked]
    drawn = [v for v in verdicts if v.sample == "marked" and _is_found(v, marked[v.article_id])]
    read = [v for v in verdicts if v.sample == "read" and v.verdict == "boilerplate"]
    rows = [_row("marked", "precision", [v.verdict == "boilerplate" for v in drawn])]
    for split, of in (("read", read), *_by_kind(read)):
        rows.append(_row(split, "recall", [_is_found(v, marked[v.article_id]) for v in of]))
    vain = sum(len(_in_vain(each, marked[article_id])) for article_id, each in _by_article(verdicts).items())
    rows.append(("read", "rules", "marked in vain", vain, None, None, len(read)))
    return pd.DataFrame(rows, columns=FIGURES)


def _by_kind(read: list[Verdict]) -> list[tuple[str, list[Verdict]]]:
    captions = [verdict for verdict in read if verdict.kind == "caption"]
    return [("captions", captions), ("others", [verdict for verdict in read if verdict.kind != "caption"])]


def _by_article(verdicts: list[Verdict]) -> dict[str, list[Verdict]]:
    """The stretches of each article that was read whole."""
    found: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        if verdict.sample == "read":
            found[verdict.article_id].append(verdict)
    return found


def _is_found(verdict: Verdict, marked: list[Stretch]) -> bool:
    covered = sum(max(0, min(end, verdict.end) - max(start, verdict.start)) for start, end in marked)
    return 2 * covered >= verdict.end - verdict.start


def _in_vain(verdicts: list[Verdict], marked: list[Stretch]) -> list[Stretch]:
    return [(a, b) for a, b in marked if not any(a < v.end and v.start < b for v in verdicts)]


def _row(split: str, metric: str, right: list[bool]) -> tuple[object, ...]:
    n = len(right)
    low, high = proportion_confint(sum(right), n, method="wilson") if n else (None, None)
    return (split, "rules", metric, sum(right) / n if n else None, low, high, n)
