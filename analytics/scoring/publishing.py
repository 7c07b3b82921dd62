"""Publishes a run: joins its parts to tables and puts all of them in the place of an earlier result in one step.

The tables are written in a folder of their own. Only when it is complete the manifest, which names it, replaces the
manifest of before, so a full disk or a crash leaves either the earlier result or the new one, and nothing between.
Whoever still reads the earlier tables keeps them: they are removed by the first run that finds them unread.
"""

from __future__ import annotations

import errno
import json
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from ..errors import StoreError
from ..knowledge.aliases import ActorBook
from ..results.actor_merging import merge_actors
from ..results.locking import removable
from ..results.manifest import LAYOUT, MANIFEST, TABLES_FOLDER, read_manifest
from ..results.opening import described, tables_of
from ..results.parquet_files import literal, scan
from ..results.schemas import ACTOR_COLUMNS, ROWS_ABOUT, STORY_TABLES, TABLES, columns
from ..results.score_sums import keep_scales, summed
from .parts import NAMES, PART_TABLES, STAGING, part_file
from .story_tables import tell_stories

# One order for every run, and an article's rows beside each other, so that reading one is quick.
_ORDER = {
    "articles": "published NULLS LAST, article_id",
    "texts": "article_id",
    "sentences": "article_id, sentence_id",
    "mentions": "article_id, mention_id",
    "attributions": "article_id, attribution_id",
    "cues": 'article_id, start, "end", cue_type',
    "stances": 'article_id, start, "end", holder_id, target, expression, method',
    "frames": "article_id, frame",
    "rejected": "source_file, source_row NULLS FIRST, reason",
}


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Turn "disk full" and "not permitted" into errors that say what to do."""
    try:
        yield
    except (OSError, duckdb.IOException) as error:
        full = getattr(error, "errno", None) == errno.ENOSPC or "No space left" in str(error)
        if full:
            raise StoreError(
                f"the disk of {folder} is full; earlier results there are untouched; "
                "free some space, then go on with --resume"
            ) from error
        if isinstance(error, PermissionError):
            raise StoreError(f"{folder} cannot be written; choose another folder with --out") from error
        raise


def publish(
    folder: Path,
    keys: list[str],
    manifest: dict[str, Any],
    *,
    book: ActorBook,
    scales: Mapping[str, float],
    jobs: int = 1,
) -> None:
    """Join the parts `keys` into final tables and put them in place of any earlier result.

    `scales` gives each score's factor: where two article-level actors turn out to be one, their
    scores of an article are added up and value = scale × numerator / denominator anew. Added to the manifest are the
    tables' folder, row counts and files, and how many mentions of hidden actors were left out. `jobs` is the number of
    processes that pair the quotations of stories.

    Raises StoreError where a part is missing.
    """
    staging = folder / STAGING
    new = staging / "new"
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    connection = duckdb.connect()
    try:
        connection.execute("SET memory_limit='800MB'; SET preserve_insertion_order=true; SET TimeZone='UTC'")
        connection.execute(f"SET threads=2; SET temp_directory={literal(staging / 'spill')}")
        for name in [*PART_TABLES, NAMES]:
            connection.execute(f"CREATE VIEW part_{name} AS SELECT * FROM {scan(_parts(staging, name, keys))}")
        keep_scales(connection, scales)
        _renames(connection, book)
        for name in PART_TABLES:
            _copy(connection, _final(name), new / f"{name}.parquet")
        _copy(connection, "SELECT * FROM actors ORDER BY n_mentions DESC, actor_id", new / "actors.parquet")
        for name, table in tell_stories(new, earlier=_earlier_stories(folder, manifest), jobs=jobs).items():
            table.to_parquet(new / f"{name}.parquet", index=False, compression="zstd")
        counts = {name: _count(connection, f"SELECT count(*) FROM {scan(new / f'{name}.parquet')}") for name in TABLES}
        if book.hidden:
            manifest["hidden"] = _hidden_mentions(connection)
    finally:
        connection.close()
    files = {name: described(new / f"{name}.parquet") for name in TABLES}
    _put_in_place(folder, new, {**manifest, "layout": LAYOUT, "counts": counts, "files": files})


def _put_in_place(folder: Path, new: Path, manifest: dict[str, Any]) -> None:
    """Make `new` the folder's tables. The step that counts is the last renaming; all else may be cut short anywhere."""
    tables = f"tables-{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}"
    written = new.parent / MANIFEST
    written.write_text(json.dumps({**manifest, "tables": tables}, indent=2, ensure_ascii=False), encoding="utf-8")
    for file in [*(new / f"{name}.parquet" for name in TABLES), written, new]:
        _sync(file)
    os.rename(new, folder / tables)
    _sync(folder)
    os.replace(written, folder / MANIFEST)
    _sync(folder)
    _remove_unread(folder, tables)
    shutil.rmtree(folder / STAGING, ignore_errors=True)


def _remove_unread(folder: Path, current: str) -> None:
    """Remove tables of earlier runs that nobody reads."""
    for tables in list(folder.iterdir()):
        if tables.name != current and TABLES_FOLDER.fullmatch(tables.name) and tables.is_dir():
            with removable(tables) as free:
                if free:
                    shutil.rmtree(tables, ignore_errors=True)
    beside = [folder / f"{name}.parquet" for name in TABLES]  # as versions of before had them
    if all(file.is_file() for file in beside if file.stem not in STORY_TABLES):  # else they are somebody else's
        with removable(folder) as free:
            for file in beside if free else ():
                with suppress(OSError):
                    file.unlink(missing_ok=True)


