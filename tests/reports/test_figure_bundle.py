"""What leaves the page explains itself: every file is there, every column has a meaning, names tell files apart."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from zipfile import ZipFile

import pandas as pd
import plotly.graph_objects as go
import pytest

from analytics.compare import contrasts, rates
from analytics.compare.same_story import COLUMNS as SAME_STORY
from analytics.reports import figure_bundle
from analytics.reports.figure_bundle import MEANINGS, Leaving, bundle, codebook_of, file_name, with_columns
from analytics.results.store import Selection

FIGURE = go.Figure(go.Scatter(x=[1, 2], y=[3, 4], mode="markers"))
RUN = {"run": {"tellings": "0.1.0", "ended": "2031-06-01T10:00:00", "counts": {"articles": 62}}}
FACTS = {"measure": "hedging", "measure_label": "Hedges", "unit": "per 1,000 words"}


def leaving(**changes: object) -> Leaving:
    usual = {"title": "Hedges, by outlet", "facts": FACTS, "selection": Selection(voices=("outlet",)), "actors": {}}
    return Leaving(**(usual | {"link": "http://localhost/explore?tab=Table", "manifest": RUN} | changes))  # type: ignore[arg-type]


@pytest.fixture
def scores() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "article_id": [f"a{n}" for n in range(12)],
            "outlet": ["Harbour Post"] * 6 + ["Northern Ledger"] * 6,
            "numerator": [1, 2, 0, 3, 1, 2, 6, 5, 7, 4, 6, 8],
            "denominator": [400, 500, 300, 600, 400, 500] * 2,
        }
    )


def test_the_zip_holds_figure_numbers_codebook_manifest_and_reference(scores, monkeypatch) -> None:
    monkeypatch.setattr(figure_bundle, "to_png", lambda *_: None)
    table = rates(scores, by=["outlet"], scale=1000)
    asked = leaving(selection=Selection(outlets=("Harbour Post",), voices=("outlet",), start=date(2031, 1, 6)))
    packed = bundle(FIGURE, table, asked)
    assert packed == bundle(FIGURE, table, asked)
    with ZipFile(io.BytesIO(packed)) as archive:
        files = {name.partition("/")[2]: archive.read(name).decode() for name in archive.namelist()}
    name = file_name(asked)
    assert set(files) == {f"{name}.svg", f"{name}.csv", "codebook.csv", "manifest.json", "reference.bib", "README.txt"}
    rows = list(csv.DictReader(io.StringIO(files[f"{name}.csv"], newline="")))
    assert {row["measure"] for row in rows} == {"hedging"}
    assert {(row["from"], row["to"], row["voices"], row["outlets"]) for row in rows} == {
        ("2031-01-06", "", "outlet", "Harbour Post")
    }
    assert [float(row["value"]) for row in rows] == pytest.approx(list(table["value"]))
    assert [row["column"] for row in csv.DictReader(io.StringIO(files["codebook.csv"], newline=""))] == list(rows[0])
    assert json.loads(files["manifest.json"]) == RUN
    assert "Harbour Post" in files["reference.bib"] and "year = {2031}" in files["reference.bib"]
    assert "explore?tab=Table" in files["reference.bib"] and "explore?tab=Table" in files["README.txt"]
    assert "Harbour Post" in files[f"{name}.svg"] and "on 62 articles" in files[f"{name}.svg"]
    assert "No PNG" in files["README.txt"]


def test_every_column_that_a_chart_has_is_explained(scores) -> None:
    for table in (rates(scores, by=["outlet"]), contrasts(scores)):
        book = codebook_of(with_columns(table, leaving()))
        assert (book["meaning"] != "").all(), book[book["meaning"] == ""]
    assert set(SAME_STORY) <= set(MEANINGS)


def test_a_column_of_the_table_is_not_overwritten_by_a_fact(scores) -> None:
    table = rates(scores, by=["outlet"]).assign(period="2031-01-06")
    columns = with_columns(table, leaving(facts=FACTS | {"period": "week"}))
    assert columns["period"].tolist() == ["2031-01-06"] * 2
    assert columns["period_length"].tolist() == ["week"] * 2


def test_names_of_files_tell_filters_apart() -> None:
    other = leaving(selection=Selection(voices=("quoted",)))
    assert file_name(leaving()) != file_name(other)
    assert file_name(leaving()) == file_name(leaving())
    assert file_name(leaving(title="../../etc/passwd \u202e?")).count("/") == 0
