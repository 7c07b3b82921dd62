"""What a report rests on, as BibTeX and RIS: the program, the run, and the methods by which a number came about."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

FILE = "knowledge/references.tsv"
ALL = ("cliff1993", "hesterberg2015", "holm1979", "phipson2010", "chung2013")
SAME = ("cliff1993", "greenland1985", "hesterberg2015", "holm1979", "phipson2010")
CURVE = ("simonsohn2020",)
_RIS = {"author": "AU", "title": "TI", "year": "PY", "journal": "JO", "volume": "VL", "number": "IS", "doi": "DO"}
_ESCAPED = {"\\": r"\textbackslash{}", **{mark: f"\\{mark}" for mark in "&%$#_{}"}, "~": r"\textasciitilde{}"}


@cache
def references() -> dict[str, dict[str, str]]:
    """The works that methods rest on, by key.

    >>> references()["holm1979"]["author"]
    'Holm, Sture'
    """
    text = (files("analytics") / FILE).read_text(encoding="utf-8")
    return {row["key"]: row for row in csv.DictReader(text.splitlines(), delimiter="\t")}


def software(manifest: Mapping[str, Any]) -> dict[str, str]:
    """The program in the version that made a run, as a reference.

    >>> software({"tellings": "0.1.0", "ended": "2031-05-01T10:00:00+00:00"})["note"]
    'Version 0.1.0. Run of 2031-05-01.'
    """
    version = str(manifest.get("tellings", "(unknown)"))
    day = str(manifest.get("ended") or manifest.get("started") or "")[:10]
    return {
        "key": "tellings",
        "type": "software",
        "author": "{Tellings contributors}",
        "title": "Tellings: stance and framing analytics for news",
        "year": day[:4],
        "note": f"Version {version}." + (f" Run of {day}." if day else ""),
    }


def bibtex(entries: Sequence[Mapping[str, str]]) -> str:
    """The entries as BibTeX.

    >>> print(bibtex([references()["holm1979"]]))
    @article{holm1979,
      author = {Holm, Sture},
      title = {A simple sequentially rejective multiple test procedure},
      year = {1979},
      journal = {Scandinavian Journal of Statistics},
      volume = {6},
      number = {2},
      pages = {65--70},
    }
    <BLANKLINE>
    """
    return "\n".join(_bibtex(entry) for entry in entries)


def ris(entries: Sequence[Mapping[str, str]]) -> str:
    """The entries as RIS.

    >>> ris([references()["holm1979"]]).split("\\r\\n")[:3]
    ['TY  - JOUR', 'AU  - Holm, Sture', 'TI  - A simple sequentially rejective multiple test procedure']
    """
    return "\r\n".join(line for entry in entries for line in (*_ris(entry), "")) + "\r\n"


def _bibtex(entry: Mapping[str, str]) -> str:
    fields = ("author", "title", "year", "journal", "volume", "number", "pages", "publisher", "doi", "note")
    kind = "misc" if entry["type"] == "software" else entry["type"]
    lines = [f"  {name} = {{{_value(name, entry[name])}}}," for name in fields if entry.get(name)]
    return "\n".join([f"@{kind}{{{entry['key']},", *lines, "}", ""])


def _value(name: str, value: str) -> str:
    if name == "author":
        return value.replace("; ", " and ")
    if name == "doi":
        return value
    escaped = "".join(_ESCAPED.get(character, character) for character in value)
    return escaped.replace("-", "--") if name == "pages" else escaped


def _ris(entry: Mapping[str, str]) -> list[str]:
    lines = [f"TY  - {'COMP' if entry['type'] == 'software' else 'JOUR'}"]
    for name, tag in _RIS.items():
        values = entry.get(name, "").strip("{}").split("; ") if name == "author" else [entry.get(name, "")]
        lines += [f"{tag}  - {value}" for value in values if value]
    if entry.get("pages"):
        first, _, last = entry["pages"].partition("-")
        lines += [f"SP  - {first}", *([f"EP  - {last}"] if last else [])]
    if entry.get("note"):
        lines.append(f"N1  - {entry['note']}")
    return [*lines, "ER  - "]
