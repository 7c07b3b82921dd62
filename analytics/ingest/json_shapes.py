"""What stands around and inside the records of JSON files: lists in wrappers, tables on their side, fields in boxes.

Services and tools put a list of articles into an object of their own (`{"articles": […]}`, Elastic's
`hits.hits`, pandas' tables by column), databases put a value into an object that names its type
(`{"$date": …}`), and some put an article's fields one level down (`fields`, `_source`, `meta`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from .columns import candidates, column_key
from .records import UnreadableError

# Keys under which services keep their list of articles, and the boxes in which that list may stand.
_LISTS = frozenset(
    "articles results data docs hits items news stories posts records documents entries rows content value "
    "response result feed channel payload output page pages @graph".split()
)
_DEEPEST_LIST = 4
_PEEKED = 20  # records of a list that say whether it is one of articles
# Boxes inside a record whose fields are the record's: the Guardian's, Elastic's, data sets' and JSON:API's.
_BOXES = ("_source", "fields", "attributes", "meta", "metadata", "article", "thread")
_BOXES_OF_ADDRESSES = ("html", "links")  # fundus', with the page itself; Aylien's
_TYPES = frozenset(("$date", "$oid", "$numberlong", "$numberint", "$numberdouble", "$numberdecimal"))
_LABEL_STUDIO = frozenset(("annotations", "predictions", "completions"))

Json = Mapping[str, Any]


def records_in(value: Json, *, alone: bool = True) -> Iterator[Json]:
    """The records that an object holds; itself, where it is one.

    An object that is not alone, but one of a list or of lines, is a wrapper only where services use its name for a
    list of articles: a record may well hold lists of its own.

    >>> list(records_in({"status": "ok", "articles": [{"title": "The dam", "content": "It may hold."}]}))
    [{'title': 'The dam', 'content': 'It may hold.'}]
    >>> list(records_in({"title": {"0": "The dam"}, "text": {"0": "It may hold."}}))
    [{'title': 'The dam', 'text': 'It may hold.'}]
    >>> list(records_in({"title": "The dam", "text": "It may hold."}))
    [{'title': 'The dam', 'text': 'It may hold.'}]
    """
    yield from _inside(value, alone) or (value,)


def unfolded(record: Json) -> dict[str, Any]:
    """A record whose fields all stand in it, without boxes, and without objects that name a value's type.

    Raises UnreadableError for a record that is no article, and why.

    >>> unfolded({"id": 1, "fields": {"bodyText": "It may hold."}, "date": {"$date": "2031-01-06"}})
    {'id': 1, 'date': '2031-01-06', 'bodyText': 'It may hold.'}
    """
    if isinstance(record.get("data"), Mapping) and record.keys() & _LABEL_STUDIO:
        raise UnreadableError("no article: a task of Label Studio, which holds labels")
    fields = dict(record)
    for name in _BOXES:
        box = fields.get(name)
        if isinstance(box, Mapping) and not _is_value(box):
            del fields[name]
            fields |= {key: each for key, each in box.items() if fields.get(key) in (None, "")}
    for name in _BOXES_OF_ADDRESSES:
        box = fields.get(name)
        if isinstance(box, Mapping):
            addresses = candidates(tuple(box), {}).get("url", ())
            fields |= {key: box[key] for key in addresses if fields.get(key) in (None, "")}
            crawled = box.get("source_info")
            if isinstance(crawled, Mapping) and "publisher" in crawled:
                fields.setdefault("publisher", crawled["publisher"])
    return _renamed({name: _untyped(value) for name, value in fields.items()})


def _is_value(box: Json) -> bool:
    """Whether an object is a field's value (a body of sections, a name) rather than a box of fields."""
    return bool({"sections", "paragraphs", "name"} & box.keys())


def _renamed(fields: dict[str, Any]) -> dict[str, Any]:
    """Newscatcher's second version calls the whole text a summary, beside an excerpt."""
    if {"clean_url", "summary", "excerpt"} <= fields.keys() and "text" not in candidates(tuple(fields), {}):
        fields["content"] = fields.pop("summary")
    return fields


def _untyped(value: Any) -> Any:
    """What an object such as MongoDB's {"$date": {"$numberLong": "…"}} stands for."""
    for _ in range(3):
        if not isinstance(value, Mapping) or len(value) != 1:
            return value
        name, inner = next(iter(value.items()))
        if name.lower() not in _TYPES:
            return value
        value = inner
    return value


def _inside(value: Json, alone: bool) -> Sequence[Json] | None:
    if (found := _wrapped(value, alone)) is not None or not alone:
        return found
    return _split_table(value) or _by_column(value) or _by_row(value)


