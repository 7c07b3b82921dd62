"""A results folder: Parquet files read through DuckDB, one selection for every reader.

The dashboard, the command line and a notebook ask the same `Store` with the same `Selection`,
so the same filter gives the same rows everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Literal

import duckdb
import pandas as pd

from ..errors import SelectionError, StoreError
from ..vocabulary import UNKNOWN, VOICES
from .corrected_views import make_views
from .corrections import overlay, read_log
from .opening import OpenedFolder, open_folder
from .parquet_files import scan
from .schemas import ADDED_COLUMNS, FORMER_COLUMNS, FORMER_SCORES, TABLES, columns, empty

STORED = "stored_"  # views over the files as they were scored, before a user's corrections
_OF_FILES = (duckdb.IOException, duckdb.InvalidInputException, duckdb.SerializationException, duckdb.InternalException)

# Which rows of a table an actor filter keeps. {in} becomes the list of placeholders; `m` are mentions.
_ACTOR_RULES = {
    "actors": "t.actor_id IN ({in})",
    "quote_pairs": "t.speaker_id IN ({in})",
    "mentions": "t.actor_id IN ({in})",
    "attributions": "t.speaker_id IN ({in})",
    "stances": "(t.holder_id IN ({in}) OR t.target_id IN ({in}))",
    "scores": "(t.actor_id IN ({in}) OR (t.actor_id IS NULL AND t.article_id IN "
    "(SELECT article_id FROM mentions WHERE actor_id IN ({in}))))",
    "sentences": "(t.article_id, t.sentence_id) IN "
    "(SELECT (article_id, sentence_id) FROM mentions WHERE actor_id IN ({in}))",
    "cues": "(t.article_id, t.sentence_id) IN "
    "(SELECT (article_id, sentence_id) FROM mentions WHERE actor_id IN ({in}))",
}
_BY_ARTICLE = "t.article_id IN (SELECT article_id FROM mentions WHERE actor_id IN ({in}))"
# Tables whose rows are about several articles: what it takes to keep a row. {articles} is a subquery of ids.
_OF_SEVERAL = {
    "stories": "t.story_id IN (SELECT story_id FROM articles WHERE article_id IN {articles})",
    "alignments": "t.article_a IN {articles} AND t.article_b IN {articles}",
    "quote_pairs": "(t.article_a IS NULL OR t.article_a IN {articles}) AND t.article_b IN {articles}",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What a user has filtered to. Empty fields mean "all".

    A date bound leaves out undated articles; `Store.undated` says how many.
    An actor filter keeps that actor's own rows where a table has actors (mentions, scores,
    stances as holder or target, attributions as speaker), and otherwise the articles or
    sentences that mention the actor. Of a story any article may be kept, of a pair both must be.

    A field may name what a store does not hold: then it keeps nothing. `check_selection` names it.

    >>> own_words = Selection(outlets=("Harbour Post",), voices=("outlet",))
    >>> own_words.but(start=date(2031, 1, 6)).describe()
    {'outlets': ['Harbour Post'], 'voices': ['outlet'], 'start': '2031-01-06'}
    """

    outlets: tuple[str, ...] = ()  # "(unknown)" selects articles without an outlet
    actors: tuple[str, ...] = ()  # actor ids
    voices: tuple[str, ...] = ()  # "outlet", "quoted", "reported"; "all" for scores of whole articles
    start: date | None = None  # UTC, inclusive
    end: date | None = None  # UTC, inclusive
    articles: tuple[str, ...] = ()  # article ids
    copies: bool = True  # False leaves out articles that are copies of another; `Store.copies` says how many
    stories: Literal["all", "same"] = "all"  # "same": no copies, and only stories that at least two of the outlets tell

    def but(self, **changes: Any) -> Selection:
        """The same selection with some fields replaced."""
        return replace(self, **changes)

    def describe(self) -> dict[str, Any]:
        """The non-empty fields as plain JSON values, for manifests and file headers."""
        values = {f.name: getattr(self, f.name) for f in fields(self) if f.name not in ("copies", "stories")}
        described: dict[str, Any] = {
            name: str(v) if isinstance(v, date) else list(v) for name, v in values.items() if v
        }
        described |= {} if self.copies else {"copies": False}
        return described if self.stories == "all" else described | {"stories": self.stories}


