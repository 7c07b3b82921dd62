"""A finding in words: what was measured how, how right the measure is, what was kept, and what came out."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ..compare import MACHINE_ERROR, in_words
from ..compare.groups import REST
from ..compare.thresholds import thresholds
from ..measures import MEASURES, Measure
from ..measures.accuracy import stated
from ..results import corrections
from ..results.store import Store
from ..vocabulary import UNKNOWN, VOICE_LABELS, VOICES
from .questions import Answer

_BASELINE = r"^VADER|^TF-IDF|^majority|^commonest|^every |^most |^quotation marks|^sign of|alone$|^mean sentiment"
_VADER = "vader"


def title(store: Store, answer: Answer) -> str:
    """What the report is about, in a line."""
    actor = f" {_actor(store, answer)}" if answer.question.actor else ""
    other = "the other outlets" if answer.question.reference == REST else answer.question.reference
    label = answer.score.label.removesuffix(" toward the actor")
    toward = " toward" if actor and label != answer.score.label else " about" if actor else ""
    return f"{label}{toward}{actor}: {answer.question.outlet} and {other}"


def methods(store: Store, answer: Answer) -> str:
    """A paragraph for the section on methods: corpus, measure, accuracy on a gold set, statistics.

    >>> from analytics import open_store
    >>> from analytics.reports.questions import Question, ask
    >>> store = open_store("results")
    >>> answer = ask(store, Question(score="hedging", outlet="Harbour Post", stories="all"))
    >>> "macro" in methods(store, answer) or "F1" in methods(store, answer)
    True
    """
    manifest, score = store.manifest, answer.score
    version, day = manifest.get("tellings", "(unknown version)"), str(manifest.get("ended") or "")[:10]
    articles = answer.rows["article_id"].nunique()
    said = [
        f"Articles were measured with Tellings {version}{f' on {day}' if day else ''}. {articles:,} of "
        f"{store.count('articles'):,} articles, of {answer.rows['outlet'].nunique():,} outlets, have a value here.",
        f"{score.label} ({score.unit}) answers: {score.question} Higher means {score.higher_means.rstrip('.')}.",
    ]
    if measure := _measure(answer):
        said += [measure.method, f"Source: {_sentence(measure.source)}", accuracy(answer)]
    return " ".join([*said, _statistics(answer)])


def accuracy(answer: Answer) -> str:
    """How often the measure is right, on the published set that it is tested on, beside its baselines."""
    measure = _measure(answer)
    if not measure or not measure.gold_set or (figures := stated(measure.gold_set)).empty:
        return "Its accuracy has not been measured on a published set."
    told = []
    for (split, metric), rows in figures[figures["metric"] != "calibration error"].groupby(
        ["split", "metric"], sort=False
    ):
        baseline = rows["method"].str.contains(_BASELINE)
        if measure.name == _VADER:
            ours, others = rows[rows["method"].str.startswith("VADER")], rows.iloc[:0]
        else:
            ours, others = rows[~baseline], rows[baseline].nlargest(1, "value")
        if len(ours):
            beside = f", beside {_figure(others.iloc[0])}" if len(others) else ""
            told.append(f"{metric} on {split}: {'; '.join(_figure(row) for _, row in ours.iterrows())}{beside}")
    return f"Accuracy on the published set {measure.gold_set} (95 % interval over its items): {'. '.join(told)}."


def kept(store: Store, answer: Answer) -> str:
    """The filter and the corrections in force, in words."""
    question = answer.question
    said = [f"Outlets: {'all' if question.reference == REST else f'{question.outlet} and {question.reference}'}."]
    if question.actor:
        said.append(f"Actor: {_actor(store, answer)} ({question.actor}).")
    voices = question.voices or ("all",) if set(answer.rows["voice"].dropna()) == {"all"} else question.voices
    if voices == ("all",):
        said.append("Voices: the score is about whole articles.")
    else:
        said.append(f"Voices: {'; '.join(VOICE_LABELS[voice] for voice in question.voices or VOICES)}.")  # type: ignore[index]
    said.append(f"Published: {_days(question.start, question.end)}.")
    undated = store.undated(question.selection())
    if undated:
        said.append(f"{undated:,} articles without a date are left out.")
    if answer.stories == "same":
        said.append("Copies are left out; compared are the stories that both sides tell.")
    else:
        copies = store.copies(question.selection())
        said.append(f"All articles, {'with' if question.copies else 'without'} copies of others ({copies:,}).")
    unknown = int(answer.rows["outlet"].isna().sum())
    if unknown:
        said.append(f"{unknown:,} rows have no outlet; they are the group {UNKNOWN}.")
    rejected = store.count("rejected")
    said.append(f"Input records that are no articles: {rejected:,}{' (table rejected)' if rejected else ''}.")
    in_force = corrections.in_force(store.corrections)
    said.append(f"Corrections to actors in force: {len(in_force):,}.")
    said += [f"{corrections.describe(each)} ({each.at[:10]})." for each in in_force]
    return " ".join(said)


def limits(answer: Answer) -> str:
    """What a reader must know before believing the number."""
    measure = _measure(answer)
    said = [measure.limits] if measure else []
    return " ".join([*said, f"{MACHINE_ERROR[0].upper()}{MACHINE_ERROR[1:]}: it takes a sample coded by people."])


def result(answer: Answer) -> str:
    """What came out, in sentences."""
    return in_words(answer.row, unit=answer.score.unit)


def _statistics(answer: Answer) -> str:
    level = f"{thresholds().level:.0%}".replace("%", " %")
    rounds = f"{thresholds().permutations:,}"
    if answer.stories == "same":
        return (
            "The difference is the mean over the stories that both sides tell of the difference of their rates, "
            "weighted by what both have on the story (Greenland and Robins 1985); the interval resamples stories "
            f"({level}, expanded percentile bootstrap; Hesterberg 2015); p relabels outlets within stories ({rounds} "
            "times; Phipson and Smyth 2010), adjusted for the number of outlets compared (Holm 1979); the effect size "
            "is Cliff's delta (Cliff 1993), mean over stories."
        )
    return (
        "A rate is a sum over articles divided by a sum, so articles with more words or mentions count for more; the "
        f"interval resamples articles ({level}, expanded percentile bootstrap; Hesterberg 2015); p relabels articles "
        f"({rounds} times, studentised; Chung and Romano 2013; Phipson and Smyth 2010), adjusted for the number of "
        "outlets compared (Holm 1979); the effect size is Cliff's delta (Cliff 1993)."
    )


def _measure(answer: Answer) -> Measure | None:
    names = answer.score.name
    return next((measure for measure in MEASURES if names in {score.name for score in measure.scores}), None)


def _figure(row: pd.Series[Any]) -> str:
    return f"{row['method']} {row['value']:.2f} ({row['low']:.2f} to {row['high']:.2f}, n = {row['n']:,})"


def _actor(store: Store, answer: Answer) -> str:
    name = store.scalar("SELECT name FROM actors WHERE actor_id = ?", [answer.question.actor])
    return str(name or answer.question.actor)


def _days(start: object, end: object) -> str:
    if start and end:
        return f"{start} to {end}"
    return f"from {start} on" if start else f"up to {end}" if end else "at any time"


def _sentence(text: str) -> str:
    return text if text.endswith(".") else f"{text}."


def rows_for_others(answer: Answer) -> pd.DataFrame:
    """What the contrast was computed from, a row for each article and voice, so that others can compute it again."""
    columns = ["article_id", "outlet", "published", "story_id", "copy_of", "voice", "numerator", "denominator", "value"]
    return answer.rows[[column for column in columns if column in answer.rows]].sort_values("article_id")
