"""Odd workbooks: Excel and OpenDocument sheets with formulas, gaps, lies about their size, damage."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from io import BytesIO
from random import Random

from . import made_files as made
from .inputs import OddInput, written

KIND = "workbooks"


def odd_workbooks(random: Random, texts: Sequence[str]) -> Iterator[OddInput]:
    """Sheets of the honest texts with something odd in or around them."""
    yield from _excel(random, texts)
    yield from _opendocument(random, texts)


def _one(what: str, name: str, data: bytes, records: int | None, articles: int | None, **more: bool) -> OddInput:
    return OddInput(kind=KIND, what=what, name=name, write=written(data), records=records, articles=articles, **more)


def _excel(random: Random, texts: Sequence[str]) -> Iterator[OddInput]:
    n = len(texts)
    rows: list[list[object]] = [
        ["title", "text", "date"],
        *([f"No. {i}", text, date(2031, 1, 6)] for i, text in enumerate(texts)),
    ]
    whole = made.xlsx({"News": rows})
    yield _one("xlsx, whole", "odd.xlsx", whole, n, n, scored=True)
    for value in (datetime(1900, 1, 1), time(10, 15), 1e308, -1, True, "=1/0", '=HYPERLINK("http://x")', "#REF!", "'x"):
        odd = [[*row[:2], value] if i else row for i, row in enumerate(rows)]
        yield _one(f"xlsx, {value!r} for a date", "odd.xlsx", made.xlsx({"News": odd}), n, n)
        odd = [*rows, ["last", value, ""]]
        yield _one(f"xlsx, {value!r} for a text", "odd.xlsx", made.xlsx({"News": odd}), n + 1, None)
    yield _one("xlsx, blank rows", "odd.xlsx", made.xlsx({"News": [[], *rows, [], [None, ""]]}), n, n)
    yield _one("xlsx, notes above", "odd.xlsx", made.xlsx({"News": [["Export of 2031"], [], *rows]}), n, n)
    yield _one("xlsx, two sheets", "odd.xlsx", made.xlsx({"A": rows, "B": rows}), 2 * n, 2 * n)
    yield _one("xlsx, a sheet of codes", "odd.xlsx", made.xlsx({"A": rows, "Codes": [["a", "b"], [1, 2]]}), n + 1, n)
    yield _one("xlsx, empty sheets", "odd.xlsx", made.xlsx({"A": rows, "B": [], "C": [[]]}), n, n)
    yield _one("xlsx, nothing", "odd.xlsx", made.xlsx({"A": []}), 1, 0)
    yield _one("xlsx, only a header", "odd.xlsx", made.xlsx({"A": rows[:1]}), 1, 0)
    yield _one("xlsx, 150 sheets", "odd.xlsx", made.xlsx({f"S{i}": rows for i in range(150)}), 1, 0)
    yield _one("xlsx, named as text", "odd.txt", whole, n, n)
    for what, part, change in (
        ("no strings", "xl/sharedStrings.xml", None),
        ("a sheet that is broken off", "xl/worksheets/sheet1.xml", lambda data: data[: len(data) // 2]),
        ("a sheet of a billion cells by its own word", "xl/worksheets/sheet1.xml", _huge_by_its_word),
        ("a row far below", "xl/worksheets/sheet1.xml", lambda data: data.replace(b'r="3"', b'r="1048576"', 1)),
        ("entities", "xl/worksheets/sheet1.xml", _with_entities),
        ("zeros in a sheet", "xl/worksheets/sheet1.xml", lambda data: data + b" " * 50_000_000),
        ("no list of sheets", "xl/workbook.xml", lambda data: b"<workbook/>"),
        ("a workbook that is no XML", "xl/workbook.xml", lambda data: b"\0\1\2"),
    ):
        yield _one(f"xlsx, {what}", "odd.xlsx", _changed(whole, part, change), None, None)
    yield from _cut("xlsx", whole, random)


def _opendocument(random: Random, texts: Sequence[str]) -> Iterator[OddInput]:
    n = len(texts)
    rows = [["title", "text", "date"], *([f"No. {i}", text, "2031-01-06"] for i, text in enumerate(texts))]
    whole = made.ods(rows)
    xml = made.ods_rows(rows)
    yield _one("ods, whole", "odd.ods", whole, n, n, scored=True)
    last, row, cell = made.ods_rows(rows[-1:]), "<table:table-row", "<table:table-cell"
    spaces = '<text:p>The<text:s text:c="999999999"/>wall.</text:p>'
    tails: dict[str, tuple[str, int | None]] = {
        "a million empty rows": (f'{row} table:number-rows-repeated="1048570">{cell}/></table:table-row>', n),
        "a billion empty cells": (f'{row}>{cell} table:number-columns-repeated="1000000000"/></table:table-row>', n),
        "a row a million times": (last.replace(row, f'{row} table:number-rows-repeated="1000000"'), None),
        "a cell a million times": (last.replace(cell, f'{cell} table:number-columns-repeated="1000000"'), None),
        "a number that is none": (last.replace(row, f'{row} table:number-rows-repeated="x"'), None),
        "spaces beyond reason": (f"{row}>{cell}>{spaces}</table:table-cell></table:table-row>", None),
    }
    for what, (tail, records) in tails.items():
        yield _one(f"ods, {what}", "odd.ods", made.ods([], sheet=xml + tail), records, None)
    locked = {"META-INF/manifest.xml": "<m><manifest:encryption-data/></m>"}
    yield _one("ods, encrypted", "odd.ods", made.ods(rows, more=locked), 1, 0)
    yield _one("ods, nothing", "odd.ods", made.ods([]), 1, 0)
    yield from _cut("ods", whole, random)


def _cut(ending: str, whole: bytes, random: Random) -> Iterator[OddInput]:
    for share in (0.1, 0.5, 0.9):
        yield _one(f"{ending}, cut at {share:.0%}", f"odd.{ending}", whole[: int(len(whole) * share)], 1, 0)
    for _ in range(3):
        spoilt = bytearray(whole)
        for _ in range(10):
            spoilt[random.randrange(len(spoilt))] = random.randrange(256)
        yield _one(f"{ending}, with bytes changed", f"odd.{ending}", bytes(spoilt), None, None)


def _changed(workbook: bytes, part: str, change: object) -> bytes:
    """A workbook with one part changed, or without it."""
    with zipfile.ZipFile(BytesIO(workbook)) as archive:
        parts: dict[str, bytes | str] = {name: archive.read(name) for name in archive.namelist()}
    if callable(change):
        parts[part] = change(parts[part])
    else:
        parts.pop(part, None)
    return made.zip_of(parts)


def _huge_by_its_word(sheet: bytes) -> bytes:
    return sheet.replace(b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>', 1)


def _with_entities(sheet: bytes) -> bytes:
    at = sheet.find(b"<worksheet")
    return b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + sheet[at:]
