"""Exports of ProQuest as text: between lines of underscores, each field behind its label, the text behind Full text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .lexis import CUT_OFF
from .records import ExportedArticle

_RULE = re.compile(r"^[ \t]*_{20,}[ \t]*$", re.M)
_NUMBER = re.compile(r"^[ \t]*Document \d+ of \d+[ \t]*$", re.M)
_OWN = re.compile(
    r"^(?:ProQuest document (?:ID|link)\b|Report Information from ProQuest|Full text from ProQuest)", re.M
)
_LABELS = (
    *("Abstract", "Links", "Full text", "Subject", "Location", "People", "Company / organization", "Company"),
    *("Business indexing term", "Identifier / keyword", "Classification", "Title", "Publication title", "Pages"),
    *("Publication year", "Publication date", "Year", "Section", "Publisher", "Place of publication", "Credit"),
    *("Country of publication", "Publication subject", "ISSN", "e-ISSN", "Source type", "Language of publication"),
    *("Language", "Document type", "Document feature", "ProQuest document ID", "ProQuest document link"),
    *("Document URL", "Copyright", "Last updated", "Database", "Author", "Publication info", "Dateline", "Word count"),
    *("First page", "Volume", "Issue", "Number of pages", "Illustration", "Column", "Correspondence author"),
)
_LABEL = re.compile(rf"({'|'.join(sorted(_LABELS, key=len, reverse=True))}):[ \t]*(.*)")
_BELOW = frozenset(_LABELS) - {"Abstract", "Links", "Full text", "Author", "Publication info"}
_FEWEST_LABELS = 3
_INFO = re.compile(r"(?P<outlet>[^;.\[]+?)\s*(?:[;,\[].*?)?[.\]]\s*(?P<date>\d{1,2} [A-Z][a-z]{2,8} \d{4})\b")
_FIELDS = {"Title": "title", "Author": "author", "Publication title": "outlet", "Publication date": "published"}
_FIELDS |= {"Language of publication": "language", "Document URL": "url"}


def is_export(sample: str) -> bool:
    """Whether a text is laid out as these exports are."""
    labels = {m[1] for line in sample.split("\n") if (m := _LABEL.match(line.strip()))}
    if _OWN.search(sample):
        return bool(_RULE.search(sample)) or len(labels) >= _FEWEST_LABELS
    return {"Full text", "Publication title"} <= labels and len(labels) > _FEWEST_LABELS


def articles(text: str) -> Iterator[ExportedArticle]:
    """The articles of an export, in order; one whose text cannot be told has none."""
    pieces = [piece for rule in _RULE.split(text) for piece in _NUMBER.split(rule)]
    pieces = [piece for piece in pieces if len(set(_labels(piece))) >= _FEWEST_LABELS]
    ended = ["ProQuest document ID" in _labels(piece) for piece in pieces]
    for number, piece in enumerate(pieces):
        cut_off = number == len(pieces) - 1 and not ended[number] and any(ended)
        yield _article(piece)._replace(flags=(CUT_OFF,) if cut_off else ())


def _labels(piece: str) -> list[str]:
    return [m[1] for line in piece.split("\n") if (m := _LABEL.match(line.strip()))]


def _article(piece: str) -> ExportedArticle:
    values: dict[str, list[str]] = {}
    label, first = "", ""
    for line in map(str.strip, piece.split("\n")):
        match = _LABEL.match(line)
        if match and (label != "Full text" or match[1] in _BELOW):
            label = match[1]
            values.setdefault(label, []).append(match[2])
        elif label:
            values[label].append(line)
        else:
            first = first or line
    fields = {name: " ".join(" ".join(values.get(key, ())).split()) for key, name in _FIELDS.items()}
    fields["title"] = fields["title"] or first
    fields["outlet"] = fields["outlet"].partition(";")[0].strip()
    info = _INFO.match(" ".join(" ".join(values.get("Publication info", ())).split()))
    if info:
        fields["outlet"] = fields["outlet"] or info["outlet"].strip()
        fields["published"] = fields["published"] or info["date"]
    fields["text"] = "\n".join(values.get("Full text", ())).strip()
    return ExportedArticle({name: value for name, value in fields.items() if value}, piece)
