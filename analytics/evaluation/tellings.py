"""Whether what two real tellings are said to differ in is so, against a reader's verdicts on pairs of a corpus."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd
from statsmodels.stats.proportion import proportion_confint

from ..article import Article
from ..errors import InputError
from ..stories.changes import Change
from ..stories.comparison import Comparison
from .corpus import read_corpus
from .figures import COLUMNS as FIGURES
from .sheets import read_rows
from .telling_pairs import COLUMNS, MISSED, NONE, PairRow, TellingPair, compared

JUDGEMENTS = Path(__file__).parents[2] / "tests" / "judgements"
SHEET = JUDGEMENTS / "tellings.tsv"
# On all, the kinds of false alarms were worked on after they had been judged; “as judged” keeps the first reading.
SHEETS = {
    "": SHEET,
    ", judged later": JUDGEMENTS / "tellings_later.tsv",
    ", judged third": JUDGEMENTS / "tellings_third.tsv",
}
VERDICTS = ("true", "false", MISSED)

_OF_MISSED = ("facts missed", "a fact missed")  # metrics of a sheet whose reader wrote down what is not listed

Ids = tuple[str, str]
Compare = Callable[[Sequence[TellingPair]], Iterator[Comparison]]


def read_sheet(path: Path = SHEET) -> list[PairRow]:
    """The judged rows of a sheet, as `telling_pairs.write_sheet` makes it and a reader fills it in.

    Raises InputError, naming the file and the line, where it is not of that form or a row has no verdict.
    """
    found = []
    for number, row in enumerate(read_rows(path, COLUMNS), 2):
        if row["verdict"] not in VERDICTS and row["kind"] != NONE:
            raise InputError(f"{path}:{number}: {row['verdict']!r} is no verdict; it must be {', '.join(VERDICTS)}")
        try:
            start_a, end_a, start_b, end_b = (int(row[name]) for name in ("start_a", "end_a", "start_b", "end_b"))
        except ValueError as error:
            raise InputError(f"{path}:{number}: an offset is no number ({error}); −1 stands for none") from error
        ids = row["article_a"], row["article_b"]
        found.append(PairRow(*ids, row["kind"], row["severity"], start_a, end_a, start_b, end_b, row["verdict"]))
    return found


def evaluate(path: Path, *, sheets: Mapping[str, Path] = SHEETS, compare: Compare = compared) -> pd.DataFrame:
    """How many serious changes between real tellings are none, and how many changed facts are not listed.

    `path` is the corpus of the sheets or its results folder: two outlets' articles on one event, drawn by
    `tellings evaluate tellings CORPUS --draw FOLDER` and judged by a reader. The pairs are compared again. 95 % Wilson
    intervals. Split as judged: "false alarms", of the serious changes that the reader was shown, and "facts missed",
    the changed facts that were not listed as serious or notable, of these and those listed rightly. Split now: the
    same for the changes that are listed by now; a verdict holds for a change of its kind at its place, "not judged"
    are serious changes that no verdict is on, "no longer serious" the true ones that are listed as less. Per kind:
    false alarms as judged.

    With ", judged later" and ", judged third" the splits are of two further sheets, 60 and 52 other pairs, judged by
    independent readers. They have verdicts on serious changes alone, and no facts missed: these the reader of the
    later one counted apart, 28 of the 124 changed facts of 40 of the pairs (23 of the 70 hard ones) not being listed.

    Raises InputError where the corpus holds none of the pairs.
    """
    articles = {article.article_id: article for article in read_corpus(path)}
    rows: list[tuple[object, ...]] = []
    for ending, sheet in sheets.items():
        rows += [(f"{split}{ending}", *rest) for split, *rest in _of_sheet(read_sheet(sheet), articles, compare)]
    if not rows:
        names = " and ".join(sheet.name for sheet in sheets.values())
        raise InputError(f"{path}: holds none of the pairs that {names} judge")
    return pd.DataFrame(rows, columns=FIGURES)


def _of_sheet(
    judged: Sequence[PairRow], articles: Mapping[str, Article], compare: Compare
) -> Iterator[tuple[object, ...]]:
    """The rows of one sheet; none where the corpus holds none of its pairs."""
    pairs = _pairs(judged, articles)
    if not pairs:
        return
    now = {_ids(found): found for found in compare(pairs)}
    judged = [row for row in judged if (row.article_a, row.article_b) in now]
    missed = any(row.verdict == MISSED for row in judged)  # else nobody looked for what is not listed
    for row in (*_as_judged(judged), *_as_listed(judged, now), *_by_kind(judged)):
        if missed or not str(row[2]).endswith(_OF_MISSED):
            yield row


def _pairs(judged: Sequence[PairRow], articles: Mapping[str, Article]) -> list[TellingPair]:
    ids = dict.fromkeys((row.article_a, row.article_b) for row in judged)
    return [TellingPair(story_id=a, a=articles[a], b=articles[b]) for a, b in ids if a in articles and b in articles]


def _ids(found: Comparison) -> Ids:
    return found.a.article.article_id, found.b.article.article_id


def _as_judged(judged: Sequence[PairRow]) -> Iterator[tuple[object, ...]]:
    counts = Counter(row.verdict for row in judged)
    alarms, facts = counts["true"] + counts["false"], counts["true"] + counts[MISSED]
    yield _share("as judged", "false alarms", counts["false"], alarms)
    yield _share("as judged", "facts missed", counts[MISSED], facts)
    pairs = {(row.article_a, row.article_b) for row in judged}
    for metric, verdict in (("pairs with a false alarm", "false"), ("pairs with a fact missed", MISSED)):
        some = {(row.article_a, row.article_b) for row in judged if row.verdict == verdict}
        yield _share("as judged", metric, len(some), len(pairs))


def _as_listed(judged: Sequence[PairRow], now: Mapping[Ids, Comparison]) -> Iterator[tuple[object, ...]]:
    of_pair: dict[Ids, list[PairRow]] = defaultdict(list)
    for row in judged:
        of_pair[row.article_a, row.article_b].append(row)
    counts: Counter[str] = Counter()
    for ids, found in now.items():
        listed = [change for change in found.changes if change.severity < 3]
        for change in listed:
            if change.severity == 1:
                verdict = next((r.verdict for r in of_pair[ids] if r.verdict != MISSED and _is_at(r, change)), "")
                counts[verdict or "not judged"] += 1
        for row in of_pair[ids]:
            places = [change.severity for change in listed if _is_at(row, change)]
            counts["lesser"] += row.verdict == "true" and 1 not in places
            counts[MISSED] += row.verdict == MISSED and not places
            counts["facts"] += row.verdict in ("true", MISSED)
    yield _share("now", "false alarms", counts["false"], counts["true"] + counts["false"])
    yield _share("now", "facts missed", counts[MISSED], counts["facts"])
    for metric, name in (("not judged", "not judged"), ("no longer serious", "lesser")):
        yield ("now", "tellings", metric, counts[name], None, None, counts["true"] + counts["false"])


def _is_at(row: PairRow, change: Change) -> bool:
    """Whether a change is of the kind of a row and touches the same words on each side that has some."""
    sides = ((row.start_a, row.end_a, change.a), (row.start_b, row.end_b, change.b))
    if row.kind != change.kind:
        return False
    return all(
        (start < 0) == (passage is None) and (passage is None or (passage.start < end and start < passage.end))
        for start, end, passage in sides
    )


def _by_kind(judged: Sequence[PairRow]) -> Iterator[tuple[object, ...]]:
    counts = Counter((row.kind, row.verdict) for row in judged if row.verdict in ("true", "false"))
    for kind in sorted({kind for kind, _ in counts}):
        wrong = counts[kind, "false"]
        yield _share(kind, "false alarms", wrong, wrong + counts[kind, "true"])


def _share(split: str, metric: str, hits: int, n: int) -> tuple[object, ...]:
    low, high = proportion_confint(hits, n, method="wilson") if n else (None, None)
    return split, "tellings", metric, hits / n if n else None, low, high, n
