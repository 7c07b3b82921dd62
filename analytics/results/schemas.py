"""The tables Tellings stores: one pandera schema each; column names are part of the product.

Every model validates strictly (no missing and no extra column) and coerces dtypes.
`TABLES` maps a table's name to its schema; `empty(name)` and `frame(name, rows)` build frames
that always carry every column, in order, with its dtype, also when there are no rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, get_args

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import Series

from ..measures import CUE_TYPES
from ..vocabulary import (
    ALIGNMENT_RELATIONS,
    QUOTE_RELATIONS,
    READ_FROM,
    VOICES,
    ActorKind,
    AttributionKind,
    BoilerplateKind,
    MentionForm,
    Role,
    StanceMethod,
    TargetKind,
)

Time = Annotated[pd.DatetimeTZDtype, "us", "UTC"]
VOICE: dict[str, Any] = {"isin": list(VOICES)}


class Table(pa.DataFrameModel):
    class Config:
        strict = True
        coerce = True
        ordered = True


class Articles(Table):
    """One row per article. Missing outlet, date, title … stay null."""

    article_id: Series[pd.StringDtype]
    outlet: Series[pd.StringDtype] = pa.Field(nullable=True)
    published: Series[Time] = pa.Field(nullable=True)
    title: Series[pd.StringDtype] = pa.Field(nullable=True)
    url: Series[pd.StringDtype] = pa.Field(nullable=True)
    author: Series[pd.StringDtype] = pa.Field(nullable=True)
    language: Series[pd.StringDtype] = pa.Field(nullable=True)
    n_words: Series[pd.Int64Dtype] = pa.Field(ge=0)
    n_words_boilerplate: Series[pd.Int64Dtype] = pa.Field(ge=0, default=0)
    n_sentences: Series[pd.Int64Dtype] = pa.Field(ge=0)
    source_file: Series[pd.StringDtype] = pa.Field(nullable=True)
    source_row: Series[pd.Int64Dtype] = pa.Field(nullable=True)
    date_source: Series[pd.StringDtype] = pa.Field(nullable=True)
    story_id: Series[pd.StringDtype] = pa.Field(nullable=True)
    copy_of: Series[pd.StringDtype] = pa.Field(nullable=True)
    wire_credit: Series[pd.StringDtype] = pa.Field(nullable=True)
    flags: Series[pd.StringDtype] = pa.Field(nullable=True)  # doubts, joined by "; "


class Texts(Table):
    """The normalised text (title, blank line, body) that every offset refers to."""

    article_id: Series[pd.StringDtype]
    text: Series[pd.StringDtype]


class Sentences(Table):
    """One row per sentence, in the order of the text."""

    article_id: Series[pd.StringDtype]
    sentence_id: Series[pd.Int64Dtype] = pa.Field(ge=0)
    start: Series[pd.Int64Dtype] = pa.Field(ge=0)
    end: Series[pd.Int64Dtype] = pa.Field(ge=0)
    text: Series[pd.StringDtype]
    in_title: Series[pd.BooleanDtype]
    boilerplate: Series[pd.StringDtype] = pa.Field(nullable=True, isin=list(get_args(BoilerplateKind)))
    p_slanted: Series[pd.Float64Dtype] = pa.Field(nullable=True, ge=0, le=1)


class Actors(Table):
    """One row per actor of the whole corpus; `aliases` joined by "; ", most frequent first."""

    actor_id: Series[pd.StringDtype] = pa.Field(unique=True)
    name: Series[pd.StringDtype]
    kind: Series[pd.StringDtype] = pa.Field(isin=list(get_args(ActorKind)))
    aliases: Series[pd.StringDtype]
    n_mentions: Series[pd.Int64Dtype] = pa.Field(ge=0)
    n_articles: Series[pd.Int64Dtype] = pa.Field(ge=0)


class Mentions(Table):
    """One row per mention of an actor; `role` is agent, patient or other."""

    article_id: Series[pd.StringDtype]
    sentence_id: Series[pd.Int64Dtype]
    mention_id: Series[pd.Int64Dtype]
    actor_id: Series[pd.StringDtype]
    text: Series[pd.StringDtype]
    start: Series[pd.Int64Dtype] = pa.Field(ge=0)
    end: Series[pd.Int64Dtype] = pa.Field(ge=0)
    form: Series[pd.StringDtype] = pa.Field(isin=list(get_args(MentionForm)))
    confidence: Series[pd.Float64Dtype] = pa.Field(nullable=True, ge=0, le=1)
    voice: Series[pd.StringDtype] = pa.Field(**VOICE)
    speaker_id: Series[pd.StringDtype] = pa.Field(nullable=True)
    role: Series[pd.StringDtype] = pa.Field(isin=list(get_args(Role)))
    p_negative: Series[pd.Float64Dtype] = pa.Field(nullable=True, ge=0, le=1)
    p_neutral: Series[pd.Float64Dtype] = pa.Field(nullable=True, ge=0, le=1)
    p_positive: Series[pd.Float64Dtype] = pa.Field(nullable=True, ge=0, le=1)
    sentiment: Series[pd.Float64Dtype] = pa.Field(nullable=True, ge=-1, le=1)
    sentiment_vader: Series[pd.Float64Dtype] = pa.Field(nullable=True, ge=-1, le=1)
    read_from: Series[pd.StringDtype] = pa.Field(nullable=True, isin=list(READ_FROM))
    read_words: Series[pd.StringDtype] = pa.Field(nullable=True)


class Attributions(Table):
    """One row per stretch of words put in somebody's mouth; start and end span the content.

    What several sources say together has a row for each; count words where `joint_with` is null.
    """

    article_id: Series[pd.StringDtype]
    sentence_id: Series[pd.Int64Dtype]
    attribution_id: Series[pd.Int64Dtype]
    kind: Series[pd.StringDtype] = pa.Field(isin=list(get_args(AttributionKind)))
    speaker_id: Series[pd.StringDtype] = pa.Field(nullable=True)
    speaker_text: Series[pd.StringDtype] = pa.Field(nullable=True)
    cue: Series[pd.StringDtype] = pa.Field(nullable=True)
    cue_class: Series[pd.StringDtype] = pa.Field(nullable=True)
    start: Series[pd.Int64Dtype] = pa.Field(ge=0)
    end: Series[pd.Int64Dtype] = pa.Field(ge=0)
    text: Series[pd.StringDtype]
    n_words: Series[pd.Int64Dtype] = pa.Field(ge=0)
    joint_with: Series[pd.Int64Dtype] = pa.Field(nullable=True, ge=0)
    level: Series[pd.Int64Dtype] = pa.Field(nullable=True, ge=1)
    within: Series[pd.Int64Dtype] = pa.Field(nullable=True, ge=0)


class Cues(Table):
    """Words and phrases that a measure of words found, one row each; scope may be null."""

    article_id: Series[pd.StringDtype]
    sentence_id: Series[pd.Int64Dtype]
    cue_type: Series[pd.StringDtype] = pa.Field(isin=list(CUE_TYPES))
    kind: Series[pd.StringDtype]
    text: Series[pd.StringDtype]
    start: Series[pd.Int64Dtype] = pa.Field(ge=0)
    end: Series[pd.Int64Dtype] = pa.Field(ge=0)
    scope_start: Series[pd.Int64Dtype] = pa.Field(nullable=True)
    scope_end: Series[pd.Int64Dtype] = pa.Field(nullable=True)
    voice: Series[pd.StringDtype] = pa.Field(**VOICE)
    speaker_id: Series[pd.StringDtype] = pa.Field(nullable=True)


class Stances(Table):
    """Holder → target stance. `holder_id` and `holder` null with voice "outlet" mean the outlet itself.

    start and end span the evidence (holder, expression and target). `target` is the target's
    own words; `expression` the words that carry the stance; null where `method` is "encoder".
    """

    article_id: Series[pd.StringDtype]
    sentence_id: Series[pd.Int64Dtype]
    holder_id: Series[pd.StringDtype] = pa.Field(nullable=True)
    holder: Series[pd.StringDtype] = pa.Field(nullable=True)
    target_id: Series[pd.StringDtype] = pa.Field(nullable=True)
    target_kind: Series[pd.StringDtype] = pa.Field(isin=list(get_args(TargetKind)))
    target: Series[pd.StringDtype]
    expression: Series[pd.StringDtype] = pa.Field(nullable=True)
    method: Series[pd.StringDtype] = pa.Field(isin=list(get_args(StanceMethod)))
    p_against: Series[pd.Float64Dtype] = pa.Field(ge=0, le=1)
    p_none: Series[pd.Float64Dtype] = pa.Field(ge=0, le=1)
    p_favour: Series[pd.Float64Dtype] = pa.Field(ge=0, le=1)
    stance: Series[pd.Float64Dtype] = pa.Field(ge=-1, le=1)
    start: Series[pd.Int64Dtype] = pa.Field(ge=0)
    end: Series[pd.Int64Dtype] = pa.Field(ge=0)
    voice: Series[pd.StringDtype] = pa.Field(**VOICE)
    speaker_id: Series[pd.StringDtype] = pa.Field(nullable=True)
    read_from: Series[pd.StringDtype] = pa.Field(nullable=True, isin=list(READ_FROM))
    read_words: Series[pd.StringDtype] = pa.Field(nullable=True)


class Frames(Table):
    """One row per article and frame; evidence: ids of the sentences that carry it most, comma-joined."""

    article_id: Series[pd.StringDtype]
    frame: Series[pd.StringDtype]
    p: Series[pd.Float64Dtype] = pa.Field(ge=0, le=1)
    evidence: Series[pd.StringDtype]


class Stories(Table):
    """One row per story that at least two articles tell; copies count as articles, not as tellings."""

    story_id: Series[pd.StringDtype] = pa.Field(unique=True)
    label: Series[pd.StringDtype] = pa.Field(nullable=True)
    first_published: Series[Time] = pa.Field(nullable=True)
    last_published: Series[Time] = pa.Field(nullable=True)
    n_articles: Series[pd.Int64Dtype] = pa.Field(ge=1)
    n_outlets: Series[pd.Int64Dtype] = pa.Field(ge=0)


class Alignments(Table):
    """Pairs of sentences of two tellings that tell the same; one side is null where a sentence stands alone."""

    story_id: Series[pd.StringDtype] = pa.Field(nullable=True)
    article_a: Series[pd.StringDtype]
    sentence_a: Series[pd.Int64Dtype] = pa.Field(nullable=True)
    article_b: Series[pd.StringDtype]
    sentence_b: Series[pd.Int64Dtype] = pa.Field(nullable=True)
    similarity: Series[pd.Float64Dtype] = pa.Field(nullable=True, ge=0, le=1)
    relation: Series[pd.StringDtype] = pa.Field(isin=list(ALIGNMENT_RELATIONS))


class QuotePairs(Table):
    """A quotation of one telling beside what another telling of the story makes of it; offsets lead to both.

    A quotation that no other telling of the story has is one row, with relation only_b and no first telling.
    """

    story_id: Series[pd.StringDtype] = pa.Field(nullable=True)
    speaker_id: Series[pd.StringDtype] = pa.Field(nullable=True)
    article_a: Series[pd.StringDtype] = pa.Field(nullable=True)
    attribution_a: Series[pd.Int64Dtype] = pa.Field(nullable=True)
    article_b: Series[pd.StringDtype]
    attribution_b: Series[pd.Int64Dtype] = pa.Field(nullable=True)
    relation: Series[pd.StringDtype] = pa.Field(isin=list(QUOTE_RELATIONS))
    similarity: Series[pd.Float64Dtype] = pa.Field(nullable=True, ge=0, le=1)
    start_a: Series[pd.Int64Dtype] = pa.Field(nullable=True, ge=0)
    end_a: Series[pd.Int64Dtype] = pa.Field(nullable=True, ge=0)
    start_b: Series[pd.Int64Dtype] = pa.Field(nullable=True, ge=0)
    end_b: Series[pd.Int64Dtype] = pa.Field(nullable=True, ge=0)
    only_here: Series[pd.BooleanDtype]


class Scores(Table):
    """Tidy numbers per article: value = scale × numerator / denominator, never over zero."""

    article_id: Series[pd.StringDtype]
    outlet: Series[pd.StringDtype] = pa.Field(nullable=True)
    published: Series[Time] = pa.Field(nullable=True)
    score: Series[pd.StringDtype]
    actor_id: Series[pd.StringDtype] = pa.Field(nullable=True)
    voice: Series[pd.StringDtype] = pa.Field(isin=[*VOICES, "all"])
    value: Series[pd.Float64Dtype]
    numerator: Series[pd.Float64Dtype]
    denominator: Series[pd.Float64Dtype] = pa.Field(gt=0)


class Rejected(Table):
    """Input records that did not become articles: where they stood and why."""

    source_file: Series[pd.StringDtype]
    source_row: Series[pd.Int64Dtype] = pa.Field(nullable=True)
    reason: Series[pd.StringDtype]
    preview: Series[pd.StringDtype] = pa.Field(nullable=True)


TABLES: dict[str, type[Table]] = {
    "articles": Articles,
    "texts": Texts,
    "sentences": Sentences,
    "actors": Actors,
    "mentions": Mentions,
    "attributions": Attributions,
    "cues": Cues,
    "stances": Stances,
    "frames": Frames,
    "stories": Stories,
    "alignments": Alignments,
    "quote_pairs": QuotePairs,
    "scores": Scores,
    "rejected": Rejected,
}

STORY_TABLES = ("stories", "alignments", "quote_pairs")  # made of the other tables once those are complete

# Columns of single rows that hold actor ids: where actors are merged, these change. `scores` are added up instead.
ACTOR_COLUMNS = {
    "mentions": ("actor_id", "speaker_id"),
    "attributions": ("speaker_id",),
    "cues": ("speaker_id",),
    "stances": ("holder_id", "target_id", "speaker_id"),
    "quote_pairs": ("speaker_id",),
}

# A row about an actor goes with it where the actor is left out; other rows only no longer name it.
ROWS_ABOUT = {"mentions": ("actor_id",), "stances": ("holder_id", "target_id")}

# What an earlier version called columns and scores; `Store` opens its folders under today's names.
FORMER_COLUMNS = {"scores": {"measure": "score"}, "cues": {"measure": "cue_type"}}
FORMER_SCORES = {"relation": "directed_sentiment"}

# What columns hold in results of a version that did not have them yet.
ADDED_COLUMNS = {
    "articles": {"n_words_boilerplate": "CAST(0 AS BIGINT)"},
    "sentences": {"boilerplate": "CAST(NULL AS VARCHAR)", "p_slanted": "CAST(NULL AS DOUBLE)"},
    "attributions": {"level": "CAST(NULL AS BIGINT)", "within": "CAST(NULL AS BIGINT)"},
    "mentions": {"read_from": "CAST(NULL AS VARCHAR)", "read_words": "CAST(NULL AS VARCHAR)"},
    "stances": {name: "CAST(NULL AS VARCHAR)" for name in ("holder", "read_from", "read_words")},
}


def columns(name: str) -> list[str]:
    """The column names of a table, in order."""
    return list(TABLES[name].to_schema().columns)


def frame(name: str, rows: Iterable[Mapping[str, object]]) -> pd.DataFrame:
    """Validated frame of a table from row mappings; columns a row lacks become null.

    Raises pandera.errors.SchemaError where a value breaks the table's schema.
    """
    built = pd.DataFrame.from_records(list(rows), columns=columns(name))
    return TABLES[name].validate(built)


def empty(name: str) -> pd.DataFrame:
    """A table without rows, every column with its dtype."""
    return frame(name, [])
