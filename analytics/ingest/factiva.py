"""Exports of Factiva as text, with codes before the fields (HD, PD, SN, LP, TD …) or without them.

Either way an article ends with a line "Document" and the article's number in the archive.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .dates import read_date
from .lexis import CUT_OFF
from .records import ExportedArticle

_CODES = "SE HD CR BY WC PD ET SN SC ED PG VOL LA CY LP TD ART RF CT CO IN NS RE IPC IPD PUB AN CLM DLN NT".split()
_ALONE = re.compile(rf"({'|'.join(_CODES)})[ \t]*$")
_SPACED = re.compile(rf"({'|'.join(_CODES)})(?:[ \t]+(\S.*)|[ \t]*$)")
_WIDE = re.compile(rf"({'|'.join(_CODES)})(?:(?:\t| {{2,}})[ \t]*(\S.*)|[ \t]*$)")
_CORE = frozenset(("HD", "WC", "PD", "SN", "LA", "LP", "TD", "AN"))
_FEWEST_CODES = 4
_DOCUMENT = re.compile(r"^[ \t]*(?:Document|Dokument|Documento) [A-Z][A-Z0-9]{2,9}[0-9a-z]{12,24}[ \t]*$", re.M)
_WORDS = re.compile(r"^[ \t]*[\d,.]+ (?:words|Wörter|mots|palabras)[ \t]*$", re.M)
_TIME = re.compile(r"\d{1,2}:\d{2}(?:\s*[ap]\.?m\.?)?(?:\s*[A-Z]{2,4})?", re.I)
_RIGHTS = re.compile(r"copyright\b|\(c\)|©|all rights reserved", re.I)
_LANGUAGE = re.compile(r"(?:English|German|French|Spanish|Italian|Dutch|Portuguese|Swedish|Norwegian|Danish|Deutsch)")
_NAME = re.compile(r"(?:[A-Z][\w.’'-]*[a-z.][\w.’'-]*)(?: [A-Z][\w.’'-]*[a-z.][\w.’'-]*){1,3}")
_BY = re.compile(r"by:? \w", re.I)
_FEWEST_OF_HEADLINE = 4  # words; a section above a headline has fewer
_FIELDS = {"HD": "title", "BY": "author", "SN": "outlet", "LA": "language"}


def is_export(sample: str) -> bool:
    """Whether a text is laid out as these exports are."""
    if _DOCUMENT.search(sample) and _WORDS.search(sample):
        return True
    codes = {m[1] for line in sample.split("\n") if (m := _SPACED.match(line.rstrip()))}
    return len(codes & _CORE) >= _FEWEST_CODES and bool(codes & {"HD", "LP", "TD"})


def articles(text: str) -> Iterator[ExportedArticle]:
    """The articles of an export, in order; one whose text cannot be told has none."""
    lines = [line.strip() for line in text.split("\n")]
    codes = {m[1] for line in lines if (m := _SPACED.match(line))}
    coded = len(codes & _CORE) >= _FEWEST_CODES and bool(codes & {"HD", "LP", "TD"})
    yield from _coded(lines) if coded else _plain(text)


# ---- with codes --------------------------------------------------------


def _coded(lines: Sequence[str]) -> Iterator[ExportedArticle]:
    alone = any(line == "HD" for line in lines)
    found: dict[str, list[str]] = {}
    kept: list[str] = []
    code, numbered = "", False
    for line in lines:
        new = _code_of(line, alone, code in ("LP", "TD"))
        if new and (("AN" in found) or (new[0] == "HD" and "HD" in found)):
            yield _of_codes(found, kept, numbered)
            numbered = numbered or "AN" in found
            found, kept = {}, []
        if new:
            code = new[0]
            found[code] = [new[1]] if new[1] else []
        elif code and code in found:
            found[code].append(line)
        kept.append(line)
    if found:
        cut_off = numbered and "AN" not in found
        yield _of_codes(found, kept, numbered)._replace(flags=(CUT_OFF,) if cut_off else ())


def _code_of(line: str, alone: bool, in_text: bool) -> tuple[str, str] | None:
    """The code that a line begins with, and what stands behind it. In a text a word such as IN is no code."""
    match = (_ALONE if alone else _WIDE if in_text else _SPACED).match(line)
    return (match[1], "" if alone else match[2] or "") if match else None


def _of_codes(found: dict[str, list[str]], kept: Sequence[str], numbered: bool) -> ExportedArticle:
    fields = {name: " ".join(" ".join(found.get(code, ())).split()) for code, name in _FIELDS.items()}
    fields["published"] = " ".join([*found.get("PD", ()), *found.get("ET", ())]).strip()
    fields["author"] = _without_by(fields["author"])
    body = ["\n".join(found[code]).strip() for code in ("LP", "TD") if code in found]
    text = "\n\n".join(part for part in body if part)
    fields["text"] = _DOCUMENT.sub("", text).strip()
    return ExportedArticle({name: value for name, value in fields.items() if value}, "\n".join(kept))


# ---- without codes -----------------------------------------------------


def _plain(text: str) -> Iterator[ExportedArticle]:
    *whole, rest = _DOCUMENT.split(text)
    yield from (_of_lines(piece) for piece in whole)
    if _WORDS.search(rest):
        yield _of_lines(rest)._replace(flags=(CUT_OFF,))


def _of_lines(piece: str) -> ExportedArticle:
    lines = [line.strip() for line in piece.split("\n")]
    at = next((number for number, line in enumerate(lines) if _WORDS.fullmatch(line)), None)
    if at is None:
        return ExportedArticle({}, piece)
    above = [line for line in lines[:at] if line and not _RIGHTS.match(line)]
    fields: dict[str, str] = {}
    signed = next((number for number, line in enumerate(above) if number and _BY.match(line)), None)
    if signed is not None:  # below the name may stand what its bearer is
        fields["author"], above = _without_by(above[signed]), above[:signed]
    elif len(above) > 1 and _NAME.fullmatch(above[-1]) and len(above[-2].split()) >= _FEWEST_OF_HEADLINE:
        fields["author"] = above.pop()
    if above:
        fields["title"] = above[-1]
    begins = _about(lines, at + 1, fields)
    text = "\n".join(lines[begins:]).strip()
    before, _, last = text.rpartition("\n")
    if before and last and last.strip(" .") in " ".join(lines[at:begins]):  # the publisher, named above, too
        text = before.strip()
    fields["text"] = text
    return ExportedArticle({name: value for name, value in fields.items() if value}, piece)


def _about(lines: Sequence[str], at: int, fields: dict[str, str]) -> int:
    """Read date, time, outlet and language below the number of words; where the text begins."""
    begins = at
    while at < len(lines) and at < begins + 20:
        line = lines[at]
        at += 1
        if "published" not in fields and read_date(line).published is not None:
            fields["published"] = line
        elif "published" in fields and "outlet" not in fields and _TIME.fullmatch(line):
            fields["published"] += f" {line}"
        elif "published" in fields and "outlet" not in fields and line:
            fields["outlet"] = line
        elif _LANGUAGE.fullmatch(line):
            fields["language"], begins = line, at
        elif _RIGHTS.match(line) or (not line and ("language" in fields or ("outlet" in fields and at - begins > 3))):
            return at
    return begins if "language" in fields else at if at < len(lines) else begins


def _without_by(author: str) -> str:
    return re.sub(r"^by:? +", "", author, flags=re.I)
