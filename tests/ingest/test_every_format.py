"""Every format that is read: words come back whole, and no damage to a file stops the others or loses it in silence."""

import csv
import gzip
import io
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import get_args

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.article import Article
from analytics.evaluation.robustness import made_files as made
from analytics.ingest import RejectedRecord, count_records, inspect_inputs, read_articles
from analytics.ingest.records import Format

GOLDEN = Path(__file__).parent / "golden"
WALL = "The council of Halsmer approved the new harbour wall on Monday, Ada Brandt said in Halsmer."


def in_csv(text: str) -> bytes:
    table = io.StringIO(newline="")
    csv.writer(table).writerows([["title", "text"], ["The wall", text]])
    return table.getvalue().encode()


def in_parquet(text: str) -> bytes:
    table = io.BytesIO()
    pq.write_table(pa.table({"title": ["The wall"], "text": [text]}), table)
    return table.getvalue()


MADE: dict[str, Callable[[str], bytes]] = {
    "csv": in_csv,
    "jsonl": lambda text: (json.dumps({"title": "The wall", "text": text}) + "\n").encode() * 2,
    "json": lambda text: json.dumps([{"title": "The wall", "text": text}], indent=1).encode(),
    "parquet": in_parquet,
    "xlsx": lambda text: made.xlsx({"News": [["title", "text"], ["The wall", text]]}),
    "ods": lambda text: made.ods([["title", "text"], ["The wall", text]]),
    "text": lambda text: f"{WALL}\n\n{text}".encode(),
    "docx": lambda text: made.docx([WALL, text]),
    "odt": lambda text: made.odt([WALL, text]),
    "rtf": lambda text: made.rtf([WALL, text]),
    "pdf": lambda text: made.pdf([[WALL, text]]),
    "html": lambda text: made.html([WALL] * 5 + [text]),
    "warc": lambda text: made.capture(1, made.html([WALL] * 5 + [text])) + made.capture(2, made.html([WALL] * 5)),
    "lexis": lambda text: (GOLDEN / "nexis_uni.txt").read_bytes().replace(b"split, wrote", f"split, {text}".encode()),
    "factiva": lambda text: (GOLDEN / "factiva_plain.txt").read_bytes(),
    "proquest": lambda text: (GOLDEN / "proquest.txt").read_bytes(),
}
PACKED: dict[str, Callable[[bytes], bytes]] = {
    "": lambda data: data,
    ".zip": lambda data: made.zip_of({"odd": data}),
    ".gz": lambda data: gzip.compress(data, mtime=0),
    ".zst": zstandard.ZstdCompressor().compress,
}
WORDS = st.lists(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=9), min_size=3, max_size=12).map(" ".join)
SLOWLY = settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))


def test_every_format_is_tried() -> None:
    assert set(MADE) == {each for group in get_args(Format) for each in get_args(group)}


@pytest.mark.parametrize("kind", sorted(MADE.keys() - {"factiva", "proquest"}))
@given(text=WORDS)
@SLOWLY
def test_words_come_back_whole(kind: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / ("odd.txt" if kind == "text" else "odd")
    path.write_bytes(MADE[kind](text))
    items = list(read_articles(path))
    said = " ".join(word for item in items if isinstance(item, Article) for word in item.text.split())
    assert text in said
    assert count_records(path) == len(items)


@cache
def whole_file(kind: str, packed: str) -> bytes:
    """One file, the same for every try: some formats hold the time at which they were written."""
    return PACKED[packed](MADE[kind]("the ferry sails"))


@pytest.mark.parametrize("packed", PACKED)
@pytest.mark.parametrize("kind", MADE)
@given(data=st.data())
@SLOWLY
def test_damage_is_told_and_costs_no_other_file(kind: str, packed: str, data: st.DataObject, tmp_path: Path) -> None:
    whole = whole_file(kind, packed)
    place = data.draw(st.integers(0, len(whole)))
    cut = data.draw(st.integers(0, 40))
    put = data.draw(st.binary(max_size=12))
    (tmp_path / "a.odd").write_bytes(whole[:place] + put + whole[place + cut :])
    (tmp_path / "b.txt").write_text(WALL)
    items = list(read_articles(tmp_path))
    assert items[-1].source_file == (tmp_path / "b.txt").as_posix()
    assert len(items) > 1, "the damaged file gives at least one article or rejected record"
    assert sum(report.n_records for report in inspect_inputs(tmp_path)) == len(items)
    for item in items:
        assert not isinstance(item, RejectedRecord) or item.reason.partition(":")[0].isprintable()
