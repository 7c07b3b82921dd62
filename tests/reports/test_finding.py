"""A question's answer, its curve under other settings, its plan and its report, on an invented results folder."""

from __future__ import annotations

import csv
import json
import zipfile
from dataclasses import replace
from datetime import date, datetime, timedelta
from io import BytesIO, StringIO
from pathlib import Path

import pandas as pd
import pytest
from synthetic_store import write_store

from analytics import open_store
from analytics.charts import specification_chart
from analytics.compare import contrasts
from analytics.errors import InputError, SelectionError, TellingsError
from analytics.reports.bundle import report
from analytics.reports.plans import SUFFIX, as_expected, departures, planned, seal
from analytics.reports.questions import Question, ask, check, read_question
from analytics.reports.references import bibtex, references, ris
from analytics.reports.robustness import CHOICES, LABELS, Robustness, in_sentences, robustness
from analytics.results.score_rows import find_score, score_rows
from analytics.results.store import Store

HEDGES = Question(score="hedging", outlet="Harbour Post", voices=("outlet",), stories="all")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return open_store(write_store(tmp_path_factory.mktemp("finding"), per_outlet=12))


@pytest.fixture(scope="module")
def curve(store: Store) -> Robustness:
    return robustness(store, HEDGES)


def test_an_answer_is_the_row_that_contrasts_gives(store: Store) -> None:
    answer = ask(store, HEDGES)
    rows = score_rows(store, find_score(store, "hedging"), HEDGES.selection())
    table = contrasts(rows, scale=1000)
    expected = table.set_index("outlet").loc["Harbour Post"]
    for name in ("difference", "low", "high", "p", "p_adjusted", "n_articles"):
        assert answer.row[name] == pytest.approx(expected[name])
    only = contrasts(rows, scale=1000, only=["Harbour Post"])
    assert only["outlet"].tolist() == ["Harbour Post"] and only["p"].iloc[0] == pytest.approx(expected["p"])


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"score": "mood"}, "no score 'mood'; there are: "),
        ({"outlet": "Noon"}, "no outlet 'Noon'"),
        ({"reference": "Noon"}, "no outlet 'Noon'"),
        ({"reference": "Harbour Post"}, "cannot be compared with itself"),
        ({"actor": "Nobody"}, "no actor 'Nobody'"),
        ({"start": date(2050, 1, 1)}, "has no article with hedges in this selection"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_a_sentence(store: Store, changed: dict[str, object], message: str) -> None:
    with pytest.raises(SelectionError, match=message):
        ask(store, replace(HEDGES, **changed))


def test_actors_are_found_by_name_and_whole_articles_have_no_voice(store: Store) -> None:
    asked = check(store, replace(HEDGES, score="frame_conflict", actor="Mara Quill"))
    assert asked.actor == "person:mara_quill" and asked.voices == ()


def test_a_question_is_read_from_toml(tmp_path: Path) -> None:
    file = tmp_path / "plan.toml"
    file.write_text(
        'score = "sentiment"\noutlet = "A"\nvoices = ["outlet"]\ncopies = false\ntitle = "A on B"\n'
        'start = 2031-01-01\nend = "2031-02-01"\n'
    )
    question, more = read_question(file)
    assert question.voices == ("outlet",) and not question.copies and str(question.end) == "2031-02-01"
    assert more == {"title": "A on B"} and question.describe()["start"] == "2031-01-01"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("score = ", "is no TOML"),
        ('score = "hedging"\n', "no entry 'outlet'"),
        ('score = "hedging"\noutlet = "A"\nmood = 1\n', "no entry 'mood'; there are: actor"),
        ('score = "hedging"\noutlet = 3\n', "outlet is a text, not 3"),
        ('score = "hedging"\noutlet = "A"\nvoices = ["mine"]\n', "voices is a list of outlet, quoted, reported"),
        ('score = "hedging"\noutlet = "A"\nstart = "soon"\n', "start is a day such as 2022-02-24, not 'soon'"),
        ('score = "hedging"\noutlet = "A"\nstories = "some"\n', "stories is one of auto, all, same"),
        ('score = "hedging"\noutlet = "A"\ncopies = "no"\n', "copies is true or false"),
    ],
)
def test_a_malformed_question_is_refused_in_a_sentence(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "plan.toml"
    file.write_text(text)
    with pytest.raises(InputError, match=message):
        read_question(file)


def test_every_setting_is_asked_and_the_own_one_is_among_them(store: Store) -> None:
    seen: list[tuple[int, int]] = []
    found = robustness(store, HEDGES, progress=lambda done, of: seen.append((done, of)))
    assert seen[-1] == (108, 108) == (len(found.rows), seen[0][1])
    assert not found.rows[list(CHOICES)].duplicated().any()
    [own] = found.rows[found.rows["asked"]].to_dict("records")
    assert own["voices"] == "the outlet's own" and own["difference"] == pytest.approx(
        ask(store, HEDGES).row["difference"]
    )
    assert (found.rows["difference"].isna() == (found.rows["note"].fillna("") != "")).all()
    told = in_sentences(found)
    assert told.startswith("108 settings, ") and "The setting that was asked for gives" in told


def test_settings_say_what_they_do(store: Store, curve: Robustness) -> None:
    rows = curve.rows.set_index(list(CHOICES))
    base = ("hedging", "the outlet's own", "all, without copies")
    whole = rows.loc[(*base, "all", "articles by size", "whole")]
    halves = [rows.loc[(*base, "all", "articles by size", half)] for half in ("first half", "second half")]
    assert sum(int(half["n_articles"]) for half in halves) <= whole["n_articles"]
    smaller = rows.loc[(*base, "without the smallest quarter", "articles by size", "whole")]
    assert smaller["n_articles"] + smaller["n_reference"] < whole["n_articles"] + whole["n_reference"]
    alike = rows.loc[(*base, "all", "articles alike", "whole")]
    scores = score_rows(store, find_score(store, "hedging"), HEDGES.selection())
    means = scores.groupby(scores["outlet"].eq("Harbour Post").fillna(False))["value"].mean()
    assert alike["difference"] == pytest.approx(means[True] - means[False])


def test_a_score_that_nobody_has_enough_of_is_said_to_be_so(tmp_path: Path) -> None:
    small = open_store(write_store(tmp_path, per_outlet=2))
    found = robustness(small, replace(HEDGES, actor="Mara Quill"))
    assert found.answered.empty and in_sentences(found).startswith("None of 108 settings has enough articles")
    figure = specification_chart(found.rows, choices=CHOICES, labels=LABELS, label="Hedges", unit="per 1,000 words")
    assert figure.layout.annotations[0].text == "No setting has enough articles for a number"


def test_the_curve_has_a_mark_for_each_estimate_and_each_choice(curve: Robustness) -> None:
    found = curve
    figure = specification_chart(found.rows, choices=CHOICES, labels=LABELS, label="Hedges", unit="per 1,000 words")
    others, own, matrix = figure.data
    assert len(others.x) + len(own.x) == len(found.answered) and len(own.x) == 1
    assert sorted([*others.y, *own.y]) == found.answered["difference"].tolist()
    made = [choice for choice in CHOICES if found.rows[choice].nunique() > 1]
    assert len(matrix.x) == len(found.answered) * len(made)


def test_a_plan_is_sealed_once_and_a_changed_one_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "plan.toml"
    file.write_text('score = "hedging"\noutlet = "Harbour Post"\n')
    first = seal(file)
    assert seal(file) == first and (tmp_path / f"plan.toml{SUFFIX}").is_file()
    file.write_text('score = "hedging"\noutlet = "Northern Ledger"\n')
    with pytest.raises(InputError, match=r"was changed after it was sealed on \d{4}-"):
        seal(file)
    (tmp_path / f"plan.toml{SUFFIX}").write_text("{}")
    with pytest.raises(InputError, match="is no seal of a plan"):
        seal(file)


def test_the_report_says_whether_a_result_was_planned(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "plan.toml"
    text = 'score = "hedging"\noutlet = "Harbour Post"\nvoices = ["outlet"]\nstories = "all"\nexpect = "higher"\n'
    file.write_text(text)
    plan = seal(file)
    assert departures(store, HEDGES, plan) == []
    scored = datetime.fromisoformat(store.manifest["started"])
    early, late = (replace(plan, sealed=scored + timedelta(days=days)) for days in (-1, 1))
    assert ", before the articles were scored" in planned(store, HEDGES, early)
    assert "results may have been seen" in planned(store, HEDGES, late)
    assert planned(store, HEDGES, plan).endswith("The question is the planned one.")
    other = replace(HEDGES, voices=("quoted",), reference="Northern Ledger")
    told = planned(store, other, plan)
    assert (
        "reference rest in the plan, Northern Ledger here" in told and "voices outlet in the plan, quoted here" in told
    )
    assert (
        as_expected(plan, -1.0, True)
        == "The plan expected it to be higher: it is not, and the interval leaves out zero."
    )
    assert as_expected(plan, None, False) == "The plan expected it to be higher: there is too little to tell."
    assert "cannot be asked of these results" in planned(
        store, HEDGES, replace(plan, question=Question(score="x", outlet="y"))
    )


def test_a_report_holds_what_another_needs_to_check_it(store: Store, tmp_path: Path) -> None:
    made = report(store, HEDGES)
    text = made.files["report.md"].decode()
    for part in ("## Result", "## Planned or not", "## Methods", "## What was kept", "## Limits"):
        assert part in text
    assert "No plan was given" in text and "F1 on" in text and "the outlet's own words" in text
    table = pd.read_csv(BytesIO(made.files["table.csv"]))
    articles = pd.read_csv(BytesIO(made.files["articles.csv"]))
    ours = articles["outlet"] == "Harbour Post"
    sums = [articles[side][["numerator", "denominator"]].sum() for side in (ours, ~ours)]
    difference = 1000 * (sums[0].iloc[0] / sums[0].iloc[1] - sums[1].iloc[0] / sums[1].iloc[1])
    assert table.set_index("outlet").loc["Harbour Post", "difference"] == pytest.approx(difference)
    meanings = {
        (row["file"], row["column"]): row["meaning"]
        for row in csv.DictReader(StringIO(made.files["codebook.csv"].decode()))
    }
    assert all(meanings["table.csv", column] for column in table) and all(meanings["articles.csv", c] for c in articles)
    manifest = json.loads(made.files["manifest.json"])
    assert manifest["question"]["outlet"] == "Harbour Post" and manifest["run"] == store.manifest
    made.write(tmp_path / "bundle")
    made.write(tmp_path / "bundle.zip")
    with zipfile.ZipFile(tmp_path / "bundle.zip") as archive:
        assert set(archive.namelist()) == {path.name for path in (tmp_path / "bundle").iterdir()} == set(made.files)
    assert made.zipped() == report(store, HEDGES).zipped()
    for name in ("bundle", "bundle.zip"):
        with pytest.raises(TellingsError, match="is there already"):
            made.write(tmp_path / name)


def test_the_codebook_knows_every_column_of_both_kinds_of_contrast(store: Store) -> None:
    from analytics.reports.bundle import _MEANINGS

    answer = ask(store, replace(HEDGES, stories="same"))
    assert answer.stories == "same" and set(answer.table.columns) <= set(_MEANINGS)
    assert "no story that both tell" in report(store, replace(HEDGES, stories="same")).files["report.md"].decode()


def test_references_are_whole_and_escaped() -> None:
    for key, entry in references().items():
        assert entry["author"] and entry["title"] and entry["year"].isdigit() and entry["why"], key
    assert "{10\\%}" not in bibtex([{**references()["holm1979"], "title": "50 % & more"}])
    assert r"50 \% \& more" in bibtex([{**references()["holm1979"], "title": "50 % & more"}])
    assert "author = {Benjamini, Yoav and Hochberg, Yosef}" in bibtex([references()["benjamini1995"]])
    assert ris([references()["benjamini1995"]]).count("AU  - ") == 2
