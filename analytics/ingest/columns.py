"""Which column of a table holds which field: by common names, or as the user says."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import islice

from ..errors import InputError
from .records import printable

# Names as Media Cloud, archives, services such as NewsAPI, crawlers such as trafilatura, and own tables use them; where
# a record has several of them, the first of the row that holds something counts. Capitals, spaces and signs inside a
# name do not matter: "published_at" is also publishedAt and "Published At".
COLUMN_NAMES: dict[str, tuple[str, ...]] = {
    "text": (
        *("text", "body_text", "content", "body", "article", "story", "full_text", "article_text", "maintext"),
        *("article_body", "plaintext", "text_content", "content_text", "cleaned_text", "article_content"),
        *("full_content", "full_article", "news_content", "story_text", "post_content", "raw_text"),
        *("content_html", "body_html", "inhalt", "texte", "texto"),
    ),
    "title": (
        *("title", "headline", "article_title", "web_title", "news_title", "post_title", "title_page", "title_rss"),
        *("titel", "überschrift", "titre", "titulo", "título"),
    ),
    "published": (
        *("date", "published", "publish_date", "pubdate", "published_at", "publication_date"),
        *("date_published", "date_publish", "published_date", "datetime", "timestamp", "web_publication_date"),
        *("publishing_date", "publication_datetime", "date_time_pub", "publish_time", "published_time"),
        *("published_on", "first_published", "article_date", "news_date", "post_date", "issue_date", "seendate"),
        *("datum", "erscheinungsdatum", "fecha"),
    ),
    "outlet": (
        *("outlet", "source", "publisher", "domain", "media_name", "source_name", "source_domain"),
        *("newspaper", "publication", "news_outlet", "news_source", "media_outlet", "medium", "site_name"),
        *("source_hostname", "name_source", "publication_title", "publication_name", "publisher_name"),
        *("source_title", "newspaper_name", "meta_site_name", "provider", "hostname", "clean_url", "domain_url"),
        *("website", "site", "source_url", "zeitung", "quelle"),
    ),
    "url": (
        *("url", "link", "article_url", "web_url", "canonical_link", "canonical_url", "permalink", "news_url"),
        *("story_url", "page_url", "document_url", "responded_url", "requested_url", "main_entity_of_page"),
    ),
    "author": ("author", "byline", "authors", "creator", "creators", "author_name", "autor", "auteur"),
    "language": ("language", "lang", "language_code", "meta_lang"),
}
# Columns with a part of an article, by which a table without any other text is read, with a flag.
EXCERPTS = ("lead_paragraph",)
FIELDS = tuple(COLUMN_NAMES)
ADDRESSES_ONLY = "addresses without texts"  # what the reason says of a table that can be fetched
_SHOWN_COLUMNS, _SHOWN_CHARACTERS = 20, 40
_ALIASES = {"date": "published"}


def column_key(name: str) -> str:
    """What a column name is but for capitals and signs: "published_at", publishedAt, "Published At" are one."""
    return re.sub(r"[\s\-_.:]+", "", name.strip("\ufeff \t\r\n").casefold())


_KEYS = {field: tuple(column_key(name) for name in names) for field, names in COLUMN_NAMES.items()}


def checked_overrides(columns: Mapping[str, str] | None) -> dict[str, str]:
    """Field → column name as the user gave them. Raises InputError for a field that does not exist."""
    overrides = {_ALIASES.get(name := column_key(given), name): column for given, column in (columns or {}).items()}
    for name in overrides:
        if name not in FIELDS:
            raise InputError(f"no field {name!r}{did_you_mean(name, FIELDS)}; the fields are: {', '.join(FIELDS)}")
    return overrides


def map_columns(names: Sequence[str], overrides: Mapping[str, str]) -> dict[str, str]:
    """Field → column, for the fields found. An override counts wherever the table has its column."""
    return {field: columns[0] for field, columns in candidates(names, overrides).items()}


def candidates(names: Sequence[str], overrides: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Field → the columns that may hold it, in the order in which they are asked.

    >>> candidates(["text", "mainText", "source", "site-name"], {})
    {'text': ('text', 'mainText'), 'outlet': ('source', 'site-name')}
    """
    by_key = {column_key(name): name for name in reversed(names)}  # of two equal names the first counts
    found: dict[str, tuple[str, ...]] = {}
    for field, keys in _KEYS.items():
        given = find_column(names, overrides[field]) if field in overrides else None
        columns = (given,) if given is not None else tuple(by_key[key] for key in keys if key in by_key)
        if not columns and field == "text":
            columns = tuple(by_key[key] for key in map(column_key, EXCERPTS) if key in by_key)
            columns = columns if {"title", "headline"} & by_key.keys() else ()
        if columns:
            found[field] = columns
    return found


def find_column(names: Sequence[str], wanted: str) -> str | None:
    """The column of that name, exactly or but for case and spaces."""
    if wanted in names:
        return wanted
    return next((name for name in names if column_key(name) == column_key(wanted)), None)


def no_text_column(names: Sequence[str]) -> str:
    """Why a table without a text column was rejected, and what to do about it."""
    if _is_of_addresses(names):
        told = f"found {listed(names)}"
        return f"no text column: {_whose(names)} of {ADDRESSES_ONLY} ({told}); get them with: tellings fetch"
    return f"no text column: found {listed(names) or 'no columns'}; name it with --column text=NAME"


def _is_of_addresses(names: Sequence[str]) -> bool:
    """Whether a table is a list of articles' addresses, with a header or (GDELT's files of events) without."""
    return "url" in candidates(names, {}) or any(name.startswith(("http://", "https://")) for name in names)


def _whose(names: Sequence[str]) -> str:
    keys = {column_key(name) for name in names}
    return next((f"{whose} list" for whose, theirs in _LISTS_OF_ADDRESSES.items() if keys & theirs), "a list")


# Services that give addresses and no texts, by columns that only they have.
_LISTS_OF_ADDRESSES = {
    "Media Cloud's": frozenset(("mediaurl", "storiesid", "indexeddate", "mediaid")),
    "GDELT's": frozenset(("mobileurl", "urlmobile", "seendate", "sourceurl", "documentidentifier")),
}


def is_of_labels(names: Sequence[str]) -> bool:
    """Whether a table is one of labels on stretches of texts, as annotators export them, and not of articles."""
    keys = {column_key(name) for name in names}
    spans = any(keys >= {column_key(begin), column_key(end)} for begin, end in _SPANS)
    return spans and bool(keys & _LABELS) and not keys & _ABOUT_ARTICLES


_SPANS = (("start", "end"), ("begin", "end"), ("start_offset", "end_offset"), ("start_char", "end_char"))
_LABELS = frozenset(("label", "labels", "tag", "category", "code", "entity", "annotation"))
_ABOUT_ARTICLES = frozenset((*_KEYS["title"], *_KEYS["url"], *_KEYS["published"]))


def listed(names: Collection[str]) -> str:
    """Column names for a message: the first ones, cut to a length."""
    shown = [printable(name)[:_SHOWN_CHARACTERS] for name in islice(names, _SHOWN_COLUMNS)]
    return ", ".join([*shown, "…"] if len(names) > _SHOWN_COLUMNS else shown)


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """', did you mean "…"?' where a known name is close, otherwise nothing."""
    by_key = {column_key(each): each for each in known}
    close = difflib.get_close_matches(column_key(name), by_key, n=1)
    return f", did you mean {by_key[close[0]]!r}?" if close else ""
