"""Sentiment toward each mention of an actor, as the sentence treats it, learnt from coded news sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from ..annotation.encoder import Floats
from ..annotation.heads import load_heads
from ..annotation.own_words import OwnWords
from ..article import AnnotatedArticle
from .coded_answers import TREATED
from .contract import Evidence, Finding, Measure, Score, ScoreRow
from .means import of_mentions
from .readings import readings

NOT_READ = ("told_attitude", "too_few_words")


def find(annotated: AnnotatedArticle) -> Iterator[Finding]:
    """p_negative, p_neutral, p_positive (they add up to 1) and sentiment (p_positive − p_negative) of every mention.

    A mention in the outlet's voice is read from the outlet's own words: what a source says in the same sentence is
    left out. `read_from` and `read_words` say which words were read. Where too little is left, or the outlet tells of
    somebody else's attitude toward the actor, only these two are there; for an article that no encoder read, or a
    mention that holds no word piece, nothing is: unknown is not zero.

    >>> from analytics.annotation import annotate
    >>> good, bad = find(annotate("Ada Brandt saved the town. Oren Tash lied to everyone."))
    >>> good["sentiment"] > 0 > bad["sentiment"], round(bad["p_negative"] + bad["p_neutral"] + bad["p_positive"], 3)
    (True, 1.0)
    >>> list(find(annotate("The chamber praised Ada Brandt.")))
    [{'mention_id': 0, 'read_from': 'told_attitude', 'read_words': None}]
    """
    for mention_id, p in enumerate(annotated.once(_by_voice)):
        reading = annotated.once(readings)[mention_id]
        if not np.isnan(p[0]):
            yield {"mention_id": mention_id, **_columns(p), **reading.columns}
        elif reading.read_from in NOT_READ:
            yield {"mention_id": mention_id, **reading.columns}


def find_in_whole_sentences(annotated: AnnotatedArticle) -> Iterator[Finding]:
    """The same of every mention by its whole sentence, whoever says what in it."""
    for mention_id, p in enumerate(annotated.once(_whole)):
        if not np.isnan(p[0]):
            yield {"mention_id": mention_id, **_columns(p)}


def _columns(p: Floats) -> Finding:
    negative, neutral, positive = (round(float(each), 4) for each in p)
    return {
        "p_negative": negative,
        "p_neutral": neutral,
        "p_positive": positive,
        "sentiment": round(positive - negative, 4),
    }


def _by_voice(annotated: AnnotatedArticle) -> Floats:
    """p [mention, (against, neither, for)]: of a mention in the outlet's voice by the outlet's own words."""
    found = annotated.once(_whole).copy()
    in_part: dict[int, list[int]] = defaultdict(list)  # sentence → mentions read from the outlet's words in it
    for mention_id, reading in enumerate(annotated.once(readings) if len(found) else ()):
        if reading.read_from == "own_words":
            in_part[annotated.mentions[mention_id].sentence_id].append(mention_id)
        elif reading.read_from in NOT_READ:
            found[mention_id] = np.nan
    for sentence_id, mention_ids in in_part.items():
        own: OwnWords = annotated.own_words[sentence_id]
        mentions = [annotated.mentions[i] for i in mention_ids]
        places = [place for m in mentions if (place := own.place(m.start, m.end))]
        if own.encoded:
            found[mention_ids] = load_heads().sentiment(own.encoded, [(place, (0, len(own.text))) for place in places])
    return found


def _whole(annotated: AnnotatedArticle) -> Floats:
    """p [mention, (against, neither, for)] by whole sentences; no rows for an article that no encoder read."""
    if annotated.encoded is None:
        return np.zeros((0, 3), dtype=np.float32)
    sentences = annotated.sentences
    places = [
        ((m.start, m.end), (sentences[m.sentence_id].start, sentences[m.sentence_id].end)) for m in annotated.mentions
    ]
    return load_heads().sentiment(annotated.encoded, places)


def score(annotated: AnnotatedArticle, findings: list[Finding]) -> Iterator[ScoreRow]:
    """Mean sentiment per actor and voice: numerator the sum, denominator the mentions.

    >>> from analytics.annotation import annotate
    >>> town = annotate("Ada Brandt saved the town.")
    >>> [(row.actor_id, row.voice, row.numerator > 0, row.denominator) for row in score(town, list(find(town)))]
    [('ada-brandt', 'outlet', True, 1)]
    """
    return of_mentions(annotated, findings, "sentiment", score="sentiment")


MEASURE = Measure(
    name="sentiment",
    table="mentions",
    find=find,
    score=score,
    scores=(
        Score(
            name="sentiment",
            label="Sentiment toward the actor",
            question="Do the sentences that mention this actor put it in a good or a bad light?",
            unit="mean, −1 to 1",
            range=(-1, 1),
            higher_means="more favourable to the actor",
            per_actor=True,
            status="measured",
            evidence=Evidence(
                table="mentions",
                condition="t.sentiment IS NOT NULL",
                value="t.sentiment",
                actor="t.actor_id",
                read_words="t.read_words",
                read_from="t.read_from",
            ),
            coding=TREATED,
        ),
    ),
    method=(
        "A small encoder reads the text; from the vectors of a mention and of its sentence it tells how probable it is "
        "that coders would call the sentence against, neither against nor for, or for the actor. "
        "The score is the mean of p_positive − p_negative over an actor's mentions in each voice. In the outlet's "
        "voice only the outlet's own words are read: what a source says in the same sentence is left out, and where "
        "fewer than three words are left beside names and verbs of saying there is no value. Nor is there where the "
        "outlet tells of somebody's attitude toward the actor (praise, blame, support …): whose it is stands among the "
        "stances. The column read_from says of each mention what was read."
    ),
    source="Learnt from NewsMTSC (Hamborg and Donnay 2021), with a larger model as teacher on further news sentences.",
    limits=(
        "In US political news about one mention in five is read otherwise than by coders, favourable ones most "
        "often. What somebody did counts as a bad light in war news: attackers score low, whatever the outlet thinks "
        "of them. Names are masked before the reader sees them, so that they move nothing; what only a name tells "
        "(who is compared with whom, what somebody is known for) is missed, and so are irony and what one must know "
        "beforehand. The coders of the gold set judged whole sentences, so the accuracy stated is that of "
        "reading these; in the outlet's voice a wrongly cut attribution also changes what is read."
    ),
    gold_set="newsmtsc",
)
