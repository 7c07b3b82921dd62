"""One batch of articles → its rows in every table. Runs in a worker process, keeps no state but the parser."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pandas as pd

from ..annotation import Annotator
from ..article import AnnotatedArticle, Article
from ..measures import MEASURES, Measure, measures_for, scores_of
from ..measures.contract import Finding
from ..results.schemas import frame

Rows = dict[str, list[dict[str, object]]]
_KEYS = {"mentions": "mention_id", "sentences": "sentence_id"}


@cache
def annotator(actors_file: Path | None = None, keep_boilerplate: bool = False) -> Annotator:
    """The process's annotator; loading the parser takes a second, so it is kept."""
    return Annotator(actors_file=actors_file, keep_boilerplate=keep_boilerplate)


def score_batch(
    articles: Sequence[Article],
    *,
    actors_file: Path | None = None,
    targets_file: Path | None = None,
    keep_boilerplate: bool = False,
) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """Score articles.

    Returns the batch's tables (all but `actors`, which needs the whole corpus) and the names by
    which its articles call their actors: article_id, actor_id, name, kind, text, n_mentions.
    An article on which scoring fails becomes a row of `rejected` and the others are scored.
    """
    rows: Rows = {
        name: []
        for name in (
            "articles",
            "texts",
            "sentences",
            "mentions",
            "attributions",
            "cues",
            "stances",
            "frames",
            "scores",
            "rejected",
        )
    }
    names: list[dict[str, object]] = []
    for article, annotated in _annotated(articles, annotator(actors_file, keep_boilerplate), rows["rejected"]):
        try:
            found = article_rows(annotated, measures=measures_for(targets_file))
        except Exception as error:  # one article must never cost the run; the reason stays in view
            rows["rejected"].append(_rejected(article, error))
            continue
        for name, table_rows in found.items():
            rows[name].extend(table_rows)
        names.extend(_names(annotated))
    tables = {name: frame(name, table_rows) for name, table_rows in rows.items()}
    columns = ["article_id", "actor_id", "name", "kind", "text", "n_mentions"]
    return tables, pd.DataFrame.from_records(names, columns=columns)


def _annotated(
    articles: Sequence[Article], make: Annotator, rejected: list[dict[str, object]]
) -> list[tuple[Article, AnnotatedArticle]]:
    """Annotate together; where that fails, one by one, so that only the culprit is rejected."""
    try:
        return list(zip(articles, make.annotate(articles), strict=True))
    except Exception:
        done = []
        for article in articles:
            try:
                done.append((article, next(make.annotate([article]))))
            except Exception as error:
                rejected.append(_rejected(article, error))
        return done


def article_rows(annotated: AnnotatedArticle, *, measures: tuple[Measure, ...] = MEASURES) -> Rows:
    """The rows of one annotated article in every table."""
    article = annotated.article
    rows: Rows = {
        "articles": [_article_row(annotated)],
        "texts": [{"article_id": article.article_id, "text": annotated.content}],
        "sentences": [
            {
                "article_id": article.article_id,
                "sentence_id": s.sentence_id,
                "start": s.start,
                "end": s.end,
                "text": annotated.text_of(s.start, s.end),
                "in_title": s.in_title,
                "boilerplate": annotated.boilerplate_at(s.start),
            }
            for s in annotated.sentences
        ],
        "mentions": _mention_rows(annotated),
        "attributions": _attribution_rows(annotated),
        "scores": [],
    }
    known = {"mentions": {row["mention_id"]: row for row in rows["mentions"]}}
    known["sentences"] = {row["sentence_id"]: row for row in rows["sentences"]}
    declared = scores_of(measures)
    for measure in measures:
        findings: list[Finding] = list(measure.find(annotated))
        if measure.table in known:  # several measures fill columns of the same mentions, or sentences
            for finding in findings:
                known[measure.table][finding[_KEYS[measure.table]]].update(finding)
        else:
            rows.setdefault(measure.table, []).extend({"article_id": article.article_id, **f} for f in findings)
        for row in measure.score(annotated, findings):
            rows["scores"].append(
                {
                    "article_id": article.article_id,
                    "outlet": article.outlet,
                    "published": article.published,
                    "score": row.score,
                    "actor_id": row.actor_id,
                    "voice": row.voice,
                    "value": declared[row.score].scale * row.numerator / row.denominator,
                    "numerator": row.numerator,
                    "denominator": row.denominator,
                }
            )
    return rows


def _article_row(annotated: AnnotatedArticle) -> dict[str, object]:
    article = annotated.article
    return {
        "article_id": article.article_id,
        "outlet": article.outlet,
        "published": article.published,
        "title": article.title,
        "url": article.url,
        "author": article.author,
        "language": article.language,
        "n_words": annotated.n_words,
        "n_words_boilerplate": annotated.n_words_boilerplate,
        "n_sentences": len(annotated.sentences),
        "source_file": article.source_file,
        "source_row": article.source_row,
        "date_source": article.date_source,
        "flags": "; ".join(annotated.flags) or None,
    }


def _mention_rows(annotated: AnnotatedArticle) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for mention in annotated.mentions:
        voice = annotated.voice_span_at(mention.start)
        rows.append(
            {
                "article_id": annotated.article.article_id,
                "sentence_id": mention.sentence_id,
                "mention_id": mention.mention_id,
                "actor_id": mention.actor_id,
                "text": annotated.text_of(mention.start, mention.end),
                "start": mention.start,
                "end": mention.end,
                "form": mention.form,
                "confidence": mention.confidence,
                "voice": voice.voice,
                "speaker_id": voice.speaker_id,
                "role": "other",
            }
        )
    return rows


def _attribution_rows(annotated: AnnotatedArticle) -> list[dict[str, object]]:
    starts = [token.start for token in annotated.tokens if token.is_word]
    return [
        {
            "article_id": annotated.article.article_id,
            "sentence_id": a.sentence_id,
            "attribution_id": a.attribution_id,
            "kind": a.kind,
            "speaker_id": a.speaker_id,
            "speaker_text": a.speaker_text,
            "cue": a.cue,
            "cue_class": a.cue_class,
            "start": a.start,
            "end": a.end,
            "text": annotated.text_of(a.start, a.end),
            "n_words": bisect_left(starts, a.end) - bisect_left(starts, a.start),
            "joint_with": a.joint_with,
            "level": a.level,
            "within": a.within,
        }
        for a in annotated.attributions
    ]


def _names(annotated: AnnotatedArticle) -> list[dict[str, object]]:
    counts: Counter[tuple[str, str, str, str]] = Counter()
    for mention in annotated.mentions:
        if mention.form == "name":
            text = annotated.text_of(mention.start, mention.end)
            counts[mention.actor_id, mention.name, mention.kind, text] += 1
    return [
        {
            "article_id": annotated.article.article_id,
            "actor_id": actor_id,
            "name": name,
            "kind": kind,
            "text": text,
            "n_mentions": n,
        }
        for (actor_id, name, kind, text), n in counts.items()
    ]


def _rejected(article: Article, error: Exception) -> dict[str, object]:
    return {
        "source_file": article.source_file or "(memory)",
        "source_row": article.source_row,
        "reason": f"could not be scored ({type(error).__name__}: {error})",
        "preview": article.content[:120],
    }