# ---- lists in wrappers -------------------------------------------------


def _wrapped(value: Json, alone: bool) -> Sequence[Json] | None:
    """The articles of a wrapper, in whatever box and list they stand; without any, its longest list."""
    if value.keys() & _LABEL_STUDIO:
        return None
    lists = list(_lists(value, alone and not _fields(value)))
    if articles := [each for each in lists if any(map(_is_article, each[:_PEEKED]))]:
        return list(chain.from_iterable(articles))
    listed = [each for each in lists if any(map(_is_listed, each[:_PEEKED]))]
    return None if _is_article(value) else max(listed, key=len, default=None)


def _lists(value: Json, any_name: bool, depth: int = 0) -> Iterator[list[Json]]:
    columns = candidates(tuple(value), {})
    pieces = columns.get("text", ()) if {"title", "url"} & columns.keys() else ()  # a list of them is one text
    for name, inner in value.items():
        known = name.lower() in _LISTS
        if not (known or any_name):
            continue
        if name in pieces:
            continue
        if isinstance(inner, Mapping):
            if known and _is_article(inner):
                yield [inner]
            elif depth < _DEEPEST_LIST:
                yield from _lists(inner, any_name, depth + 1)
        elif isinstance(inner, list) and inner and all(isinstance(each, Mapping) for each in inner):
            yield inner


def _is_article(value: Json) -> bool:
    """Whether an object has a text, and something that says of which article."""
    fields = _fields(value)
    return "text" in fields and _is_prose(fields["text"])


def _is_prose(value: Any) -> bool:
    """Whether a value may be a text: words, a list of paragraphs, a body of sections."""
    if isinstance(value, list):
        return bool(value) and not any(isinstance(each, Mapping) and len(each) > 2 for each in value)
    return isinstance(value, str) or (isinstance(value, Mapping) and (_is_value(value) or "rendered" in value))


def _is_listed(value: Json) -> bool:
    """Whether an object is what lists of articles without their texts hold."""
    fields = _fields(value)
    return "title" in fields and bool({"url", "published"} & fields.keys())


def _fields(value: Json) -> dict[str, Any]:
    """Field → value of an object, for those fields that hold something."""
    try:
        record = unfolded(value)
    except UnreadableError:
        return {}
    found: dict[str, Any] = {}
    for field, names in candidates(tuple(record), {}).items():
        values = [record[name] for name in names if record[name] not in (None, "", [], {})]
        found |= {field: values[0]} if values else {}
    return found


# ---- tables as pandas writes them -------------------------------------


def _split_table(value: Json) -> Sequence[Json] | None:
    """{"columns": ["title", "text"], "data": [["…", "…"], …]}."""
    columns, rows = value.get("columns"), value.get("data")
    if not (isinstance(columns, list) and isinstance(rows, list) and rows):
        return None
    if not all(isinstance(row, list) and len(row) == len(columns) for row in rows):
        return None
    return [dict(zip(map(str, columns), row, strict=True)) for row in rows]


def _by_column(value: Json) -> Sequence[Json] | None:
    """{"title": {"0": "…", "1": "…"}, "text": {…}} and {"title": ["…", "…"], "text": […]}."""
    columns = candidates(tuple(value), {})
    fields = {field: value[names[0]] for field, names in columns.items()}
    text = fields.get("text")
    if isinstance(text, Mapping) and text and len(value) > 1:
        alike = all(isinstance(each, Mapping) and each.keys() == text.keys() for each in value.values())
        if alike and any(map(_is_prose, text.values())):
            return [{name: column[row] for name, column in value.items()} for row in text]
        return None
    singles = [fields[field] for field in ("title", "published", "url", "outlet") if field in fields]
    if not (isinstance(text, list) and singles and all(isinstance(each, list) for each in singles)):
        return None
    if any(len(each) != len(text) for each in singles) or not any(isinstance(each, str) for each in text):
        return None
    whole = {name: column for name, column in value.items() if isinstance(column, list) and len(column) == len(text)}
    return [dict(zip(whole, row, strict=True)) for row in zip(*whole.values(), strict=True)]


def _by_row(value: Json) -> Sequence[Json] | None:
    """{"0": {"title": "…", "text": "…"}, "1": {…}}: articles under their numbers or ids."""
    rows = list(value.values())
    if not rows or not all(isinstance(row, Mapping) for row in rows) or candidates(tuple(value), {}):
        return None
    if any(column_key(name) in _LISTS or name in _BOXES for name in value):
        return None
    return rows if all(map(_is_article, rows[:_PEEKED])) else None
