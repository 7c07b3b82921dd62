"""Which column of a table holds which field: by common names, or as the user says."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import islice

from ..errors import InputError
from .records import printable

# Names as exports of Media Cloud, Factiva, LexisNexis, NewsAPI, news-please and own crawls use them;
# where a table has several of them, the first of the row counts.
COLUMN_NAMES: dict[str, tuple[str, ...]] = {
    "text": ("text", "content", "body", "article", "story", "full_text", "fulltext", "article_text", "maintext"),
    "title": ("title", "headline", "article_title"),
    "published": (
        *("date", "published", "publish_date", "pubdate", "published_at", "publication_date", "pub_date"),
        *("date_published", "date_publish", "published_date", "datetime", "timestamp"),
    ),
    "outlet": (
        *("outlet", "source", "publisher", "domain", "media_name", "source_name", "source_domain"),
        *("newspaper", "publication", "news_outlet"),
    ),
    "url": ("url", "link", "article_url"),
    "author": ("author", "byline", "authors"),
    "language": ("language", "lang"),
}
FIELDS = tuple(COLUMN_NAMES)
_SHOWN_COLUMNS, _SHOWN_CHARACTERS = 20, 40
_ALIASES = {"date": "published"}


def column_key(name: str) -> str:
    """A column name without what exports add to it: BOM, outer spaces, capitals, spaces and hyphens inside."""
    return re.sub(r"[\s\-]+", "_", name.strip("\ufeff \t\r\n").casefold())


def checked_overrides(columns: Mapping[str, str] | None) -> dict[str, str]:
    """Field → column name as the user gave them. Raises InputError for a field that does not exist."""
    overrides = {_ALIASES.get(name := column_key(given), name): column for given, column in (columns or {}).items()}
    for name in overrides:
        if name not in FIELDS:
            raise InputError(f"no field {name!r}{did_you_mean(name, FIELDS)}; the fields are: {', '.join(FIELDS)}")
    return overrides


def map_columns(names: Sequence[str], overrides: Mapping[str, str]) -> dict[str, str]:
    """Field → column, for the fields found. An override counts wherever the table has its column."""
    by_key = {column_key(name): name for name in reversed(names)}  # of two equal names the first counts
    mapping = {}
    for name, common in COLUMN_NAMES.items():
        given = find_column(names, overrides[name]) if name in overrides else None
        found = given or next((by_key[key] for key in common if key in by_key), None)
        if found is not None:
            mapping[name] = found
    return mapping


def find_column(names: Sequence[str], wanted: str) -> str | None:
    """The column of that name, exactly or but for case and spaces."""
    if wanted in names:
        return wanted
    return next((name for name in names if column_key(name) == column_key(wanted)), None)


def no_text_column(names: Sequence[str]) -> str:
    """Why a table without a text column was rejected, and what to do about it."""
    return f"no text column: found {listed(names) or 'no columns'}; name it with --column text=NAME"


def listed(names: Collection[str]) -> str:
    """Column names for a message: the first ones, cut to a length."""
    shown = [printable(name)[:_SHOWN_CHARACTERS] for name in islice(names, _SHOWN_COLUMNS)]
    return ", ".join([*shown, "…"] if len(names) > _SHOWN_COLUMNS else shown)


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """', did you mean "…"?' where a known name is close, otherwise nothing."""
    by_key = {column_key(each): each for each in known}
    close = difflib.get_close_matches(column_key(name), by_key, n=1)
    return f", did you mean {by_key[close[0]]!r}?" if close else ""
