"""Odd strings: hostile values, hostile file names, texts that nobody wrote to be read, random bytes."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random

from .inputs import OddInput, written

HOSTILE = (
    "<script>alert(1)</script>",
    "=HYPERLINK(1)",
    "'; DROP TABLE articles; --",
    "../../secret",
    "%s%n{0}{x}",
    "\x1b[31mred\x1b[0m",
    "a\u202eb\u2066c",
    "line\u2028line\x85line\x0bline",
    "\ufeff\u200b\u00ad",
    "\x00\x01\x7f",
    "a" + "\u0301" * 500,
    "x" * 100_000,
    " ",
    "NaN",
    "👩‍👩‍👧‍👦" * 50,
)
FIELDS = ("title", "outlet", "author", "url", "date", "language")
NAMES = (
    *("a[1].csv", "a*b.csv", "a?.csv", "'a'.csv", '"a".csv', "100%.csv", " a b .csv", "ü水.csv", "a\nb.csv"),
    *("-x.csv", "--out.csv", "~a.csv", "$HOME.csv", "#a.csv", "a;b.csv", "a.CSV", "a.b.c.csv", "e\u0301.csv"),
    *("a" * 240 + ".csv", "a\\b.csv", "👩‍👧.csv", "{x}.csv", "a&b|c.csv", os.fsdecode(b"caf\xe9.csv"), "a\u202e.csv"),
)
# What costs a parser most: patterns that stand over and over.
PATTERNS = (
    *(
        "(",
        '"',
        "“",
        "”",
        "‘a ",
        "'a' ",
        "“a” ",
        "-",
        "— ",
        "a/",
        "a-",
        "a.",
        ". ",
        "! ",
        "a\n\n",
        "a",
        "7",
        "c/",
        "😂",
    ),
    *(",", "([{", "``''", "„", "«", "»«", "水", "\u0301\u0316", "&amp;", "…", "@a ", "#a ", "http://a.b/", "word "),
    *("Ada Brandt ", "Ada Brandt, ", "Ukraine ", "said ", "he said ", "Ada Brandt said that ", "perhaps ", "can't "),
    *("“Yes,” said Ada Brandt. ", "President Ada Brandt, the president, ", "Ada and ", "not ", "the man who "),
)
SHORT, LONG = 1_800, 30_000  # characters; the short ones are scored whatever they hold


def odd_strings(random: Random, texts: Sequence[str]) -> Iterator[OddInput]:
    """Hostile values in every field, hostile names, patterns, and bytes of no meaning."""
    for number, value in enumerate(HOSTILE):
        records = [{"text": text, field: value} for text in texts[:1] for field in FIELDS]
        content = "\n".join(json.dumps(each) for each in [*records, {"text": f"The wall {value} stands."}])
        yield OddInput(
            kind="hostile values",
            what=repr(value[:20]),
            name=f"{number}.jsonl",
            write=written(content),
            records=len(FIELDS) + 1,
            scored=number % 3 == 0,
        )
    for number, name in enumerate(NAMES):
        write, n = written("text\n" + "\n".join(f'"{text}"' for text in texts)), len(texts)
        yield OddInput(
            kind="names", what=ascii(name), name=name, write=write, records=n, articles=n, scored=number % 4 == 0
        )
    yield from _patterns(texts)
    yield from _special()
    for number in range(40):
        ending = random.choice(("csv", "tsv", "json", "jsonl", "txt", "parquet", "md", "dat"))
        data = _damaged(random, texts) if number % 2 else random.randbytes(random.randrange(1, 4_000))
        yield OddInput(kind="random bytes", what=f"no. {number}", name=f"news.{ending}", write=written(data))


def _patterns(texts: Sequence[str]) -> Iterator[OddInput]:
    for number, pattern in enumerate(PATTERNS):
        for length in (LONG, 1_000_000):
            yield OddInput(
                kind="no prose",
                what=f"{length:,} characters of {pattern!r}",
                name="news.txt",
                write=written(pattern * (length // len(pattern.encode()))),
                records=1,
                scored=length == LONG and number % 2 == 0,
            )
    for number in range(0, len(PATTERNS), 4):
        short = [pattern * (SHORT // len(pattern)) for pattern in PATTERNS[number : number + 4]]
        yield OddInput(
            kind="no prose",
            what=f"{SHORT:,} characters each of {', '.join(map(repr, PATTERNS[number : number + 4]))}",
            name="news.jsonl",
            write=written("\n".join(json.dumps({"text": text}) for text in short)),
            records=len(short),
            scored=True,
        )
    words = " ".join(word for text in texts for word in text.replace(".", "").split())
    long = {
        "words without a stop": words,
        "one sentence over and over": texts[0],
        "lines of a word": words.replace(" ", "\n\n"),
        "letters without a space": words.replace(" ", ""),
    }
    for what, pattern in long.items():
        content = f"{pattern} " * (LONG // len(pattern))
        yield OddInput(kind="no prose", what=what, name="a.txt", write=written(content), records=1, scored=True)


def _special() -> Iterator[OddInput]:
    def bound(path: Path) -> None:
        with socket.socket(socket.AF_UNIX) as made:
            at = os.getcwd()
            os.chdir(path.parent)  # a socket's address has some 100 characters at most
            try:
                made.bind(path.name)
            finally:
                os.chdir(at)

    things: dict[str, Callable[[Path], object]] = {
        "a pipe": os.mkfifo,
        "an endless device": lambda path: path.symlink_to("/dev/zero"),
        "an empty device": lambda path: path.symlink_to("/dev/null"),
        "a socket": bound,
        "a link to nowhere": lambda path: path.symlink_to(path.parent / "gone"),
        "a link to itself": lambda path: path.symlink_to(path),
        "a link to its folder": lambda path: path.symlink_to(path.parent),
        "an empty file": lambda path: path.touch(),
        "a file of spaces": written(" \n\t" * 1_000),
        "a megabyte of blank lines": written("\n" * 1_000_000),
    }
    for what, make in things.items():
        yield OddInput(kind="no files", what=what, name="news.csv", write=make, records=1, articles=0)


def _damaged(random: Random, texts: Sequence[str]) -> bytes:
    """A table or a list with bytes changed, cut out and put in."""
    plain = "text,date\n" + "\n".join(f'"{text}",2024-05-31' for text in texts)
    listed = json.dumps([{"text": text} for text in texts])
    data = bytearray(random.choice((plain, listed)).encode(random.choice(("utf-8", "utf-16", "cp1252")), "replace"))
    for _ in range(random.randrange(1, 20)):
        at = random.randrange(len(data))
        data[at : at + random.randrange(3)] = random.randbytes(random.randrange(3))
    return bytes(data)
