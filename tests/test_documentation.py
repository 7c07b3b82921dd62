"""The generated pages are current, and the codebook describes every column."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from analytics import documentation
from analytics.cli import cli
from analytics.measures import MEASURES, accuracy
from analytics.results import codebook
from analytics.results.codebook import Entry
from analytics.results.schemas import TABLES, columns

OURS = {"split": "dev", "method": "lexicon", "metric": "F1", "value": 0.871, "low": 0.8, "high": 0.9, "n": 1234}


@pytest.mark.parametrize("name", documentation.PAGES)
def test_pages_are_current(name: str) -> None:
    written = (documentation.ROOT / name).read_text(encoding="utf-8")
    assert written == documentation.PAGES[name](), "run: python -m analytics.documentation"


def test_the_codebook_describes_every_column_in_order() -> None:
    entries = list(codebook.codebook())
    for table in TABLES:
        assert [entry.column for entry in entries if entry.table == table] == columns(table)
    assert all(entry.meaning.endswith(".") for entry in entries)


def test_the_codebook_describes_no_column_that_is_gone() -> None:
    for table, described in codebook._OF_TABLE.items():
        assert set(described) <= set(columns(table))


@pytest.mark.parametrize(
    "entry",
    [
        Entry("mentions", "voice", "text", False, "outlet, quoted, reported", ""),
        Entry("mentions", "sentiment", "number", True, "−1 to 1", ""),
        Entry("articles", "published", "time (UTC)", True, "", ""),
        Entry("articles", "n_words", "whole number", False, "0 or more", ""),
        Entry("scores", "denominator", "number", False, "above 0", ""),
        Entry("sentences", "in_title", "true or false", False, "", ""),
    ],
    ids=lambda entry: f"{entry.table}.{entry.column}",
)
def test_the_codebook_reads_types_and_values_from_the_schema(entry: Entry) -> None:
    found = {(each.table, each.column): each for each in codebook.codebook()}
    assert found[entry.table, entry.column]._replace(meaning="") == entry


def test_every_table_measure_and_command_has_its_section() -> None:
    def sections(page: str) -> list[str]:
        return re.findall(r"^## (.+)$", page, re.MULTILINE)

    assert sections(documentation.tables_page()) == list(TABLES)
    assert sections(documentation.methods_page()) == [measure.name for measure in MEASURES]
    assert sections(documentation.commands_page()) == ["tellings", *(f"tellings {name}" for name in cli.commands)]


def test_a_table_has_a_row_of_five_cells_per_column() -> None:
    rows = [line for line in documentation.tables_page().splitlines() if line.startswith("| `")]
    assert len(rows) == sum(len(columns(table)) for table in TABLES)
    assert {line.count("|") for line in rows} == {5}


def test_the_accuracy_table_has_a_row_per_part_of_a_gold_set() -> None:
    rows = [OURS, OURS | {"method": "chance", "value": 0.5}, OURS | {"split": "test"}]
    assert documentation.accuracy_table(pd.DataFrame(rows).assign(gold_set="invented")).splitlines()[2:] == [
        "| invented | dev | F1 | 1,234 | lexicon: 0.87 (0.80 to 0.90)<br>chance: 0.50 (0.80 to 0.90) |",
        "| invented | test | F1 | 1,234 | lexicon: 0.87 (0.80 to 0.90) |",
    ]


def test_a_gold_set_measured_anew_replaces_its_own_figures_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accuracy, "FILE", tmp_path / "accuracy.tsv")
    accuracy.state({"szeged": pd.DataFrame([OURS]), "dse": pd.DataFrame([OURS, OURS | {"metric": "F1 of neither"}])})
    accuracy.state({"dse": pd.DataFrame([OURS | {"value": 0.5}])})
    assert accuracy.stated().set_index("gold_set")["value"].to_dict() == {"dse": 0.5, "szeged": 0.871}
    assert accuracy.stated("dse")["n"].tolist() == [1234]


def test_every_measure_that_calls_itself_measured_states_its_accuracy() -> None:
    for measure in MEASURES:
        if any(score.status == "measured" for score in measure.scores):
            assert measure.gold_set, measure.name
            assert len(accuracy.stated(measure.gold_set)) > 1, measure.name  # itself and a baseline


def test_a_section_is_replaced_and_the_rest_kept() -> None:
    page = "a\n<!-- x:begin -->\nold\n<!-- x:end -->\nb\n"
    assert documentation.with_section(page, "x", "new") == page.replace("old", "new")
