"""Workbooks become tables, sheet by sheet."""

from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest

from analytics.article import Article
from analytics.errors import InputError
from analytics.evaluation.robustness import made_files as made
from analytics.ingest import RejectedRecord, count_records, inspect_inputs, read_articles

WALL, DOUBT = "The council approved the wall on Monday.", "Residents doubt it, said Karl Olde."
ROWS = [["Headline", "Date", "Outlet", "Text"], ["Wall", "3 March 2031", "Post", WALL], ["Doubt", "", "", DOUBT]]


def write(ending: str, rows: list[list[str]], path: Path) -> None:
    path.write_bytes(made.ods(rows) if ending == "ods" else made.xlsx({"News": rows}))


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_a_sheet_is_a_table(ending: str, tmp_path: Path) -> None:
    write(ending, ROWS, tmp_path / f"news.{ending}")
    wall, doubt = read_articles(tmp_path)
    assert isinstance(wall, Article) and isinstance(doubt, Article)
    assert (wall.title, wall.outlet, wall.text, wall.source_row) == ("Wall", "Post", WALL, 1)
    assert str(wall.published).startswith("2031-03-03") and (doubt.text, doubt.source_row) == (DOUBT, 2)
    assert wall.source_file == (tmp_path / f"news.{ending}").as_posix()
    assert count_records(tmp_path) == 2
    (report,) = inspect_inputs(tmp_path)
    assert (report.format, report.columns["title"]) == (ending, "Headline")


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_notes_above_the_header_are_passed_over_and_said(ending: str, tmp_path: Path) -> None:
    write(ending, [["Export of 3 March 2031"], [], ["by Ada Brandt, for the council"], *ROWS], tmp_path / f"n.{ending}")
    assert [item.text for item in read_articles(tmp_path) if isinstance(item, Article)] == [WALL, DOUBT]
    assert inspect_inputs(tmp_path)[0].notes == ("2 rows of notes above the header were passed over",)


@pytest.mark.parametrize("engine", ["openpyxl", "odf"])
def test_workbooks_of_other_programs(engine: str, tmp_path: Path) -> None:
    path = tmp_path / ("news.ods" if engine == "odf" else "news.xlsx")
    frame = pd.DataFrame({"title": ["Wall", None], "date": [datetime(2031, 3, 3, 10), None], "text": [WALL, DOUBT]})
    frame["n"] = [1.5, 2]
    with pd.ExcelWriter(path, engine=engine) as writer:
        frame.to_excel(writer, sheet_name="News", index=False)
        pd.DataFrame({"a": [1]}).to_excel(writer, sheet_name="Codes", index=False)
    wall, doubt, rejected = read_articles(path)
    assert isinstance(wall, Article) and isinstance(doubt, Article) and isinstance(rejected, RejectedRecord)
    assert (wall.text, doubt.text, doubt.title, doubt.published) == (WALL, DOUBT, None, None)
    assert str(wall.published).startswith("2031-03-03 10:00")
    assert wall.source_file == f"{path.as_posix()}, sheet News"
    assert rejected.source_file == f"{path.as_posix()}, sheet Codes" and rejected.reason.startswith("no text column")


def test_formulas_count_by_their_stored_value_and_errors_are_missing(tmp_path: Path) -> None:
    rows = [["text", "title"], ["=A3", "Formula"], [WALL, "#N/A"], [DOUBT, "Doubt"]]
    (tmp_path / "news.xlsx").write_bytes(made.xlsx({"News": rows}))
    formula, wall, _ = read_articles(tmp_path)
    assert isinstance(formula, RejectedRecord) and formula.reason == "empty text"
    assert isinstance(wall, Article) and wall.title is None


def test_an_opendocument_sheet_that_repeats_itself_is_bounded(tmp_path: Path) -> None:
    header = made.ods_rows(ROWS[:1])
    row = made.ods_rows(ROWS[1:2]).replace("<table:table-row>", '<table:table-row table:number-rows-repeated="{}">')
    empty = '<table:table-row table:number-rows-repeated="1048570"><table:table-cell/></table:table-row>'
    (tmp_path / "a.ods").write_bytes(made.ods([], sheet=header + row.format(3) + empty))
    assert len(list(read_articles(tmp_path / "a.ods"))) == 3
    (tmp_path / "b.ods").write_bytes(made.ods([], sheet=header + row.format(10**9) + empty))
    with pytest.raises(InputError, match="repeats rows with words more than 1,000 times"):
        list(read_articles(tmp_path / "b.ods"))