EVERYTHING = Selection()


class Store:
    """Read access to one results folder, with the user's corrections applied. Safe to use from several threads.

    `manifest` says how the results were made, `tables` is the folder of their Parquet files, `corrections` the log of
    a user's corrections, `left_out` those of its lines that are none. A store keeps reading the results that it was
    opened on while a run puts others in their place.

    The tables and their columns: docs/tables.md. Frames have nullable dtypes; times are UTC. Methods that take a
    `table` raise SelectionError for one that does not exist.

    >>> store = open_store("results")
    >>> outlet = Selection(outlets=("Harbour Post",), voices=("outlet",))
    >>> store.select("cues", outlet, columns=["text", "cue_type", "voice"], order_by="t.text", limit=2)
            text cue_type   voice
    0  certainly  booster  outlet
    1  certainly  booster  outlet
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        opened = open_folder(folder)
        self.manifest: dict[str, Any] = opened.manifest
        self.tables = opened.tables
        self._reading = opened.reading
        log = read_log(folder)
        self.corrections, self.left_out = log.corrections, log.left_out
        self._connection = duckdb.connect()
        with self._explained():
            for name in TABLES:
                self._view(name, opened)
            make_views(self._connection, overlay(self.corrections), list(TABLES), STORED)

    def _view(self, table: str, opened: OpenedFolder) -> None:
        if table in opened.missing:  # results of a version that did not know stories yet
            self._connection.register("nothing", empty(table))
            self._connection.execute(f"CREATE TABLE {STORED}{table} AS SELECT * FROM nothing")
            self._connection.unregister("nothing")
        else:
            columns = self._columns(table, scan(opened.file(table)))
            self._connection.execute(f"CREATE VIEW {STORED}{table} AS SELECT {columns}")

    def _columns(self, table: str, file: str) -> str:
        """The columns of a stored table under today's names, where an earlier version had others."""
        held = {str(row[0]) for row in self._connection.execute(f"DESCRIBE SELECT * FROM {file}").fetchall()}
        former = {old: new for old, new in FORMER_COLUMNS.get(table, {}).items() if old in held and new not in held}
        added = [f"{sql} AS {name}" for name, sql in ADDED_COLUMNS.get(table, {}).items() if name not in held]
        everything = f"* RENAME ({', '.join(f'{old} AS {new}' for old, new in former.items())})" if former else "*"
        renamed = f"{', '.join([everything, *added])} FROM {file}"
        if table != "scores" or not former:
            return renamed
        scores = " ".join(f"WHEN '{old}' THEN '{new}'" for old, new in FORMER_SCORES.items())
        return f"* REPLACE (CASE score {scores} ELSE score END AS score) FROM (SELECT {renamed})"

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Say of a table that is damaged behind its footer, or gone, what opening would have said."""
        try:
            yield
        except duckdb.Error as error:
            of_a_file = type(error) is duckdb.Error or (isinstance(error, _OF_FILES) and "arquet" in str(error))
            if not of_a_file:  # a mistake in the query
                raise
            raise StoreError(
                f"a table in {self.tables} cannot be read ({str(error).splitlines()[0][:160]}); the others still can; "
                f"score the articles again with: tellings score INPUT --out {self.folder}"
            ) from error

    def query(self, sql: str, parameters: Sequence[object] = ()) -> pd.DataFrame:
        """Rows of a SQL query (DuckDB's dialect) over the tables, one view each; `?` marks parameters.

        >>> sql = "SELECT outlet, count(*) AS n FROM articles WHERE outlet = ? GROUP BY outlet"
        >>> open_store("results").query(sql, ["Daily Ferry"])
                outlet  n
        0  Daily Ferry  6
        """
        with self._explained(), self._connection.cursor() as cursor:
            cursor.execute("SET TimeZone='UTC'")
            table: pd.DataFrame = cursor.sql(sql, params=list(parameters)).to_arrow_table().to_pandas()
            return table

    def scalar(self, sql: str, parameters: Sequence[object] = ()) -> Any:
        """The single value of a one-row, one-column query; None where it has no row.

        >>> open_store("results").scalar("SELECT max(n_words) > 0 FROM articles")
        True
        """
        with self._explained(), self._connection.cursor() as cursor:
            row = cursor.execute(sql, list(parameters)).fetchone()
            return None if row is None else row[0]

    def where(self, table: str, selection: Selection = EVERYTHING) -> tuple[str, list[object]]:
        """The SQL condition (over `t`, the table) and parameters that a selection means, for queries of one's own.

        >>> open_store("results").where("cues", Selection(voices=("outlet", "quoted")))
        ('t.voice IN (?, ?)', ['outlet', 'quoted'])
        """
        self._check(table)
        has = set(columns(table))
        clauses: list[str] = []
        parameters: list[object] = []
        outlet, published = ("t.outlet", "t.published") if table == "articles" else ("a.outlet", "a.published")
        of_articles: list[str] = []
        article_parameters: list[object] = []
        if selection.outlets:
            named = [o for o in selection.outlets if o != UNKNOWN]
            parts = [f"{outlet} IN ({_marks(named)})"] if named else []
            if UNKNOWN in selection.outlets:
                parts.append(f"{outlet} IS NULL")
            of_articles.append(f"({' OR '.join(parts)})")
            article_parameters += named
        if selection.start:
            of_articles.append(f"{published} >= CAST(? AS TIMESTAMPTZ)")
            article_parameters.append(f"{selection.start.isoformat()} 00:00:00+00")
        if selection.end:
            of_articles.append(f"{published} < CAST(? AS TIMESTAMPTZ)")
            article_parameters.append(f"{(selection.end + timedelta(days=1)).isoformat()} 00:00:00+00")
        if not selection.copies:
            of_articles.append(f"{outlet[0]}.copy_of IS NULL")
        if selection.articles:
            of_articles.append(f"{outlet[0]}.article_id IN ({_marks(selection.articles)})")
            article_parameters += selection.articles
        if selection.stories == "same":
            letter, kin = outlet[0], [condition.replace(f"{outlet[0]}.", "s.") for condition in of_articles]
            of_articles.append(
                f"{letter}.copy_of IS NULL AND {letter}.story_id IN (SELECT s.story_id FROM articles s WHERE "
                f"{' AND '.join([*kin, 's.copy_of IS NULL'])} GROUP BY s.story_id HAVING count(DISTINCT s.outlet) > 1)"
            )
            article_parameters += article_parameters
        if table in _OF_SEVERAL:
            if selection.actors and table not in _ACTOR_RULES:
                of_articles.append(_BY_ARTICLE.replace("t.", "a.", 1).replace("{in}", _marks(selection.actors)))
                article_parameters += selection.actors
            if of_articles:
                rule, kept = _OF_SEVERAL[table], " AND ".join(of_articles)
                clauses.append(rule.replace("{articles}", f"(SELECT a.article_id FROM articles a WHERE {kept})"))
                parameters += article_parameters * rule.count("{articles}")
        elif of_articles and "article_id" in has:
            condition = " AND ".join(of_articles)
            if table != "articles":
                condition = f"t.article_id IN (SELECT a.article_id FROM articles a WHERE {condition})"
            clauses.append(condition)
            parameters += article_parameters
        if selection.voices and "voice" in has:
            clauses.append(f"t.voice IN ({_marks(selection.voices)})")
            parameters += selection.voices
        if selection.actors and table != "rejected" and (table not in _OF_SEVERAL or table in _ACTOR_RULES):
            rule = _ACTOR_RULES.get(table, _BY_ARTICLE)
            clauses.append(rule.replace("{in}", _marks(selection.actors)))
            parameters += list(selection.actors) * rule.count("{in}")
        return (" AND ".join(clauses) or "TRUE"), parameters

    def select(
        self,
        table: str,
        selection: Selection = EVERYTHING,
        *,
        columns: Sequence[str] = (),
        order_by: str = "",
        limit: int | None = None,
        offset: int = 0,
    ) -> pd.DataFrame:
        """The rows of a table that a selection keeps. This is what the dashboard shows and exports.

        `columns` (all by default) are names of the table; `order_by` is SQL over the table as `t`. Without it the
        order is that of the files.

        >>> store = open_store("results")
        >>> store.select("articles", columns=["outlet", "n_sentences"], order_by="t.article_id", limit=1)
                 outlet  n_sentences
        0  Harbour Post           10
        """
        condition, parameters = self.where(table, selection)
        chosen = ", ".join(f't."{c}"' for c in columns) or "t.*"
        sql = f"SELECT {chosen} FROM {table} t WHERE {condition}"
        if order_by:
            sql += f" ORDER BY {order_by}"
        if limit is not None:
            sql += f" LIMIT {int(limit)} OFFSET {int(offset)}"
        return self.query(sql, parameters)

    def count(self, table: str, selection: Selection = EVERYTHING) -> int:
        """How many rows of a table a selection keeps.

        >>> open_store("results").count("articles", Selection(outlets=("Harbour Post", "Daily Ferry")))
        12
        """
        condition, parameters = self.where(table, selection)
        return int(self.scalar(f"SELECT count(*) FROM {table} t WHERE {condition}", parameters))

    def undated(self, selection: Selection = EVERYTHING) -> int:
        """How many articles a selection's date bounds leave out because they carry no date; 0 without bounds.

        >>> open_store("results").undated(Selection(start=date(2031, 1, 1)))
        0
        """
        if not (selection.start or selection.end):
            return 0
        condition, parameters = self.where("articles", selection.but(start=None, end=None))
        return int(
            self.scalar(f"SELECT count(*) FROM articles t WHERE {condition} AND t.published IS NULL", parameters)
        )

    def copies(self, selection: Selection = EVERYTHING) -> int:
        """How many copies are among the articles of a selection, or would be if it did not leave them out.

        >>> open_store("results").copies(Selection(outlets=("Harbour Post",), copies=False))
        0
        """
        condition, parameters = self.where("articles", selection.but(copies=True))
        return int(
            self.scalar(f"SELECT count(*) FROM articles t WHERE {condition} AND t.copy_of IS NOT NULL", parameters)
        )

    def outlets(self) -> list[str]:
        """All outlets by name; "(unknown)" last, if any article lacks one.

        >>> open_store("results").outlets()[1:]
        ['Daily Ferry', 'Harbour Post', 'Northern Ledger', '(unknown)']
        """
        frame = self.query("SELECT DISTINCT outlet FROM articles ORDER BY outlet NULLS LAST")
        return [UNKNOWN if pd.isna(name) else str(name) for name in frame["outlet"]]

    def text(self, article_id: str) -> str:
        """The normalised text of one article, to which all its offsets refer.

        Raises SelectionError for an id that the store does not hold.

        >>> store = open_store("results")
        >>> [cue] = store.select("cues", order_by="t.article_id, t.start", limit=1).to_dict("records")
        >>> store.text(cue["article_id"])[cue["start"] : cue["end"]] == cue["text"]
        True
        """
        text = self.scalar("SELECT text FROM texts WHERE article_id = ?", [article_id])
        if text is None:
            raise SelectionError(f"no article {article_id!r} in {self.folder}")
        return str(text)

    def close(self) -> None:
        """Let go of the files. The store answers no more."""
        self._connection.close()
        if self._reading:
            self._reading.close()

    def _check(self, table: str) -> None:
        if table not in TABLES:
            raise SelectionError(f"no table {table!r}; there are: {', '.join(TABLES)}")


def check_selection(store: Store, selection: Selection) -> None:
    """Raise SelectionError for outlets, actors or voices that a store does not hold."""
    known_outlets = store.outlets()
    for outlet in selection.outlets:
        if outlet not in known_outlets:
            raise SelectionError(f"no outlet {outlet!r}; there are: {', '.join(known_outlets)}")
    for voice in selection.voices:
        if voice not in VOICES:
            raise SelectionError(f"no voice {voice!r}; there are: {', '.join(VOICES)}")
    for actor in selection.actors:
        if not store.scalar("SELECT count(*) FROM actors WHERE actor_id = ?", [actor]):
            raise SelectionError(f"no actor {actor!r}; list them with: tellings export DIR actors")


def open_store(folder: str | Path) -> Store:
    """Open a results folder for reading.

    Raises StoreError, in one line, where the folder holds no complete results: what is wrong, what still works and
    what to do.

    >>> store = open_store("results")
    >>> store.manifest["tellings"], store.count("articles")
    ('0.1.0', 20)
    >>> open_store("nowhere")
    Traceback (most recent call last):
      ...
    analytics.errors.StoreError: nowhere holds no Tellings results (no manifest.json); make some with: tellings score \
INPUT --out nowhere
    """
    return Store(Path(folder))


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" for _ in values)
