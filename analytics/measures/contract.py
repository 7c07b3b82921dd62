"""The contract every measure fulfils: one function over an annotated article, one declaration."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from ..article import AnnotatedArticle
from ..vocabulary import Voice

Finding = dict[str, object]  # one row of the table the measure fills, without article_id


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreRow:
    """One number about one article: what the `scores` table holds.

    value = scale × numerator / denominator; a denominator of zero never makes a row. Rows of several articles, voices
    or merged actors are added up, numerators and denominators apart, so both must be sums or counts.

    >>> row = ScoreRow(score="hedging", voice="outlet", numerator=3, denominator=400)
    >>> 1000 * row.numerator / row.denominator  # the scale of hedging is 1,000 words
    7.5
    """

    score: str  # name of the score, e.g. "hedging"
    voice: Voice | Literal["all"]  # "all" for a score of whole articles
    numerator: float
    denominator: float  # above 0
    actor_id: str | None = None  # whom the number is about, for a score that is per actor


def name_of(column: str) -> str:
    """The SQL expression of the name of the actor whose id a column of a row `t` holds.

    >>> name_of("holder_id")
    '(SELECT name FROM actors n WHERE n.actor_id = t.holder_id)'
    """
    return f"(SELECT name FROM actors n WHERE n.actor_id = t.{column})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Where the findings behind a score stand: a table, a condition on its rows, and the number each row carries.

    Expressions are SQL over a row `t` of `rows`. A row has article_id, sentence_id, start, end and voice; start and
    end may be null where the whole sentence is the evidence.

    >>> hedges = Evidence(table="cues", condition="t.cue_type = 'hedge'")
    >>> hedges.who
    '(SELECT name FROM actors n WHERE n.actor_id = t.speaker_id)'
    """

    table: str  # the table whose filter applies
    rows: str = ""  # what to select from, where it is not the table itself
    condition: str = "TRUE"
    who: str = name_of("speaker_id")  # whose words or stance it is
    value: str = ""  # the number that a row carries, if it carries one
    value_is: str = "value"  # what it is called where it is not the score's own
    signed: bool = True  # whether it is for or against, rather than a share
    actor: str = ""  # the column with the actor it is about; without one, an actor filter keeps whole articles
    of_voices: tuple[Voice, ...] = ()  # the voices that have evidence, one at a time, where not every selection has
    note: str = ""  # what a reader must know of the findings
    read_words: str = ""  # the column with the stretches that the number was read from, where it is not the sentence
    read_from: str = ""  # the column that says why nothing was read, where the table holds rows without a number


ATTRIBUTED = "(SELECT *, CASE kind WHEN 'direct' THEN 'quoted' ELSE 'reported' END AS voice FROM attributions)"

