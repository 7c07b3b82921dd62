"""Stories of a whole results folder: the columns and tables about them, made of the tables that are complete."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import combinations
from pathlib import Path

import duckdb
import pandas as pd

from ..results.parquet_files import scan
from ..results.schemas import TABLES, frame
from ..stories.attributed_speech import AttributedSpeech
from ..stories.comparison import quote_row
from ..stories.copies import find_copies
from ..stories.credits import wire_credit
from ..stories.groups import group_stories
from ..stories.quotation_joining import rejoined
from ..stories.quotation_matching import Embed, QuotePair, pair_quotations
from ..stories.tellings import remembered
from .engines import run

Story = tuple[str, dict[str, list[AttributedSpeech]]]  # its id, and what each of its articles puts in somebody's mouth

_BATCH = 16  # stories whose quotations are paired in one go
_MOST_TELLINGS = 12  # of a story whose quotations are compared each with each; of a larger one, with its first


def tell_stories(
    folder: Path, *, embed: Embed | None = None, earlier: Mapping[str, str] | None = None, jobs: int = 1
) -> dict[str, pd.DataFrame]:
    """What stories the articles of finished tables tell: the new frames of articles, stories and quote_pairs.

    `folder` holds articles, texts, sentences and attributions as Parquet. `articles` gets story_id, copy_of and
    wire_credit; story_id is null for an article whose event no other article tells. `earlier` (article_id → story_id)
    is how articles were grouped in an earlier result of the folder: those stories stay, and new articles join them.

    Quotations are paired within each story, copies left out (they say the same): a row for each pair of tellings
    that share one, and one row (only_b, without a first telling) for a quotation that no other has. `jobs` is the
    number of processes for this; with an `embed` of one's own it is done in this one.

    `alignments` is left empty: for every pair of tellings of every story it would outgrow all other tables, and a
    story that is opened is aligned in less than a second (`compare_tellings`).
    """
    connection = duckdb.connect()
    try:
        articles, texts = (
            connection.sql(f"SELECT * FROM {scan(folder / f'{name}.parquet')}").to_arrow_table().to_pandas()
            for name in ("articles", "texts")
        )
    finally:
        connection.close()
    read = _bodies(articles, texts)
    copies = find_copies(read)
    copy_of = dict(zip(copies["article_id"], copies["copy_of"], strict=True))
    lone = len(articles) < 2
    groups = read["article_id"] if lone else _grouped(read, copy_of, embed, earlier, jobs)
    stories_of = dict(zip(read["article_id"], groups, strict=True))
    sizes = Counter(stories_of.values())
    credits = {i: wire_credit(t, a) for i, t, a in zip(read["article_id"], read["text"], read["author"], strict=True)}
    ids = articles["article_id"].tolist()
    stories = [stories_of[i] if sizes[stories_of[i]] > 1 else None for i in ids]
    columns = {"story_id": stories, "copy_of": [copy_of.get(i) for i in ids], "wire_credit": [credits[i] for i in ids]}
    articles = articles.assign(**{name: pd.Series(values, dtype="str") for name, values in columns.items()})
    told = articles[articles["story_id"].notna()]
    pairs = list(_quote_pairs(folder, told, embed, jobs)) if len(told) else []
    return {
        "articles": TABLES["articles"].validate(articles),
        "stories": frame("stories", _stories(told)),
        "quote_pairs": frame("quote_pairs", pairs),
        "alignments": frame("alignments", []),
    }


def _bodies(articles: pd.DataFrame, texts: pd.DataFrame) -> pd.DataFrame:
    """article_id, title, author, published and the body as text."""
    rows = articles[["article_id", "title", "author", "published"]].merge(texts, on="article_id", validate="1:1")
    bodies = [
        text[len(title) :].lstrip("\n") if isinstance(title, str) and text.startswith(title) else text
        for title, text in zip(rows["title"], rows["text"], strict=True)
    ]
    none = {name: rows[name].astype(object).where(rows[name].notna(), None) for name in ("title", "author")}
    return rows.assign(text=bodies, **none)


def _grouped(
    read: pd.DataFrame, copy_of: Mapping[str, str], embed: Embed | None, earlier: Mapping[str, str] | None, jobs: int
) -> pd.Series[str]:
    """Stories of the originals; a copy belongs to the story of what it copies."""
    if embed is None:
        from ..annotation.embedding import load_embedder

        embed = partial(load_embedder().embed, threads=jobs)
    originals = read[~read["article_id"].isin(list(copy_of))]
    known = {i: s for i, s in (earlier or {}).items() if i in set(originals["article_id"])}
    before = pd.Series(known, dtype="str") if known else None
    found = group_stories(originals, embed=embed, earlier=before)
    return read["article_id"].map(lambda i: str(found[copy_of.get(i, i)]))


def _stories(told: pd.DataFrame) -> Iterator[dict[str, object]]:
    for story_id, members in told.groupby("story_id", sort=True):
        ordered = members.sort_values(["published", "article_id"], na_position="last")
        titles = [title for title in ordered["title"] if isinstance(title, str)]
        yield {
            "story_id": story_id,
            "label": titles[0] if titles else None,
            "first_published": ordered["published"].min(),
            "last_published": ordered["published"].max(),
            "n_articles": len(ordered),
            "n_outlets": ordered["outlet"].nunique(),
        }


def _quote_pairs(folder: Path, told: pd.DataFrame, embed: Embed | None, jobs: int) -> Iterator[dict[str, object]]:
    """Rows of the table `quote_pairs`, story by story."""
    originals = told[told["copy_of"].isna()].sort_values(["published", "article_id"], na_position="last")
    said = _said(folder, originals["article_id"].tolist())
    stories = [
        (str(story_id), {article_id: said[article_id] for article_id in members["article_id"]})
        for story_id, members in originals.groupby("story_id", sort=True)
    ]
    batches = [stories[i : i + _BATCH] for i in range(0, len(stories), _BATCH)]
    spread = jobs if embed is None and len(batches) > 1 else 1
    for rows in run(partial(_pair_batch, embed=embed), batches, jobs=spread):
        yield from rows


def _pair_batch(stories: Sequence[Story], *, embed: Embed | None) -> list[dict[str, object]]:
    if embed is None:
        from ..annotation.embedding import load_embedder

        embed = load_embedder().embed
    return [row for story_id, said in stories for row in _pairs_of_story(story_id, said, embed)]


def _pairs_of_story(
    story_id: str, said: Mapping[str, Sequence[AttributedSpeech]], embed: Embed
) -> Iterator[dict[str, object]]:
    """The quotations of a story's tellings, given by article as they appeared: the earlier beside the later."""
    said = {article_id: rejoined(each) for article_id, each in said.items()}
    ids = list(said)
    some = list(combinations(ids, 2)) if len(ids) <= _MOST_TELLINGS else [(ids[0], other) for other in ids[1:]]
    once = remembered(embed)
    paired = {(a, b): pair_quotations(said[a], said[b], embed=once) for a, b in some}
    elsewhere, shared = _with_a_source(paired), set[tuple[str, int]]()
    for (a, b), pairs in paired.items():
        for pair in pairs:
            if pair.a is None or pair.b is None:
                continue
            shared |= {(a, pair.a.start), (b, pair.b.start)}
            only_here = pair.only_inside_marks_here and (b, pair.b.start) not in elsewhere
            yield {**quote_row(pair, story_id, a, b), "only_here": only_here}
    for article_id in ids:
        for quote in said[article_id]:
            if quote.direct and (article_id, quote.start) not in shared:
                alone = QuotePair(relation="only_b", a=None, b=quote, similarity=None)
                yield quote_row(alone, story_id, None, article_id)


