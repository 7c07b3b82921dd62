"""One question under every defensible setting: does the answer hang on a choice that could have been made otherwise?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import pandas as pd

from ..compare import contrasts, enough_stories
from ..compare.groups import REST
from ..compare.rates import typed
from ..compare.wording import number
from ..measures import Score
from ..results.score_rows import declared_scores, find_score, of_whole_articles, score_rows
from ..results.store import Store
from .questions import Question, check

CHOICES = ("score", "voices", "stories", "sizes", "weights", "period")
NUMBERS = ("difference", "low", "high", "p", "cliffs_delta")
COLUMNS = (*CHOICES, "asked", *NUMBERS, "n_articles", "n_reference", "n_stories", "note")
LABELS = {
    "score": "measure",
    "voices": "voices",
    "stories": "stories and copies",
    "sizes": "articles",
    "weights": "weights",
    "period": "period",
}
VOICES = {
    "the outlet's own": ("outlet",),
    "own and reported": ("outlet", "reported"),
    "all three": ("outlet", "quoted", "reported"),
}
STORIES = {"all, with copies": ("all", True), "all, without copies": ("all", False), "same stories": ("same", False)}
ANY, LARGER = "all", "without the smallest quarter"
SIZE, ALIKE = "articles by size", "articles alike"
WHOLE, FIRST, SECOND = "whole", "first half", "second half"
SMALL = 0.25  # of the articles, those that hold least of what is measured
BASELINES = {"sentiment": ("sentiment_vader",)}  # of one unit and direction
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Robustness:
    """The answers of `robustness`, a row a setting, and how many settings there are."""

    question: Question
    score: Score
    rows: pd.DataFrame

    @property
    def answered(self) -> pd.DataFrame:
        """The settings that gave a number, smallest difference first."""
        return self.rows.dropna(subset=["difference"]).sort_values("difference", kind="stable", ignore_index=True)


def robustness(store: Store, question: Question, *, seed: int = 0, progress: Progress | None = None) -> Robustness:
    """The answer to a question under every combination of settings that a reader could have defended.

    The settings: the measure (sentiment also by its baseline, VADER), whose voices, all articles with or without
    copies or the same stories, all articles or without the quarter that holds least of what is measured, articles by
    size or each counting the same, and the whole period or either half of its articles. A score of whole articles has
    no voices. The question's own setting is among them (`asked`).

    Rows: the setting, asked, difference with low and high (95 %), p, Cliff's delta, n_articles, n_reference,
    n_stories and note, as `contrasts` gives them; too little data gives nulls and a note.

    Settings share their articles, so how many of them have a small p is no test.

    Source: specification curves, Simonsohn, Simmons and Nelson 2020, Nature Human Behaviour 4. Raises SelectionError
    as `ask` does.

    >>> from analytics import open_store
    >>> found = robustness(open_store("results"), Question(score="agency", outlet="Harbour Post"))
    >>> len(found.rows), int(found.rows["asked"].sum())
    (108, 1)
    """
    asked = check(store, question)
    settings = list(_settings(store, asked))
    own = _own(store, asked)
    rows = []
    for done, setting in enumerate(settings, start=1):
        rows.append({**setting, **_answer(store, asked, setting, seed)})
        if progress:
            progress(done, len(settings))
    table = typed(pd.DataFrame.from_records(rows, columns=list(COLUMNS)).drop(columns="asked"), numbers=NUMBERS)
    table.insert(len(CHOICES), "asked", [setting == own for setting in settings])
    return Robustness(question=asked, score=find_score(store, asked.score), rows=table)


def in_sentences(found: Robustness) -> str:
    """What the curve of estimates says: how many settings agree, the asked one among them, and what moves it most."""
    shown, all_ = found.answered, len(found.rows)
    name, unit = found.question.outlet, found.score.unit
    if shown.empty:
        return f"None of {all_:,} settings has enough articles for a number: {_commonest(found.rows['note'])}."
    higher, lower = (shown["difference"] > 0).sum(), (shown["difference"] < 0).sum()
    sure = shown[(shown["low"] > 0) | (shown["high"] < 0)]
    said = [
        f"{all_:,} settings, {len(shown):,} of which have enough articles. {name} is higher in {higher:,} and lower in "
        f"{lower:,}; in {len(sure):,} the interval leaves out zero "
        f"({(sure['difference'] > 0).sum():,} higher, {(sure['difference'] < 0).sum():,} lower)."
    ]
    for measure in found.rows["score"].unique():
        values = shown.loc[shown["score"] == measure, "difference"]
        if len(values):
            said.append(
                f"The differences in {measure} ({unit}) reach from {number(values.min())} to {number(values.max())}, "
                f"their median is {number(values.median())}."
            )
    values = shown["difference"].astype(float)
    if len(own := shown[shown["asked"]]):
        at = float(own["difference"].iloc[0])
        place = (values < at).sum() + 1
        said.append(f"The setting that was asked for gives {number(at)}, number {place:,} from below.")
    if moved := _moves_most(shown, found.question.score):
        said.append(moved)
    said.append("Settings share their articles, so the number of small p is no test.")
    return " ".join(said)


def _settings(store: Store, question: Question) -> Iterator[dict[str, str]]:
    measures = [question.score, *(name for name in BASELINES.get(question.score, ()) if name in declared_scores(store))]
    voices = [""] if of_whole_articles(store, question.score) else list(VOICES)
    if (own := _named_voices(question)) not in voices:
        voices.append(own)
    for values in product(measures, voices, STORIES, (ANY, LARGER), (SIZE, ALIKE), (WHOLE, FIRST, SECOND)):
        yield dict(zip(CHOICES, values, strict=True))


def _named_voices(question: Question) -> str:
    chosen = set(question.voices)
    named = {frozenset(voices): name for name, voices in VOICES.items()}
    return named.get(frozenset(chosen), " and ".join(sorted(chosen))) if chosen else "all three"


def _own(store: Store, question: Question) -> dict[str, str]:
    """The setting of the question itself; "auto" is what it becomes for it."""
    same = question.stories == "same"
    if question.stories == "auto":
        rows = score_rows(store, find_score(store, question.score), question.selection(), stories=True)
        same = enough_stories(rows, reference=question.reference)
    voices = "" if of_whole_articles(store, question.score) else _named_voices(question)
    stories = "same stories" if same else "all, with copies" if question.copies else "all, without copies"
    return dict(zip(CHOICES, (question.score, voices, stories, ANY, SIZE, WHOLE), strict=True))


def _answer(store: Store, question: Question, setting: dict[str, str], seed: int) -> dict[str, Any]:
    name, voices = setting["score"], setting["voices"]
    stories, copies = STORIES[setting["stories"]]
    score = find_score(store, name)
    chosen = VOICES.get(voices, question.voices)
    selection = replace(question, score=name, voices=chosen if voices else (), copies=copies).selection()
    rows = _weighed(_sized(_halved(score_rows(store, score, selection, stories=True), setting), setting), setting)
    held = set(rows["outlet"].dropna())
    if question.outlet not in held or (question.reference != REST and question.reference not in held):
        return {"note": "no articles of one side"}
    options: dict[str, Any] = {"stories": stories, "scale": score.scale, "seed": seed}
    table = contrasts(rows, reference=question.reference, only=[question.outlet], **options)
    [row] = table.to_dict("records")
    wanted = (*NUMBERS, "n_articles", "n_reference", "n_stories", "note")
    return {column: row[column] for column in wanted if column in row}


def _halved(rows: pd.DataFrame, setting: dict[str, str]) -> pd.DataFrame:
    """The rows of one half of the dated articles, cut at the day in the middle."""
    if setting["period"] == WHOLE or rows.empty:
        return rows
    middle = rows.drop_duplicates("article_id")["published"].median()
    return rows[rows["published"] < middle] if setting["period"] == FIRST else rows[rows["published"] >= middle]


def _sized(rows: pd.DataFrame, setting: dict[str, str]) -> pd.DataFrame:
    if setting["sizes"] == ANY or rows.empty:
        return rows
    size = rows.groupby("article_id")["denominator"].sum()
    return rows[rows["article_id"].isin(size.index[size > size.quantile(SMALL)])]


def _weighed(rows: pd.DataFrame, setting: dict[str, str]) -> pd.DataFrame:
    """One row an article; where articles count the same, its value over 1."""
    if setting["weights"] == SIZE or rows.empty:
        return rows
    first = {column: "first" for column in ("outlet", "published", "story_id", "copy_of")}
    summed = rows.groupby("article_id", as_index=False).agg({**first, "numerator": "sum", "denominator": "sum"})
    return summed.assign(numerator=summed["numerator"] / summed["denominator"], denominator=1.0)


def _moves_most(shown: pd.DataFrame, score: str) -> str:
    """The choice whose options differ most in their median, of those that leave the scale as it is."""
    own = shown[shown["score"] == score]
    medians = {choice: own.groupby(choice)["difference"].median() for choice in CHOICES}
    medians = {choice: found for choice, found in medians.items() if len(found) > 1}
    if not medians:
        return ""
    choice = max(medians, key=lambda name: float(medians[name].max() - medians[name].min()))
    told = ", ".join(f"{option} {number(float(value))}" for option, value in medians[choice].items())
    return f"The choice that moves it most is that of {LABELS[choice]} (medians: {told})."


def _commonest(notes: pd.Series[str]) -> str:
    return str(notes.value_counts().index[0])
