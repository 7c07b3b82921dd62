"""Exports of LexisNexis (to 2019) and Nexis Uni as text.

The older layout begins an article with "3 of 120 DOCUMENTS", then come outlet, date and headline, centred, and lines
such as BYLINE: and LENGTH:. The newer one gives headline, outlet and date, then such lines, a line "Body", the text,
"Classification" or "Load-Date:", and ends with "End of Document".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .dates import read_date
from .records import ExportedArticle

CUT_OFF = "perhaps cut off: the export ends within this article"

_BEGIN = re.compile(r"^[ \t]*(?:document )?\d+ (?:of|von|de) \d+(?: documents?| dokumente?)[ \t]*$", re.I | re.M)
_BEGIN_NUMBERED = re.compile(r"^[ \t]*(?:document|dokument) \d+ (?:of|von) \d+[ \t]*$", re.I | re.M)
_END = re.compile(r"^[ \t]*End of Document[ \t]*$", re.M)
_LENGTH = re.compile(r"^[ \t]*(?:LENGTH|Length):\s*[\d,.]+ words", re.M)
_OTHERS = re.compile(
    r"^[ \t]*(?:LOAD-DATE:|Load-Date:|PUBLICATION-TYPE:|Publication-Type:|BYLINE:|Byline:|SECTION:|Section:|BODY:|"
    r"LANGUAGE:|Body[ \t]*$|Copyright \d{4})",
    re.M,
)
_LABEL = re.compile(
    r"\s*(byline|section|length|dateline|highlight|headline|series|source|body|author|edition)\s*(?::\s*(.*)|$)", re.I
)
_AFTER = re.compile(
    r"(?:LOAD-DATE|Load-Date|LANGUAGE|Language|PUBLICATION-TYPE|Publication-Type|PUB-TYPE|JOURNAL-CODE|JOURNAL|SUBJECT|"
    r"COMPANY|ORGANIZATION|TICKER|INDUSTRY|PERSON|CITY|STATE|COUNTRY|GEOGRAPHIC|GRAPHICS?|CORRECTION(?:-DATE)?|NOTES|"
    r"TYPE|DOCUMENT-TYPE|URL|DISTRIBUTION|UPDATE|CATEGORY|ACC-NO|NAME):"
    r"|(?:Classification|Graphic|Load-Date)$|Copyright (?:\(c\) |© )?\d{4}\b|All Rights Reserved",
)
_RIGHTS = re.compile(r"copyright\b|all rights reserved|\(c\) \d{4}|©", re.I)
_FURNITURE = re.compile(
    r"[ \t]*(?:Page \d+ of \d+|Link to (?:PDF|Image)|Return to List|Bookmark_\d+|\* ?\* ?\*)[ \t]*", re.I
)


def is_export(sample: str) -> bool:
    """Whether a text is laid out as these exports are."""
    if _END.search(sample) or _BEGIN.search(sample) or _BEGIN_NUMBERED.search(sample):
        return bool(_LENGTH.search(sample) or _OTHERS.search(sample))
    return bool(_LENGTH.search(sample)) and len({m[0].strip().lower() for m in _OTHERS.finditer(sample)}) >= 2


def articles(text: str) -> Iterator[ExportedArticle]:
    """The articles of an export, in order; one whose text cannot be told has none."""
    if _END.search(text):
        *whole, rest = _END.split(text)
        yield from (_article(piece) for piece in whole)
        if _LENGTH.search(rest) or re.search(r"^[ \t]*Body[ \t]*$", rest, re.M):
            yield _article(rest)._replace(flags=(CUT_OFF,))
        return
    begin = next((each for each in (_BEGIN, _BEGIN_NUMBERED) if each.search(text)), None)
    pieces = begin.split(text)[1:] if begin else [text]
    ended = [bool(re.search(r"^[ \t]*(?:LOAD-DATE|LANGUAGE):", piece, re.M)) for piece in pieces]
    for piece, whole_piece in zip(pieces, ended, strict=True):
        cut_off = piece is pieces[-1] and not whole_piece and any(ended)
        yield _article(piece)._replace(flags=(CUT_OFF,) if cut_off else ())


def _article(piece: str) -> ExportedArticle:
    lines = [line.strip() for line in piece.split("\n") if not _FURNITURE.fullmatch(line)]
    labels = [number for number, line in enumerate(lines) if _LABEL.fullmatch(line)]
    if not labels:
        return ExportedArticle({}, piece)
    first = next((number for number in labels if not _is_name(lines, number)), labels[0])
    fields = _head(lines[:first])
    at = _read_labels(lines, first, fields)
    end = next((n for n in range(at, len(lines)) if _starts_block(lines, n) and _AFTER.match(lines[n])), len(lines))
    fields["text"] = "\n".join([fields.pop("begun", ""), *lines[at:end]]).strip()
    for line in lines[end:]:
        if found := re.fullmatch(r"language: *(.+)", line, re.I):
            fields.setdefault("language", found[1])
    return ExportedArticle({name: value for name, value in fields.items() if value}, piece)


def _is_name(lines: Sequence[str], number: int) -> bool:
    """Whether what looks like a label is a line of the head: a headline such as "Series" without a colon."""
    return ":" not in lines[number] and lines[number].lower() != "body"


def _starts_block(lines: Sequence[str], number: int) -> bool:
    return number == 0 or not lines[number - 1] or bool(_AFTER.match(lines[number - 1]))


def _head(lines: Sequence[str]) -> dict[str, str]:
    """Outlet, date and headline: in this order in the older layout, the headline first in the newer."""
    blocks = _blocks([line for line in lines if not _RIGHTS.match(line)])
    flat = [(number, line) for number, block in enumerate(blocks) for line in block]
    dated = [at for at, (_, line) in enumerate(flat) if read_date(line).published is not None]
    if not dated:
        head = {"outlet": blocks[0][0]} if blocks else {}
        return head | ({"title": " ".join(blocks[-1])} if len(blocks) > 1 else {})
    # In the newer layout a list of all articles may stand above the first: the date is the last one.
    at = dated[0]
    later = [block for block in blocks[flat[at][0] + 1 :] if not _is_edition(block)]
    if later and len(dated) == 1 and at > 0:
        return {
            "outlet": " ".join(line for _, line in flat[:at]),
            "published": flat[at][1],
            "title": " ".join(later[0]),
        }
    if later and at == 0:
        return {"published": flat[at][1], "title": " ".join(later[0])}
    at = dated[-1]
    found = {"published": flat[at][1]}
    if at > 0:
        found["outlet"] = flat[at - 1][1]
    if at > 1:
        block = flat[at - 2][0]
        found["title"] = " ".join(line for number, line in flat[: at - 1] if number == block)
    return found


def _is_edition(block: Sequence[str]) -> bool:
    return bool(re.search(r"\bedition\b|^correction appended", " ".join(block), re.I)) and len(" ".join(block)) < 80


def _read_labels(lines: Sequence[str], at: int, fields: dict[str, str]) -> int:
    """Read the labelled lines above a text; where the text begins."""
    while at < len(lines):
        if not lines[at] or _RIGHTS.match(lines[at]):
            at += 1
            continue
        label = _LABEL.fullmatch(lines[at])
        if label is None:
            return at
        name, value = label[1].lower(), label[2] or ""
        at += 1
        if name == "body":
            fields["begun"] = value  # the text may begin behind the label
            return at
        while at < len(lines) and lines[at] and not _LABEL.fullmatch(lines[at]):  # it goes on in the next line
            value, at = f"{value} {lines[at]}".strip(), at + 1
        if name in ("byline", "author"):
            fields["author"] = re.sub(r"^by:? +", "", value, flags=re.I)
        elif name == "headline":
            fields["title"] = value
    return at


def _blocks(lines: Sequence[str]) -> list[list[str]]:
    """Lines that stand together, without blank ones."""
    blocks: list[list[str]] = [[]]
    for line in lines:
        if line:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]
