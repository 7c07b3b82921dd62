"""Whether attributions name the right speaker and bound the right words, against a reader's verdicts on real news."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from statsmodels.stats.proportion import proportion_confint

from ..errors import InputError
from ..results.store import Selection, Store, open_store
from .figures import COLUMNS as FIGURES
from .sheets import read_rows

SHEET = Path(__file__).parents[2] / "tests" / "judgements" / "attributions.tsv"
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


def evaluate(path: Path, *, sheet: Path = SHEET) -> pd.DataFrame:
    """Share of right speakers and right bounds among the judged attributions of a corpus.

    `path` is a results folder: the corpus of the sheet, scored. An independent reader judged attributions drawn at
    random, as they were at the time: "when judged" keeps that first reading. Splits: all, and each kind of
    attribution. Speakers are counted where one was named, bounds in every row. Beside the shares of what still
    stands (95 % Wilson interval, n verdicts that still apply) are the numbers of attributions whose words or speaker
    have changed since, to be judged anew, and of those that are no longer made. The rules were revised on the sheet
    after it had been judged, so that only the first reading says how well they do on other texts. Raises InputError
    where the folder holds not even half of the judged articles.
    """
    verdicts = read_sheet(sheet)
    made = _made(open_store(path), verdicts)
    articles = {verdict.article_id for verdict in verdicts}
    if 2 * len({article_id for article_id, *_ in made} & articles) < len(articles):
        raise InputError(f"{path}: holds too few of the articles that {sheet.name} judges; score their corpus first")
    return pd.DataFrame(_figures(verdicts, [_outcome(verdict, made) for verdict in verdicts]), columns=FIGURES)


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


def _figures(verdicts: list[Verdict], outcomes: list[str]) -> Iterator[tuple[object, ...]]:
    for split in ("all", *KINDS):
        chosen = [(v, o) for v, o in zip(verdicts, outcomes, strict=True) if split in ("all", v.kind)]
        standing = [verdict for verdict, outcome in chosen if outcome == "stands"]
        for name, judged in ((" when judged", [verdict for verdict, _ in chosen]), ("", standing)):
            named = Counter(verdict.speaker for verdict in judged if verdict.speaker in NAMED)
            bounds = Counter(verdict.bounds for verdict in judged)
            yield (split, "tagger and rules", f"speaker{name}", *_share(named["right"], named.total()))
            yield (split, "tagger and rules", f"bounds{name}", *_share(bounds["right"], bounds.total()))
        count = Counter(outcome for _, outcome in chosen)
        for change in ("changed", "gone"):
            yield (split, "tagger and rules", f"attributions {change}", count[change], None, None, len(chosen))


def _share(right: int, n: int) -> tuple[float | None, float | None, float | None, int]:
    """A share with its 95 % Wilson interval and n."""
    if not n:
        return None, None, None, 0
    low, high = proportion_confint(right, n, method="wilson")
    return right / n, low, high, n
