"""Exports: the same rows in every format, exact text, no formulas in spreadsheets."""

from __future__ import annotations

import csv
import json
from io import BytesIO, StringIO
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from synthetic_store import write_store

from analytics.results.corrections import rename
from analytics.results.export import (
    XLSX_CHARACTERS,
    ExportError,
    export_manifest,
    to_csv_bytes,
    to_parquet_bytes,
    to_xlsx_bytes,
    write_export,
)
from analytics.results.schemas import TABLES, columns, empty
from analytics.results.store import Selection, open_store

FORMULA = '=HYPERLINK("file")'
TIMES = ["2031-01-06T09:00:00Z", "2031-01-06T09:00:00.5Z", None]
SAMPLE = pd.DataFrame(
    {
        "outlet": pd.array([FORMULA, "Der Böte, “täglich”", None], dtype="string"),
        "published": pd.to_datetime(TIMES, format="ISO8601", utc=True),
        "n_words": pd.array([3, None, 1], dtype="Int64"),
        "value": [0.1, -1e-9, None],
    }
)


def _rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(data.decode("utf-8"), newline="")))


def test_csv_holds_exact_text_empty_nulls_and_iso_times() -> None:
    assert _rows(to_csv_bytes(SAMPLE)) == [
        ["outlet", "published", "n_words", "value"],
        [FORMULA, "2031-01-06T09:00:00+00:00", "3", "0.1"],
        ["Der Böte, “täglich”", "2031-01-06T09:00:00.500000+00:00", "", "-1e-09"],
        ["", "", "1", ""],
    ]


@given(st.lists(st.text(st.characters(codec="utf-8"), min_size=1), min_size=1))
def test_any_text_survives_csv(texts: list[str]) -> None:
    frame = pd.DataFrame({"text": texts, "n": range(len(texts))})
    assert [row[0] for row in _rows(to_csv_bytes(frame))[1:]] == texts


@pytest.mark.parametrize("table", TABLES)
def test_a_table_without_rows_keeps_its_columns(table: str) -> None:
    assert _rows(to_csv_bytes(empty(table))) == [columns(table)]
    assert list(pd.read_parquet(BytesIO(to_parquet_bytes(empty(table))))) == columns(table)


def test_parquet_gives_the_same_frame_back() -> None:
    pd.testing.assert_frame_equal(pd.read_parquet(BytesIO(to_parquet_bytes(SAMPLE))), SAMPLE)


def test_a_spreadsheet_never_gets_a_formula() -> None:
    sheet = load_workbook(BytesIO(to_xlsx_bytes(SAMPLE))).active
    assert [cell.value for cell in sheet[1]] == list(SAMPLE.columns)
    assert (sheet["A2"].value, sheet["A2"].data_type) == (FORMULA, "s")
    assert sheet["B2"].value == pd.Timestamp("2031-01-06T09:00:00").to_pydatetime()
    assert sheet["C3"].value is None


def test_a_spreadsheet_replaces_what_xml_cannot_hold() -> None:
    sheet = load_workbook(BytesIO(to_xlsx_bytes(pd.DataFrame({"text": ["a\x00b\nc"]})))).active
    assert sheet["A2"].value == "a\N{REPLACEMENT CHARACTER}b\nc"


def test_a_text_too_long_for_a_spreadsheet_is_refused() -> None:
    with pytest.raises(ExportError, match="use CSV or Parquet"):
        to_xlsx_bytes(pd.DataFrame({"text": ["x" * (XLSX_CHARACTERS + 1)]}))


def test_the_manifest_says_what_was_exported(tmp_path: Path) -> None:
    results = write_store(tmp_path / "results", per_outlet=1)
    rename(results, "person:mara_quill", "Dr Quill")
    store = open_store(results)
    manifest = export_manifest(store, "scores", 7, Selection(voices=("quoted",)))
    folder = tmp_path / "exports"
    folder.mkdir()
    beside = write_export(b"x\n", manifest, folder / "scores.csv")
    assert beside == folder / "scores.csv.manifest.json"
    written = json.loads(beside.read_text(encoding="utf-8"))
    (correction,) = written.pop("corrections")
    assert (correction["actor_id"], correction["name"]) == ("person:mara_quill", "Dr Quill")
    assert written == {
        "table": "scores",
        "rows": 7,
        "selection": {"voices": ["quoted"]},
        "run": store.manifest,
    }
    assert sorted(path.name for path in folder.iterdir()) == ["scores.csv", "scores.csv.manifest.json"]


def test_a_failed_write_leaves_the_earlier_file(tmp_path: Path) -> None:
    file = tmp_path / "scores.csv"
    file.write_bytes(b"earlier")
    with pytest.raises(TypeError):
        write_export("not bytes", {}, file)  # type: ignore[arg-type]
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("scores.csv", b"earlier")]