Line = Literal["wavy", "double", "dotted", "dashed", "above"]
ColourRole = Literal["doubt", "certainty", "slant", "side"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """How findings of one class are marked in an article: in which layer, with which line, in which colour.

    >>> Mark(kind="hedge", layer="Hedges", label="hedge", line="wavy", colour="doubt").line
    'wavy'
    """

    kind: str  # the cue_type of rows of `cues`, or the class of rows of another table
    layer: str  # its name in the menu of layers
    label: str  # what it is called in the legend and in notes
    line: Line  # the words are lined, so that meaning never rests on colour alone
    colour: ColourRole


CodedItem = Literal["mention", "words", "sentence", "article", "actor"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer that a coder can give: a key, what the machine's numerator would be, and when to give it."""

    key: str  # one digit
    value: float
    label: str
    when: str = ""  # guidelines: what it is given for, in one sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """How people code what a score counts, without seeing the machine's answer.

    An item is a mention of the actor, the `words` of one voice in a sentence, a sentence that has a value, a whole
    article, or an actor in a whole article. Coders give what the machine's value of the item stands for: the score is
    the sum of the items' values over that of their denominators.

    >>> from analytics.measures import SCORES
    >>> coding = SCORES["sentiment"].coding
    >>> coding.item, [(answer.key, answer.value, answer.label) for answer in coding.answers]
    ('mention', [('1', -1, 'against'), ('2', 0, 'neither'), ('3', 1, 'for')])
    """

    item: CodedItem
    ask: str  # the question put to the coder, of one item; {actor} becomes the actor's name
    answers: tuple[Answer, ...]
    level: Literal["nominal", "ordinal", "interval"] = "ordinal"  # at which agreement is measured
    rule: str = ""  # what else a coder must know


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What a score of the `scores` table means; charts, pages and documentation read this.

    >>> from analytics.measures import SCORES
    >>> hedging = SCORES["hedging"]
    >>> hedging.label, hedging.unit, hedging.scale, hedging.range, hedging.status
    ('Hedges', 'per 1,000 words', 1000, (0, 1000), 'measured')
    """

    name: str  # as the column `score` holds it
    label: str  # for axes and menus, sentence case
    question: str  # what it answers, in one plain sentence
    unit: str  # e.g. "per 1,000 words", "mean, −1 to 1", "share of mentions"
    scale: float = 1.0  # value = scale × numerator / denominator
    range: tuple[float, float | None]  # of the value; None: no upper end
    higher_means: str  # the direction: completes "Higher means …"
    per_actor: bool  # whether each row is about one actor
    status: Literal["measured", "baseline", "exploratory"]  # shown beside the number
    evidence: Evidence | None = None  # where its findings stand
    no_evidence: str = ""  # why there is none, in a sentence for the reader
    coding: Coding | None = None  # how people code it; None where no single item can be coded


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A measure: where its findings go, what scores they add up to, and what is known of it.

    `find` and `score` are pure functions: they only read the article, depend on nothing else, and raise nothing for
    any article. `find` yields rows of `table` without article_id, in text order, with offsets into `content`; rows of
    `mentions` are `{mention_id, column: value, …}` and fill columns of mentions that are there already; likewise those
    of `sentences`, by `sentence_id`. `score` gets
    what `find` found and yields at most one row for each score, voice and actor; where there is nothing to count over
    it yields none. Listing a measure in `MEASURES` of `analytics/measures/__init__.py` is all that it takes to
    run and show it.

    >>> from analytics.article import AnnotatedArticle, Article
    >>> def find(annotated):
    ...     for at, character in enumerate(annotated.content):
    ...         if character == "!":
    ...             yield {"text": "!", "start": at, "end": at + 1, "voice": annotated.voice_span_at(at).voice}
    >>> def score(annotated, findings):
    ...     if n := len(annotated.content):
    ...         yield ScoreRow(score="shouting", voice="all", numerator=len(findings), denominator=n)
    >>> shouting = Measure(
    ...     name="shouting",
    ...     table="cues",
    ...     find=find,
    ...     score=score,
    ...     scores=(
    ...         Score(
    ...             name="shouting",
    ...             label="Exclamation marks",
    ...             question="How much of the text shouts?",
    ...             unit="per 1,000 characters",
    ...             scale=1000,
    ...             range=(0, 1000),
    ...             higher_means="more exclamation marks",
    ...             per_actor=False,
    ...             status="exploratory",
    ...             no_evidence="The marks are not shown one by one.",
    ...         ),
    ...     ),
    ...     method="Counts exclamation marks over characters.",
    ...     source="None but this example.",
    ...     limits="It takes marks in titles of works for shouting.",
    ...     gold_set=None,
    ... )
    >>> article = AnnotatedArticle(article=Article(article_id="a", text="The dam broke! Run!"))
    >>> findings = list(shouting.find(article))
    >>> [(finding["start"], finding["voice"]) for finding in findings]
    [(13, 'outlet'), (18, 'outlet')]
    >>> [(row.numerator, row.denominator) for row in shouting.score(article, findings)]
    [(2, 19)]
    """

    name: str
    table: Literal["sentences", "mentions", "attributions", "cues", "stances", "frames"]  # which the findings fill
    find: Callable[[AnnotatedArticle], Iterable[Finding]]
    score: Callable[[AnnotatedArticle, list[Finding]], Iterable[ScoreRow]]
    scores: tuple[Score, ...]  # a declaration for each name that rows of `score` carry
    method: str  # how it is computed, in two or three sentences for the Methods page
    source: str  # paper, list or package it rests on
    limits: str  # known failures, plainly
    gold_set: str | None  # the published set its accuracy is stated on, None where there is none yet
    marks: tuple[Mark, ...] = ()  # how its findings are marked in an article
