"""Whether attributions name the right speaker and bound the right words, against a reader's verdicts on real news."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from statsmodels.stats.proportion import proportion_confint

from ..errors import InputError
from ..results.store import Selection, Store, open_store
from .figures import COLUMNS as FIGURES
from .sheets import read_rows

JUDGEMENTS = Path(__file__).parents[2] / "tests" / "judgements"
SHEET = JUDGEMENTS / "attributions.tsv"
# What its splits end with → a sheet. The rules were revised on both after they had been judged.
SHEETS = {"": SHEET, ", later": JUDGEMENTS / "attributions_later.tsv"}
COLUMNS = ["article_id", "start", "end", "kind", "speaker_id", "speaker_hash", "speaker", "bounds"]
KINDS = ("direct", "mixed", "indirect")
NAMED = ("right", "wrong")  # verdicts on a speaker that was named; the others: "missed", "none"
_CHOSEN = ("article_id", "start", "end", "kind", "speaker_id", "speaker_text")


class Verdict(NamedTuple):
    """One judged attribution: the words at [start, end), given to a speaker whose words `speaker_hash` stands for.

    `speaker` is "right", "wrong", "missed" (nobody was named, though the text names the speaker) or "none" (nobody is
    to be named); `bounds` "right" or "wrong".
    """

    article_id: str
    start: int
    end: int
    kind: str
    speaker_id: str
    speaker_hash: str
    speaker: str
    bounds: str


def read_sheet(path: Path = SHEET) -> list[Verdict]:
    """The verdicts of a sheet: tab-separated article_id, start, end, kind, speaker_id, speaker_hash, speaker, bounds.

    Raises InputError, naming the file, where it is not of that form.
    """
    rows = read_rows(path, COLUMNS)
    return [Verdict(**{**row, "start": int(row["start"]), "end": int(row["end"])}) for row in rows]  # type: ignore[arg-type]


def hash_of(speaker_text: str) -> str:
    """What a sheet holds for the words that name a speaker, so that it holds no text; "" where there are none.

    >>> hash_of("Mayor Ada Brandt"), hash_of("")
    ('6301f932', '')
    """
    return sha256(speaker_text.encode()).hexdigest()[:8] if speaker_text else ""


def evaluate(path: Path, *, sheets: Mapping[str, Path] = SHEETS) -> pd.DataFrame:
    """Share of right speakers and right bounds among the judged attributions of a corpus.

    `path` is a results folder: the corpus of a sheet, scored. An independent reader judged the attributions of each
    sheet, drawn at random, as they were at the time: "when judged" keeps that first reading. Splits: all, and each
    kind of attribution; with ", later" those of the second sheet. Speakers are counted where one was named, bounds in
    every row. Beside the shares of what still stands (95 % Wilson interval, n verdicts that still apply) are the
    numbers of attributions whose words or speaker have changed since, to be judged anew, and of those that are no
    longer made. The rules were revised on the sheets after they had been judged, so that only the first reading says
    how well they do on other texts. Raises InputError where the folder holds the articles of no sheet.
    """
    store = open_store(path)
    rows = [row for ending, sheet in sheets.items() for row in _of_sheet(store, read_sheet(sheet), ending)]
    if not rows:
        names = " and ".join(sheet.name for sheet in sheets.values())
        raise InputError(f"{path}: holds too few of the articles that {names} judge; score their corpus first")
    return pd.DataFrame(rows, columns=FIGURES)


def _of_sheet(store: Store, verdicts: list[Verdict], ending: str) -> Iterator[tuple[object, ...]]:
    """The rows of one sheet; none where the store holds not even half of its articles: it is of another corpus."""
    made = _made(store, verdicts)
    articles = {verdict.article_id for verdict in verdicts}
    if 2 * len({article_id for article_id, *_ in made} & articles) >= len(articles):
        yield from _figures(verdicts, [_outcome(verdict, made) for verdict in verdicts], ending)


_Made = set[tuple[str, int, int, str, str, str]]


def _made(store: Store, verdicts: list[Verdict]) -> _Made:
    """The attributions that a store holds of the judged articles."""
    articles = tuple({verdict.article_id for verdict in verdicts})
    table = store.select("attributions", Selection(articles=articles), columns=_CHOSEN)
    return {
        (a, int(start), int(end), kind, "" if pd.isna(who) else who, hash_of("" if pd.isna(text) else text))
        for a, start, end, kind, who, text in table.to_numpy().tolist()
    }


def _outcome(verdict: Verdict, made: _Made) -> str:
    if verdict[: len(_CHOSEN)] in made:
        return "stands"
    overlapping = any(a == verdict.article_id and s < verdict.end and verdict.start < e for a, s, e, *_ in made)
    return "changed" if overlapping else "gone"


def _figures(verdicts: list[Verdict], outcomes: list[str], ending: str) -> Iterator[tuple[object, ...]]:
    for split in ("all", *KINDS):
        chosen = [(v, o) for v, o in zip(verdicts, outcomes, strict=True) if split in ("all", v.kind)]
        standing = [verdict for verdict, outcome in chosen if outcome == "stands"]
        for name, judged in ((" when judged", [verdict for verdict, _ in chosen]), ("", standing)):
            named = Counter(verdict.speaker for verdict in judged if verdict.speaker in NAMED)
            bounds = Counter(verdict.bounds for verdict in judged)
            yield (f"{split}{ending}", "tagger and rules", f"speaker{name}", *_share(named["right"], named.total()))
            yield (f"{split}{ending}", "tagger and rules", f"bounds{name}", *_share(bounds["right"], bounds.total()))
        count = Counter(outcome for _, outcome in chosen)
        for change in ("changed", "gone"):
            yield (
                f"{split}{ending}",
                "tagger and rules",
                f"attributions {change}",
                count[change],
                None,
                None,
                len(chosen),
            )


def _share(right: int, n: int) -> tuple[float | None, float | None, float | None, int]:
    """A share with its 95 % Wilson interval and n."""
    if not n:
        return None, None, None, 0
    low, high = proportion_confint(right, n, method="wilson")
    return right / n, low, high, n
