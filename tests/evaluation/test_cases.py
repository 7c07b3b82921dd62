"""Files of single cases: each is looked at as its input says, and counted in its group."""

import json
from pathlib import Path
from typing import Any

import pytest

from analytics.errors import InputError
from analytics.evaluation.cases import evaluate, faults, read_cases

TEXT = {"title": None, "text": "Ada Brandt said the dam was safe. The port stayed open for Brandt on Monday."}
TELLINGS = {
    "a": "Dam\n\n“The dam is safe,” Ada Brandt said on Monday at the port.",
    "b": "Dam\n\n“The dam is safe,” Olin Moor said on Monday at the port.",
}


def cases_file(folder: Path, *records: dict[str, Any]) -> Path:
    path = folder / "cases.jsonl"
    path.write_text("\n".join(json.dumps({"id": str(i), **r}) for i, r in enumerate(records)), encoding="utf-8")
    return path


def found(folder: Path, given: Any, check: dict[str, Any]) -> list[str]:
    [case] = read_cases(cases_file(folder, {"input": given, "check": check}))
    return faults(case)


@pytest.mark.model
@pytest.mark.parametrize(
    ("check", "right"),
    [
        ({"speakers": [{"content": "the … safe", "speaker": "Ada Brandt", "kind": "indirect"}]}, True),
        ({"speakers": [{"content": "the … safe", "speaker": "Olin Moor"}]}, False),
        ({"speakers": [{"content": "the … open", "speaker": "Ada Brandt"}]}, False),
        ({"sources": ["Ada Brandt"], "not_speakers": ["Olin Moor"]}, True),
        ({"not_speakers": ["Ada Brandt"]}, False),
        ({"not_contents": ["The port"]}, True),
        ({"not_contents": ["dam was"]}, False),
        ({"outlet": ["The port"], "not_outlet": ["the dam"]}, True),
        ({"outlet": ["the dam"]}, False),
        ({"actors": ["Ada Brandt"], "not_actors": ["Olin Moor"]}, True),
        ({"actors": ["Olin Moor"]}, False),
        ({"mentions": [{"text": "Ada", "actor": "Ada Brandt"}]}, True),
        ({"mentions": [{"text": "The port", "actor": "Ada Brandt"}]}, False),
        ({"cues": {"not": ["may"]}, "flags": {"not": ["*"]}}, True),
        ({"cues": {"has": ["may"]}}, False),
        ({"sentiment": [{"actor": "Ada Brandt", "least": -0.5, "needed": True}]}, True),
        ({"sentiment": [{"actor": "Ada Brandt", "least": 0.99, "needed": True}]}, False),
        ({"roles": [{"text": "Ada Brandt", "role": "agent"}]}, True),
        ({"roles": [{"text": "Ada Brandt", "role": "patient"}]}, False),
    ],
)
def test_a_text_is_asked_for_what_was_found_in_it(tmp_path: Path, check: dict[str, Any], right: bool) -> None:
    assert (not found(tmp_path, TEXT, check)) == right


@pytest.mark.model
@pytest.mark.parametrize(
    ("check", "right"),
    [
        ({"serious": ["speaker_changed"]}, True),
        ({"serious": ["number_changed"]}, False),
        ({"not_serious": ["speaker_changed"]}, False),
        ({"has": ["speaker_changed"], "not": ["number_changed"]}, True),
    ],
)
def test_two_tellings_are_asked_for_their_changes(tmp_path: Path, check: dict[str, Any], right: bool) -> None:
    assert (not found(tmp_path, TELLINGS, {"changes": check})) == right


@pytest.mark.parametrize(
    ("check", "right"),
    [
        ({"articles": 1}, True),
        ({"articles": 2}, False),
        ({"articles": [{"outlet": "Post", "published": "2025-03-05", "text": "The dam held"}], "rejected": 1}, True),
        ({"articles": [{"outlet": "Gazette"}]}, False),
        ({"articles": [{"not_text": "The dam"}]}, False),
        ({"articles": [{"author": None, "published": None}]}, False),
        ({"articles": [{"author": None, "flags": {"not": ["HTML"]}}]}, True),
        ({"articles": [{"flags": {"has": ["HTML"]}}]}, False),
        ({"rejected": ["empty"]}, True),
        ({"rejected": 0}, False),
    ],
)
def test_a_file_is_asked_for_its_articles(tmp_path: Path, check: dict[str, Any], right: bool) -> None:
    table = "text,outlet,date\nThe dam held on Monday.,Post,2025-03-05\n,Post,2025-03-05\n"
    (tmp_path / "a.csv").write_text(table, encoding="utf-8")
    assert (not found(tmp_path, "a.csv", check)) == right


def test_a_file_without_any_article_is_a_case_too(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("title,url\nThe dam,x\n", encoding="utf-8")
    assert not found(tmp_path, "a.csv", {"articles": 0, "rejected": ["no text column"]})
    assert found(tmp_path, "a.csv", {"articles": 1})


def test_cases_are_counted_by_group(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("text\nThe dam held on Monday.\n", encoding="utf-8")
    path = cases_file(
        tmp_path,
        {"group": "A", "input": "a.csv", "check": {"articles": 1}},
        {"group": "A", "input": "a.csv", "check": {"articles": 2}},
        {"group": "B", "input": "a.csv"},
    )
    sheet = tmp_path / "sheet.jsonl"
    sheet.write_text('{"id": "2", "check": {"articles": 1}}\n', encoding="utf-8")
    assert evaluate(path).to_numpy().tolist() == [
        ["A", 1, 1, 0, "1"],
        ["B", 0, 0, 1, ""],
        ["all", 1, 1, 1, ""],
    ]
    assert evaluate(path, sheet=sheet).iloc[1].tolist() == ["B", 1, 0, 0, ""]


def test_what_no_check_can_ask_for_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="'mood'"):
        found(tmp_path, TEXT, {"mood": 1})
    with pytest.raises(InputError, match="does not hold"):
        found(tmp_path, TEXT, {"outlet": ["The bridge"]})


def test_a_case_without_input_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="record 1"):
        read_cases(cases_file(tmp_path, {"group": "A"}))