def _with_a_source(paired: Mapping[tuple[str, str], Sequence[QuotePair]]) -> set[tuple[str, int]]:
    """Quotations (article, start) all of whose words stand inside marks in some other telling of the story."""
    found: set[tuple[str, int]] = set()
    for (a, b), pairs in paired.items():
        for pair in pairs:
            if pair.relation in ("verbatim", "punctuation", "trimmed") and pair.b is not None:
                found.add((b, pair.b.start))
            if pair.relation in ("verbatim", "punctuation", "extended") and pair.a is not None:
                found.add((a, pair.a.start))
    return found


def _said(folder: Path, article_ids: Sequence[str]) -> dict[str, list[AttributedSpeech]]:
    """What each article puts in somebody's mouth, from the stored tables."""
    connection = duckdb.connect()
    try:
        connection.register("wanted", pd.DataFrame({"article_id": list(article_ids)}, dtype="str"))
        rows = (
            connection.sql(
                f"SELECT a.*, s.text AS context FROM {scan(folder / 'attributions.parquet')} a "
                f"JOIN wanted USING (article_id) JOIN {scan(folder / 'sentences.parquet')} s "
                "ON s.article_id = a.article_id AND s.sentence_id = a.sentence_id "
                "ORDER BY a.article_id, a.attribution_id"
            )
            .to_arrow_table()
            .to_pandas()
        )
    finally:
        connection.close()
    found: dict[str, list[AttributedSpeech]] = defaultdict(list)
    rows = rows.astype(object).where(rows.notna(), None)
    for article_id, group in rows.groupby("article_id", sort=False):
        records = group.to_dict("records")
        mixed = [r for r in records if r["kind"] == "mixed"]
        for r in records:
            around = [m["text"] for m in mixed if m["start"] <= r["start"] and r["end"] <= m["end"]]
            direct = r["kind"] == "direct"
            found[str(article_id)].append(
                AttributedSpeech(
                    direct=direct,
                    text=str(r["text"]),
                    start=int(r["start"]),
                    end=int(r["end"]),
                    clause=min(around, key=len, default=r["context"]) if direct else str(r["text"]),
                    context=str(r["context"]),
                    sentence_id=int(r["sentence_id"]),
                    speaker_id=r["speaker_id"],
                    speaker_text=r["speaker_text"],
                    cue=r["cue"],
                    cue_class=r["cue_class"],
                    attribution_id=int(r["attribution_id"]),
                )
            )
    return found
