"""Odd delimited tables: encodings × delimiters × defects, and the size and the strings that cells may have."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from random import Random

from .inputs import OddInput, written

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252")
DELIMITERS = (",", ";", "\t", "|")
_MEGABYTE = 1_000_000

Rows = list[str]  # lines of a table, the header first, without their ends
Defect = Callable[[Rows, str], tuple[str, int | None, int | None]]  # the file's text, its records, its articles


def odd_tables(random: Random, texts: Sequence[str]) -> Iterator[OddInput]:
    """Every defect under every delimiter, each in two encodings that are drawn."""
    for what, defect in _DEFECTS.items():
        for delimiter in DELIMITERS:
            for encoding in random.sample(ENCODINGS, 2):
                content, records, articles = defect(_rows(texts, delimiter), delimiter)
                yield OddInput(
                    kind="tables",
                    what=f"{what}, {encoding}, delimiter {delimiter!r}",
                    name="news.csv",
                    write=written(content.encode(encoding)),
                    records=records,
                    articles=articles,
                    scored=delimiter == "|",
                )
    yield from _huge_tables()


def _rows(texts: Sequence[str], delimiter: str) -> Rows:
    cells = [["title", "text", "date"]]
    cells += [[f"Café no. {number}", text, "2024-05-31"] for number, text in enumerate(texts)]
    return [delimiter.join(f'"{cell}"'.replace("“", "'").replace("”", "'") for cell in row) for row in cells]


def _lines(rows: Rows, end: str = "\n") -> str:
    return "".join(row + end for row in rows)


def _whole(change: Callable[[Rows, str], str]) -> Defect:
    """A defect that costs no record."""
    return lambda rows, delimiter: (change(rows, delimiter), len(rows) - 1, len(rows) - 1)


def _one_lost(change: Callable[[Rows, str], str], *, added: int = 1) -> Defect:
    """A defect that makes one record more, or one of the records, unreadable."""
    n = len
    return lambda rows, delimiter: (change(rows, delimiter), n(rows) - 1 + added, n(rows) - 2 + added)


_DEFECTS: dict[str, Defect] = {
    "no defect": _whole(lambda rows, _: _lines(rows)),
    "lines ending in CR LF": _whole(lambda rows, _: _lines(rows, "\r\n")),
    "lines ending in CR": _whole(lambda rows, _: _lines(rows, "\r")),
    "no end of the last line": _whole(lambda rows, _: _lines(rows).rstrip("\n")),
    "blank lines above the header": _whole(lambda rows, _: "\n\n\n" + _lines(rows)),
    "empty rows above the header": _whole(lambda rows, d: d * 2 + "\n" + d * 5 + "\n" + _lines(rows)),
    "blank lines between rows": _whole(lambda rows, _: _lines(rows, "\n\n\n")),
    "Excel's sep line": _whole(lambda rows, d: f"sep={d}\n{_lines(rows)}"),
    "Excel's sep line in quotation marks": _whole(lambda rows, d: f'"sep={d}"\r\n\r\n{_lines(rows)}'),
    "a header of capitals and spaces": _whole(lambda rows, _: _lines([rows[0].upper().replace('"', " "), *rows[1:]])),
    "two columns of one name": _whole(
        lambda rows, d: _lines([rows[0] + d + '"text"', *(r + d + "x" for r in rows[1:])])
    ),
    "a column without a name": _whole(lambda rows, d: _lines([f'""{d}{row}' for row in rows])),
    "a line break in a cell": _whole(lambda rows, _: _lines([rows[0], *(r.replace(". ", ".\n\n") for r in rows[1:])])),
    "a NUL in a cell": _whole(lambda rows, _: _lines([rows[0], *(row.replace(" ", " \0", 1) for row in rows[1:])])),
    "a row too short": _one_lost(lambda rows, _: _lines([*rows[:2], '"x"', *rows[2:]])),
    "a row too long": _one_lost(lambda rows, d: _lines([*rows[:2], d.join(['"x"'] * 9), *rows[2:]])),
    "a quotation mark that is not closed": _one_lost(lambda rows, d: _lines([*rows, f'"x"{d}"y{d}z'])),
    "an empty text": _one_lost(lambda rows, d: _lines([*rows, f'"x"{d}""{d}""'])),
    "only a header": lambda rows, _: (_lines(rows[:1]), 1, 0),
    "no header": lambda rows, _: (_lines(rows[1:]), 1, 0),
    "no column of text": lambda rows, _: (_lines([rows[0].replace("text", "words"), *rows[1:]]), 1, 0),
}


def _huge_tables() -> Iterator[OddInput]:
    """A megabyte or so of what costs a reader most."""
    short = "The harbour was closed."
    wide = [f"c{number}" for number in range(60_000)]
    contents: dict[str, tuple[str, int | None]] = {
        "a header of 300,000 characters": (",".join([*wide, "text"]) + "\n" + "," * 60_000 + short, 1),
        "a header of a megabyte without an end": ("x" * _MEGABYTE, 1),
        "50,000 rows": ("text\n" + "The wall.\n" * 50_000, 50_000),
        "100,000 blank lines above a header": ("\n" * 100_000 + f"text\n{short}\n", 1),
        "a megabyte of delimiters": ("title,text\n" + "," * _MEGABYTE, 1),
        "a megabyte of quotation marks": ("title,text\n" + '"' * _MEGABYTE, 1),
        "a quotation mark opened on each of 50,000 lines": ("title,text\n" + 'A,"the wall\n' * 50_000, None),
        "a doubled quotation mark on each of 50,000 lines": ("title,text\n" + '"A""",the wall\n' * 50_000, 50_000),
        "a quotation mark that is never closed": (f'title,text\nA,"{short}\n' + "B,the wall\n" * 50_000, 50_001),
        "50,000 rows too short": ("title,text,date\n" + "A,the wall\n" * 50_000, 50_000),
        "a megabyte of NUL": ("title,text\n" + "\0" * _MEGABYTE, 1),
        "a megabyte of backslashes": ('title,text\n"' + "\\" * _MEGABYTE + '"\n', None),
        "20,000 dates that may be either day or month": (
            "text,date\n" + "".join(f"The wall {n}.,03/04/2022\n" for n in range(20_000)),
            20_000,
        ),
    }
    for what, (content, records) in contents.items():
        yield OddInput(kind="size", what=what, name="news.csv", write=written(content), records=records)
