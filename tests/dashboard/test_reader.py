"""The reader of one article: everything a measure marks in a text has a layer, a style and a legend."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from page_reading import html_of, said, widget
from streamlit.testing.v1 import AppTest

from analytics.dashboard.parts.reader import LAYERS, legend
from analytics.measures import MARKS, Mark
from analytics.reports.marked_text import CSS, KINDS


@pytest.mark.parametrize("mark", MARKS, ids=lambda mark: mark.kind)
def test_what_a_measure_marks_has_a_layer_a_style_and_a_legend(mark: Mark) -> None:
    assert mark.kind in LAYERS[mark.layer]
    assert mark.kind in KINDS
    assert re.search(rf"mark\.{mark.kind} \{{ [^}}]*(underline|border)", CSS)
    assert legend({mark.kind}) == f'<mark class="{mark.kind}">{mark.label}</mark>'


def test_marks_look_different() -> None:
    assert len({mark.kind for mark in MARKS}) == len({(mark.line, mark.colour) for mark in MARKS}) == len(MARKS)


@pytest.fixture
def with_boilerplate(store_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], AppTest]:
    """Opens a page on results whose first article has a sentence of boilerplate with seven words."""
    folder = shutil.copytree(store_folder, tmp_path / "results")
    for table, column, value, where in (
        ("sentences", "boilerplate", "'caption'", "article_id = 'a000' AND sentence_id = 1"),
        ("articles", "n_words_boilerplate", "7", "article_id = 'a000'"),
    ):
        file = folder / f"{table}.parquet"
        replaced = f"* REPLACE (CASE WHEN {where} THEN {value} ELSE {column} END AS {column})"
        rows = duckdb.sql(f"SELECT {replaced} FROM read_parquet('{file}')").to_arrow_table()
        duckdb.from_arrow(rows).write_parquet(str(file))
    monkeypatch.setenv("TELLINGS_STORE", str(folder))

    def opened(page: str) -> AppTest:
        app = AppTest.from_file(str(Path(__file__).parents[2] / "dashboard.py"), default_timeout=30)
        app.query_params["article"] = "a000"
        app.switch_page(f"analytics/dashboard/pages/{page}.py")
        app.query_params["article"] = "a000"
        return app.run()

    return opened


def test_boilerplate_is_a_quiet_layer_of_its_own(with_boilerplate: Callable[[str], AppTest]) -> None:
    app = with_boilerplate("articles")
    assert not app.exception
    assert 'mark class="boilerplate"' in html_of(app) and "caption, not measured" in html_of(app)
    assert "7 more in boilerplate" in said(app)
    widget(app, "show").set_value([layer for layer in LAYERS if layer != "Boilerplate"])
    assert 'mark class="boilerplate"' not in html_of(app.run())


def test_data_and_methods_say_how_many_words_were_left_out(
    with_boilerplate: Callable[[str], AppTest],
) -> None:
    app = with_boilerplate("methods")
    assert not app.exception
    assert "7 words in 1 article were left out of every measure." in said(app)
    [kinds] = [table.value for table in app.dataframe if "stretches" in table.value]
    assert kinds[["kind", "stretches", "articles"]].to_numpy().tolist() == [["caption", 1, 1]]
