"""The author's sentiment toward an actor: an estimate for a whole article, from how its mentions are treated."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from ..article import AnnotatedArticle, Mention
from ..knowledge.lexicon import KNOWLEDGE
from . import directed_sentiment, sentiment
from .agency import role_of
from .coded_answers import SIDES
from .contract import Coding, Evidence, Finding, Measure, Score, ScoreRow

COEFFICIENTS = KNOWLEDGE / "author_sentiment.tsv"
HALF_LIFE = 8.0  # sentences after which a mention weighs half as much: what comes first says how it is meant
SUBJECT = 2.0  # weight of a mention that acts or is acted upon, beside one that merely occurs
SHRINK = 2.0  # rows that others' sentiment is thought to have had already, all of them 0

FEATURES = {
    "outlet": "mean sentiment of mentions in the outlet's own words",
    "sources": "mean sentiment of mentions in the words of others",
    "headline": "mean sentiment of mentions in the headline, 0 without one",
    "others": "how far other actors are shown as for or against it",
}


class Coefficients(NamedTuple):
    """A linear estimate: a constant, a coefficient for each of `FEATURES`, and where readers begin and cease to say
    neutral."""

    constant: float
    of: dict[str, float]
    neutral: tuple[float, float]

    def estimate(self, values: Mapping[str, float]) -> float:
        """−1 (unfavourable) to 1 (favourable)."""
        found = self.constant + sum(coefficient * values[name] for name, coefficient in self.of.items())
        return max(-1.0, min(1.0, found))


@cache
def load_coefficients(path: Path = COEFFICIENTS) -> Coefficients:
    """Read the coefficients that ship."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t")
        found = {row["term"]: float(row["coefficient"]) for row in rows}
    return Coefficients(
        constant=found["constant"],
        of={name: found[name] for name in FEATURES},
        neutral=(found["neutral from"], found["neutral to"]),
    )


def features(annotated: AnnotatedArticle) -> dict[str, dict[str, float]]:
    """The values of `FEATURES` for every actor of which a mention has a sentiment."""
    whole = {row["mention_id"]: float(str(row["sentiment"])) for row in sentiment.find_in_whole_sentences(annotated)}
    own = {row["mention_id"]: float(str(row["sentiment"])) for row in sentiment.find(annotated) if "sentiment" in row}
    by_actor: dict[str, list[Mention]] = defaultdict(list)
    for mention in annotated.mentions:
        if mention.mention_id in whole:
            by_actor[mention.actor_id].append(mention)
    shown: dict[object, list[float]] = defaultdict(list)
    for row in directed_sentiment.find(annotated):
        shown[row["target_id"]].append(float(str(row["stance"])))
    found = {}
    for actor_id, mentions in by_actor.items():
        told = [m for m in mentions if m.mention_id in own and annotated.voice_at(m.start) == "outlet"]
        others = [m for m in mentions if annotated.voice_at(m.start) != "outlet"]
        titled = [m for m in mentions if annotated.sentences[m.sentence_id].in_title]
        found[actor_id] = {
            "outlet": _mean([own[m.mention_id] for m in told], [_weight(annotated, m) for m in told]),
            "sources": _mean([whole[m.mention_id] for m in others], [_weight(annotated, m) for m in others]),
            "headline": fmean(whole[m.mention_id] for m in titled) if titled else 0.0,
            "others": sum(shown[actor_id]) / (len(shown[actor_id]) + SHRINK),
        }
    return found


def _mean(values: Sequence[float], weights: Sequence[float]) -> float:
    """The weighted mean, 0 of nothing."""
    return sum(v * w for v, w in zip(values, weights, strict=True)) / sum(weights) if values else 0.0


def _weight(annotated: AnnotatedArticle, mention: Mention) -> float:
    """How much a mention counts: by where its sentence stands, and by whether it acts or is acted upon."""
    position: float = 0.5 ** (mention.sentence_id / HALF_LIFE)
    return (0.25 + position) * (1.0 if role_of(annotated, mention) == "other" else SUBJECT)


def find(annotated: AnnotatedArticle) -> Iterator[Finding]:
    """Nothing: the mentions, their sentiment and who is for or against whom are findings of other measures."""
    yield from ()


def score(annotated: AnnotatedArticle, findings: list[Finding]) -> Iterator[ScoreRow]:
    """The estimate for every actor of which a mention has a sentiment: numerator the estimate, denominator the article.

    >>> from analytics.annotation import annotate
    >>> town = annotate("Ada Brandt saved the town. Oren Tash lied to everyone.")
    >>> good, bad = score(town, [])
    >>> good.numerator > bad.numerator, good.denominator
    (True, 1)
    """
    for actor_id, values in sorted(features(annotated).items()):
        estimate = round(load_coefficients().estimate(values), 4)
        yield ScoreRow(score="author_sentiment", actor_id=actor_id, voice="all", numerator=estimate, denominator=1)


def _readable(coefficients: Coefficients) -> str:
    terms = "; ".join(f"{coefficients.of[name]:+.2f} × {meaning}" for name, meaning in FEATURES.items())
    return f"{coefficients.constant:+.2f}; {terms}"


MEASURE = Measure(
    name="author_sentiment",
    table="mentions",
    find=find,
    score=score,
    scores=(
        Score(
            name="author_sentiment",
            label="Author's sentiment toward the actor",
            question="Would a reader of the whole article say that its author thinks well of this actor?",
            unit="mean of articles, −1 to 1",
            range=(-1.0, 1.0),
            higher_means="readers would rather take the author to think well of the actor",
            per_actor=True,
            status="measured",
            evidence=Evidence(
                table="mentions",
                condition="t.sentiment IS NOT NULL",
                value="t.sentiment",
                value_is="sentiment",
                actor="t.actor_id",
            ),
            coding=Coding(
                item="actor",
                ask="What does the author of this article think of {actor}?",
                answers=SIDES,
                rule="Judge the author, not the people quoted, and not what happened to the actor.",
            ),
        ),
    ),
    method=(
        "A linear estimate of what readers say of the author's feeling toward an actor, from the sentiment toward its "
        f"mentions. Mentions weigh more the earlier they stand (half of it is gone after {HALF_LIFE:g} sentences) and, "
        f"{SUBJECT:g} to 1, where the actor acts or is acted upon. The estimate is {_readable(load_coefficients())}. "
        "The score is its mean over articles; the sentences behind it are the actor's mentions."
    ),
    source=(
        "Coefficients fitted to readers' judgements of articles (PerSenT, dev; Bastan et al. 2020); sentiment as "
        "in the measures “sentiment” and “directed_sentiment”."
    ),
    limits=(
        "Readers agree on this only in part. The coefficients stem from US news on persons, most of whom are written "
        "about favourably; an actor mentioned in passing has an estimate near the constant. Where the wrong "
        "actor is linked, or nothing of an actor is said but what it did, the estimate is no better than its mentions. "
        "Compare outlets or actors; a single article's value says little."
    ),
    gold_set="persent",
)
