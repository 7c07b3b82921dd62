"""Odd exports of archives and services: whole ones with odd texts in them, cut ones, and lists in wrappers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Any

from .inputs import OddInput, written

_N = 4  # articles of an export
_RULE = "_" * 60

# Texts that hold what the layouts are told by.
_ODD_TEXTS = (
    "He counted 3 of 120 documents and left.",
    "LENGTH is no word for it, said Ada Brandt: the wall is long.",
    "IN the valley below, HD and SN are the names of two firms.",
    "Title: that is what the mayor wanted. Subject: nobody asked.",
    "The wall\n\nBody of water\n\nThe end of the document was lost.",
    "“Load-Date” is what the sheet said; Copyright law says otherwise.",
    "The council of Halsmer met at the harbour and heard what the engineers had to say of it. " * 300,
    "café, naïve, Łódź, 北京 and 🙂.",
)


def odd_exports(random: Random, texts: Sequence[str]) -> Iterator[OddInput]:
    """Exports of archives, and of services in their wrappers."""
    for layout, article in EXPORT_LAYOUTS.items():
        bodies = [random.choice(texts) for _ in range(_N)]
        yield _export(f"{layout}, whole", layout, bodies)
        yield _export(f"{layout}, one article", layout, bodies[:1])
        yield _export(f"{layout}, lines end as on Windows", layout, bodies, line_end="\r\n")
        for odd in _ODD_TEXTS:
            yield _export(f"{layout}, with: {odd[:40]}", layout, [bodies[0], odd, bodies[1]])
        whole = document_of(layout, bodies)
        for _ in range(4):
            end = random.randrange(len(whole) // 4, len(whole))
            yield OddInput(
                kind="exports", what=f"{layout}, cut at {end:,}", name="export.txt", write=written(whole[:end])
            )
        yield OddInput(
            kind="exports",
            what=f"{layout}, with bytes of no encoding",
            name="export.txt",
            write=written(whole.encode() + b"\n\xff\xfe\xff " + article(0, "x").encode()),
        )
    yield from _wrapped(random, texts)


def _export(what: str, layout: str, bodies: Sequence[str], *, line_end: str = "\n") -> OddInput:
    return OddInput(
        kind="exports",
        what=what,
        name="export.txt",
        write=written(document_of(layout, bodies).replace("\n", line_end)),
        records=len(bodies),
        articles=len(bodies),
    )


def document_of(layout: str, bodies: Sequence[str]) -> str:
    """An export in this layout with these texts."""
    parts = (EXPORT_LAYOUTS[layout](number, body) for number, body in enumerate(bodies, start=1))
    return "".join(parts).replace(" of N ", f" of {len(bodies)} ")


def _lexis(number: int, body: str) -> str:
    return (
        f"{number} of N DOCUMENTS\n\n\n                 HALSMER POST\n\n             January {number}, 2031 Monday\n\n"
        f"The wall, part {number}\n\nBYLINE: By Ada Brandt\n\nLENGTH: 98 words\n\n{body}\n\n"
        f"LOAD-DATE: January {number}, 2031\n\nLANGUAGE: ENGLISH\n\n\n"
    )


def _nexis(number: int, body: str) -> str:
    return (
        f"The wall, part {number}\nHalsmer Post\nJanuary {number}, 2031 Monday\n\nCopyright 2031 Halsmer Post\n\n"
        f"Section: NEWS\nLength: 98 words\nByline: Ada Brandt\nBody\n\n{body}\n\n"
        f"Classification\n\nLanguage: ENGLISH\nLoad-Date: January {number}, 2031\n\n\nEnd of Document\n\n"
    )


def _factiva_codes(number: int, body: str) -> str:
    return (
        f"HD\nThe wall, part {number}\nBY\nAda Brandt\nWC\n98 words\nPD\n{number} January 2031\nSN\nHalsmer Post\n"
        f"LA\nEnglish\nLP\n{body}\nAN\nDocument HALSPO002031010{number}en330001x\n\n"
    )


def _factiva(number: int, body: str) -> str:
    return (
        f"The wall, part {number}\nBy Ada Brandt\n98 words\n{number} January 2031\nHalsmer Post\nHALSPO\nEnglish\n"
        f"(c) 2031 Halsmer Post\n\n{body}\n\nDocument HALSPO002031010{number}en330001x\n\n"
    )


def _proquest(number: int, body: str) -> str:
    return (
        f"{_RULE}\n\nDocument {number} of N \n\nThe wall, part {number}\n\nFull text: {body}\n\n"
        f"Publication title: Halsmer Post\n\nPublication date: Jan {number}, 2031\n\n"
        f"ProQuest document ID: {number}\n\n"
    )


EXPORT_LAYOUTS: dict[str, Callable[[int, str], str]] = {
    "LexisNexis": _lexis,
    "Nexis Uni": _nexis,
    "Factiva with codes": _factiva_codes,
    "Factiva": _factiva,
    "ProQuest": _proquest,
}


# ---- lists in wrappers -------------------------------------------------


def _wrapped(random: Random, texts: Sequence[str]) -> Iterator[OddInput]:
    odd: list[Any] = ["<p>The wall.</p><script>", "[Removed]", "null", None, 5, [], {}]
    for text in (random.choice(texts), *_ODD_TEXTS, *odd):
        records = [{"title": f"Part {n}", "text": text, "url": f"https://halsmer.example/{n}"} for n in range(3)]
        records.append({"title": "Last", "text": random.choice(texts), "url": "x"})
        for shape, value in _wrappers(records).items():
            yield OddInput(
                kind="wrapped lists",
                what=f"{shape}: {str(text)[:40]!r}",
                name="export.json",
                write=written(json.dumps(value)),
                records=len(records),
            )


def _wrappers(records: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "articles": {"status": "ok", "articles": records},
        "results in a response": {"response": {"total": 4, "results": records}},
        "Elastic": {"hits": {"hits": [{"_id": n, "_source": record} for n, record in enumerate(records)]}},
        "pandas, split": {"columns": list(records[0]), "data": [list(record.values()) for record in records]},
    }
