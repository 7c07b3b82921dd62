"""The generated pages are current, and the codebook describes every column."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pandas as pd
import pytest

import analytics
from analytics import documentation
from analytics.cli import cli
from analytics.documentation import reference
from analytics.measures import MEASURES, Measure, accuracy
from analytics.results import codebook
from analytics.results.codebook import Entry
from analytics.results.schemas import TABLES, columns

REFERENCE = [(section, name) for section in reference.SECTIONS for name in section.names]
NAMED = pytest.mark.parametrize(("section", "name"), REFERENCE, ids=[f"{s.module}.{n}" for s, n in REFERENCE])
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


@NAMED
def test_the_reference_says_what_each_name_is(section: reference.Section, name: str) -> None:
    assert [each for each, text in reference.documented(section, name) if len(text.split()) < 3] == []


@NAMED
def test_each_name_comes_with_an_example_that_runs(section: reference.Section, name: str) -> None:
    (_, text), *_ = reference.documented(section, name)
    examples = doctest.DocTestParser().get_examples(text)
    assert "+SKIP" not in text
    assert bool(examples) == section.examples


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.name)
def test_what_a_measure_finds_and_scores_is_shown_by_examples(measure: Measure) -> None:
    for function in (measure.find, measure.score):
        text = function.__doc__ or ""
        assert ">>>" in text or text.startswith("Nothing: "), function


def test_every_public_name_is_in_the_reference() -> None:
    listed = {name for section in reference.SECTIONS for name in section.names}
    assert set(analytics.__all__) - listed == {"__version__"}


def test_links_of_the_reference_lead_to_its_headings() -> None:
    page = reference.reference_page()
    headings = re.findall(r"^#+ (.+)$", re.sub(r"```.*?```", "", page, flags=re.DOTALL), re.MULTILINE)
    plain = [re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings]
    anchors = [f"{each}-{n}" if (n := plain[:i].count(each)) else each for i, each in enumerate(plain)]
    at = {anchor: heading for anchor, heading in zip(anchors, headings, strict=True)}
    for name, anchor in re.findall(r"\[`(\w+)`\]\(#([\w-]+)\)", page):
        assert at[anchor] == name


def test_fields_are_shown_with_type_default_and_the_comment_beside_them() -> None:
    page = reference.reference_page()
    assert "| `copies` | `bool` | `True` | False leaves out articles that are copies of another;" in page
    assert "| `high` |" not in page  # of classes that nobody is told to import
    assert "| `published` | `datetime \\| None` | `None` | UTC |" in page
