"""Whom an article casts as hero, villain or victim, told from how all of its mentions of an actor are treated."""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from ..article import AnnotatedArticle, Mention
from ..knowledge.lexicon import KNOWLEDGE
from . import sentiment
from .agency import role_of
from .coded_answers import yes_or_no
from .contract import Evidence, Finding, Measure, Score, ScoreRow

ROLES = ("none", "hero", "villain", "victim")
WEIGHTS = KNOWLEDGE / "portrayal.tsv"


class Weights(NamedTuple):
    """A logistic regression over `features`: each feature's mean and spread, and its weight for each of `ROLES`."""

    means: list[float]
    spreads: list[float]
    weights: list[list[float]]  # [feature][role]
    bias: list[float]


@cache
def load_weights(path: Path = WEIGHTS) -> Weights:
    """Read the weights; the features stand in the order of `FEATURES`."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t"))
    by_name = {row["feature"]: row for row in rows}
    ordered = [by_name[name] for name in FEATURES]
    return Weights(
        means=[float(row["mean"]) for row in ordered],
        spreads=[float(row["spread"]) for row in ordered],
        weights=[[float(row[role]) for role in ROLES] for row in ordered],
        bias=[float(by_name["bias"][role]) for role in ROLES],
    )


FEATURES = (
    "negative",  # mean p of a bad light over the mentions
    "positive",  # mean p of a good light
    "most_negative",
    "most_positive",
    "mentions",  # log of 1 + their number
    "acting",  # share of mentions as agent
    "undergoing",  # share of mentions as patient
    "negative_acting",  # mean of p of a bad light where the mention is an agent, 0 elsewhere
    "negative_undergoing",
    "positive_acting",
    "speaking",  # log of 1 + the number of attributions to the actor
    "first",  # where the first mention is, 0 (beginning) to 1 (end)
)


def features(annotated: AnnotatedArticle) -> dict[str, list[float]]:
    """The values of `FEATURES` for every actor that an article names."""
    light = {
        int(str(row["mention_id"])): (float(str(row["p_negative"])), float(str(row["p_positive"])))
        for row in sentiment.find_in_whole_sentences(annotated)
    }
    by_actor: dict[str, list[Mention]] = defaultdict(list)
    for mention in annotated.mentions:
        if mention.mention_id in light:
            by_actor[mention.actor_id].append(mention)
    spoken: dict[str | None, int] = defaultdict(int)
    for attribution in annotated.attributions:
        spoken[attribution.speaker_id] += 1
    found = {}
    for actor_id, mentions in by_actor.items():
        if any(mention.form == "name" for mention in mentions):
            negative, positive = zip(*(light[mention.mention_id] for mention in mentions), strict=True)
            roles = [role_of(annotated, mention) for mention in mentions]
            acting, undergoing = ([float(role == which) for role in roles] for which in ("agent", "patient"))
            found[actor_id] = [
                fmean(negative),
                fmean(positive),
                max(negative),
                max(positive),
                math.log1p(len(mentions)),
                fmean(acting),
                fmean(undergoing),
                _together(negative, acting),
                _together(negative, undergoing),
                _together(positive, acting),
                math.log1p(spoken[actor_id]),
                mentions[0].sentence_id / max(len(annotated.sentences), 1),
            ]
    return found


def _together(one: Sequence[float], other: Sequence[float]) -> float:
    return fmean(a * b for a, b in zip(one, other, strict=True))


def probabilities(values: Sequence[float], weights: Weights) -> list[float]:
    """p of each of `ROLES` from an actor's features."""
    logits = list(weights.bias)
    for value, mean, spread, row in zip(values, *weights[:3], strict=True):
        for role, weight in enumerate(row):
            logits[role] += weight * (value - mean) / spread
    parts = [math.exp(logit - max(logits)) for logit in logits]
    return [part / sum(parts) for part in parts]


def find(annotated: AnnotatedArticle) -> Iterator[Finding]:
    """Nothing: the mentions, their sentiment and their roles are findings of other measures."""
    yield from ()


def score(annotated: AnnotatedArticle, findings: list[Finding]) -> Iterator[ScoreRow]:
    """p that coders would call the actor the hero, the villain, the victim: numerator p, denominator the article.

    >>> from analytics.annotation import annotate
    >>> rescue = annotate("Ada Brandt saved the town. Brandt is a brave engineer.")
    >>> hero, villain, victim = score(rescue, [])
    >>> hero.actor_id, hero.numerator > villain.numerator, hero.denominator
    ('ada-brandt', True, 1)
    """
    for actor_id, values in sorted(features(annotated).items()):
        for role, p in zip(ROLES[1:], probabilities(values, load_weights())[1:], strict=True):
            yield ScoreRow(score=role, actor_id=actor_id, voice="all", numerator=round(p, 4), denominator=1)


def _score(role: str, question: str) -> Score:
    return Score(
        name=role,
        label=f"Cast as {role}",
        question=question,
        unit="mean p, 0 to 1",
        range=(0.0, 1.0),
        higher_means=f"more articles treat the actor as coders' {role}s are treated",
        per_actor=True,
        status="exploratory",
        # all mentions of the actor in the articles that have a value: in which light each stands is most of it
        evidence=Evidence(
            table="mentions",
            condition=f"""t.sentiment IS NOT NULL AND EXISTS (SELECT 1 FROM scores c WHERE c.score = '{role}'
                AND c.article_id = t.article_id AND c.actor_id = t.actor_id)""",
            value="t.sentiment",
            value_is="sentiment",
            actor="t.actor_id",
        ),
        coding=yes_or_no(
            "actor",
            f"Is {{actor}} cast as {role} in this article?",
            yes=question.replace("Is the actor the one who", "It is the one who").replace(
                ", as the article tells it?", "."
            ),
            no="It is cast otherwise, or as nothing in particular.",
            rule="Judge what the article makes of it, not what you know of it.",
        ),
    )


MEASURE = Measure(
    name="portrayal",
    table="mentions",
    find=find,
    score=score,
    scores=(
        _score("hero", "Is the actor the one who helps or stands up, as the article tells it?"),
        _score("villain", "Is the actor the one who does harm or is to blame, as the article tells it?"),
        _score("victim", "Is the actor the one who suffers, as the article tells it?"),
    ),
    method=(
        "For every actor that an article names: in how good or bad a light its mentions stand, whether they act or are "
        "acted upon, how many there are, where the first stands and how often the actor speaks. A logistic regression "
        "takes these to the probability that coders would name the actor as hero, as villain or as victim. Whether the "
        "actor is a person, an organisation or a country was held constant when it was fitted and is not asked when it "
        "is used, and no role is likelier than another beforehand. The score is the mean over articles."
    ),
    source="Learnt from the roles coded in 257 climate-news articles (Frermann et al. 2023).",
    limits=(
        "Little gold, of one topic: climate change. Heroes are found little better than by taking the actor mentioned "
        "most. Most roles there are played by what is no actor here (nature, the public, a law), so p is small for "
        "all: compare actors or outlets, never read it as a share. Somebody to whom bad things happen (who is "
        "arrested, or tried) is taken for a villain rather than a victim; victims are found worst. Who is a villain to "
        "a speaker that the article quotes counts, too: this is no measure of the outlet's own view."
    ),
    gold_set="narrative_roles",
)