def _earlier_stories(folder: Path, manifest: Mapping[str, Any]) -> dict[str, str]:
    """How the folder's earlier result grouped its articles, where the same version made it: those stories stay."""
    try:
        before = read_manifest(folder)
        if any(before.get(key) != manifest.get(key) for key in ("tellings", "versions")):
            return {}
        with (tables_of(folder, before) / "articles.parquet").open("rb") as file:
            rows = pd.read_parquet(file, columns=["article_id", "story_id"]).dropna()
    except Exception:  # there is none, or it is damaged: the new result does not depend on it
        return {}
    return dict(zip(rows["article_id"], rows["story_id"], strict=True))


def _parts(staging: Path, name: str, keys: list[str]) -> list[Path]:
    files = [part_file(staging, name, key) for key in keys]
    if missing := [file for file in files if not file.is_file()]:
        raise StoreError(
            f"{len(missing)} of {len(files)} parts of the run are missing ({name}/{missing[0].name}): somebody removed "
            f"them from {staging}; earlier results are untouched; go on with --resume"
        )
    return files


def _renames(connection: duckdb.DuckDBPyConnection, book: ActorBook) -> None:
    """Make the tables `renamed` (article-level → corpus-level actor ids) and `actors`."""
    names = connection.execute(
        "SELECT actor_id, name, kind, text, CAST(sum(CAST(n_mentions AS BIGINT)) AS BIGINT) AS n_mentions, "
        "count(DISTINCT article_id) AS n_articles FROM part_names GROUP BY ALL ORDER BY ALL"
    ).df()
    renamed, actors = merge_actors(names, book)
    pairs = pd.DataFrame({"old": list(renamed), "new": list(renamed.values())}, dtype="str")
    connection.register("renamed_frame", pairs)
    connection.execute("CREATE TABLE renamed AS SELECT * FROM renamed_frame")
    hidden = pd.DataFrame({"actor_id": sorted(book.hidden)}, dtype="str")
    connection.register("hidden_frame", hidden)
    connection.execute("CREATE TABLE hidden AS SELECT * FROM hidden_frame")
    connection.register("actors_frame", actors)
    connection.execute(
        "CREATE TABLE actors AS SELECT a.actor_id, a.name, a.kind, a.aliases, "
        "CAST(coalesce(m.n_mentions, 0) AS BIGINT) AS n_mentions, "
        "CAST(coalesce(m.n_articles, 0) AS BIGINT) AS n_articles FROM actors_frame a LEFT JOIN "
        "(SELECT coalesce(r.new, m.actor_id) AS actor_id, count(*) AS n_mentions, "
        "count(DISTINCT article_id) AS n_articles FROM part_mentions m LEFT JOIN renamed r ON m.actor_id = r.old "
        "GROUP BY 1) m USING (actor_id)"
    )


def _final(name: str) -> str:
    """The query that makes a final table of its parts, with corpus-level actor ids."""
    if name == "scores":
        scores = summed("part_scores", renamed="renamed", where=_shown("coalesce(m.new, s.actor_id)"))
        return f"{scores} ORDER BY score, article_id, actor_id, voice"
    actors = {c: f"coalesce(r_{c}.new, t.{c})" for c in ACTOR_COLUMNS.get(name, ())}
    shown = {c: f"CASE WHEN {_shown(actor)} THEN {actor} END AS {c}" for c, actor in actors.items()}
    chosen = ", ".join(shown.get(c, f't."{c}"') for c in columns(name))
    joins = " ".join(f"LEFT JOIN renamed r_{c} ON t.{c} = r_{c}.old" for c in actors)
    kept = " AND ".join(_shown(actors[c]) for c in ROWS_ABOUT.get(name, ())) or "true"
    return f"SELECT * FROM (SELECT {chosen} FROM part_{name} t {joins} WHERE {kept}) ORDER BY {_ORDER[name]}"


def _shown(actor: str) -> str:
    """The condition that an actor id, perhaps null, is none that the user left out."""
    return f"coalesce({actor}, '') NOT IN (SELECT actor_id FROM hidden)"


def _hidden_mentions(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """How many mentions of each hidden actor the articles hold."""
    query = (
        "SELECT h.actor_id, count(m.mention_id) FROM hidden h LEFT JOIN "
        "(SELECT coalesce(r.new, m.actor_id) AS actor_id, mention_id "
        "FROM part_mentions m LEFT JOIN renamed r ON m.actor_id = r.old) m USING (actor_id) "
        "GROUP BY 1 ORDER BY 1"
    )
    return {str(actor_id): int(n) for actor_id, n in connection.execute(query).fetchall()}


def _copy(connection: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
    connection.execute(f"COPY ({query}) TO {literal(path)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 100000)")


def _count(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0


def _sync(path: Path) -> None:
    """Have a file, or a folder's list of files, reach the disk."""
    windows = os.name == "nt"
    if windows and path.is_dir():  # a folder cannot be opened there
        return
    descriptor = os.open(path, os.O_RDWR if windows else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
