"""JSON Lines and lists: good records come back, malformed ones with their place."""

import json
import time
from pathlib import Path

import pytest

from analytics.article import Article
from analytics.ingest import RejectedRecord, count_records, inspect_inputs, read_articles
from analytics.ingest import json_records as module


def told(path: Path, content: str | bytes) -> list[tuple[int | None, str]]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return [(i.source_row, i.text if isinstance(i, Article) else i.reason) for i in read_articles(path)]


def test_lines_are_numbered_as_in_the_file(tmp_path: Path) -> None:
    content = '{"text": "One."}\n\n{"text": oops}\n[1]\n{"text": "\\ud800 Five."}\n{"text": "Six'
    assert told(tmp_path / "a.jsonl", content) == [
        (1, "One."),
        (3, "not valid JSON: Expecting value at character 10"),
        (4, "not an object: a JSON list"),
        (5, "\ufffd Five."),
        (6, "not valid JSON: Unterminated string starting at at character 10"),
    ]


def test_undecodable_lines_are_rejected_alone(tmp_path: Path) -> None:
    content = '{"text": "café"}\n'.encode() * 2 + b'{"text": "\xff"}\n{"text": "Last."}\n'
    assert told(tmp_path / "a.jsonl", content)[2:] == [(3, "undecodable bytes: not utf-8"), (4, "Last.")]


def test_deep_nesting_and_long_numbers_are_rejected(tmp_path: Path) -> None:
    deep, number = "[" * 100_000, '{"text": ' + "9" * 5000 + "}"
    (_, first), (_, second), _ = told(tmp_path / "a.jsonl", f'{deep}\n{number}\n{{"text": "Last."}}')
    assert first.startswith("not valid JSON") and second.startswith("not valid JSON")


def test_a_list_is_streamed_in_pieces(tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(module, "_CHUNK_CHARACTERS", 7)
    records = [{"text": f'Nr. {i} "said", {{and}} [left]'} for i in range(50)]
    for indent in (None, 1):
        items = told(tmp_path / "a.json", json.dumps(records, indent=indent))
        assert items == [(i + 1, record["text"]) for i, record in enumerate(records)]


def test_a_malformed_element_ends_a_list_in_view(tmp_path: Path) -> None:
    items = told(tmp_path / "a.json", '[{"text": "One."}, 5, {"text": oops}, {"text": "Lost."}]')
    assert [row for row, _ in items] == [1, 2, 3]
    assert items[1][1] == "not an object: a JSON int"
    assert items[2][1].startswith("not valid JSON, nor readable from here to the end of the file")


def test_one_object_over_several_lines_is_one_record(tmp_path: Path) -> None:
    assert told(tmp_path / "a.json", '{\n "text": "One."\n}\n') == [(1, "One.")]


def test_an_object_without_text_is_rejected_with_its_keys(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"status": "ok", "articles": []}')
    (tmp_path / "b.txt").write_text("The harbour was closed.")
    rejected, _ = read_articles(tmp_path)
    assert isinstance(rejected, RejectedRecord) and rejected.reason.startswith("no text column: found status, articles")


@pytest.mark.parametrize("levels", [60, 400, 900])
@pytest.mark.parametrize("brackets", [("[", "]"), ('{"name": ', "}")])
def test_a_text_that_is_nested_too_deeply_is_rejected_alone(
    levels: int, brackets: tuple[str, str], tmp_path: Path
) -> None:
    opened, closed = brackets
    records = [f'{{"text": {opened * levels}"One."{closed * levels}}}', '{"text": "Two.", "url": "x"}']
    for name, content in (("a.jsonl", "\n".join(records)), ("a.json", f"[{','.join(records)}]")):
        (_, first), second = told(tmp_path / name, content)
        assert first.startswith("nested too deeply") and second == (2, "Two.")
        report = inspect_inputs(tmp_path / name)[0]
        assert (report.n_records, report.n_rejected) == (2, 1)


@pytest.mark.parametrize("field", ["title", "date", "outlet", "author", "url", "language"])
def test_other_values_that_are_nested_too_deeply_are_rejected_alone(field: str, tmp_path: Path) -> None:
    deep = "[" * 500 + "]" * 500
    content = f'{{"text": "One.", "{field}": {deep}}}\n{{"text": "Two."}}'
    (_, first), second = told(tmp_path / "a.jsonl", content)
    assert first.startswith("nested too deeply") and second == (2, "Two.")


def test_an_element_beyond_what_python_takes_costs_no_other(tmp_path: Path) -> None:
    for odd in ("[" * 5_000 + "]" * 5_000, '{"text": ' + "9" * 5_000 + "}", "9" * 5_000):
        items = told(tmp_path / "a.json", f'[{{"text": "One."}}, {odd}, {{"text": "Three."}}]')
        assert [row for row, _ in items] == [1, 2, 3]
        assert items[1][1].startswith("not valid JSON: ") and items[2][1] == "Three."


@pytest.mark.parametrize(
    "content",
    [
        '[{"text": "One."}, {"text": "Two."}]\n[{"text": "Three."}]',
        '[{"text": "One."}], {"text": "Two."}, {"text": "Three."}',
        '{"text": "One."}\n[{"text": "Two."}, {"text": "Three."}]',
        '[{"text": "One."}][]\n[{"text": "Two."}]\n[]{"text": "Three."}',
        '[{"text": "One."}, {"text": "Two."}, {"text": "Three."}]',
        '{\n  "text": "One."\n}\n{\n  "text": "Two."\n},\n{\n  "text": "Three."\n}\n',
        '{"text":\n"One."}\n{"text": "Two."}\n{"text": "Three."}\n',
    ],
)
@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_lists_and_objects_in_any_order_are_read_whole(name: str, content: str, tmp_path: Path) -> None:
    assert [text for _, text in told(tmp_path / name, content)] == ["One.", "Two.", "Three."]
    assert count_records(tmp_path / name) >= 2


def test_a_list_that_is_cut_off_between_records_is_told(tmp_path: Path) -> None:
    items = told(tmp_path / "a.json", '[{"text": "One."},\n{"text": "Two."},\n')
    assert items[2:] == [(3, "the list has no end: the file is perhaps cut off here")]


def test_the_true_reason_where_nothing_is_an_object(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("The harbour was closed.")
    (tmp_path / "a.jsonl").write_text('"One."\n5\n{"text": oops}\n')
    reasons = [item.reason for item in read_articles(tmp_path) if isinstance(item, RejectedRecord)]
    assert reasons == [
        "not an object: a JSON str",
        "not an object: a JSON int",
        "not valid JSON: Expecting value at character 10",
    ]


def test_an_object_in_the_place_of_a_text_is_told(tmp_path: Path) -> None:
    (_, first), _ = told(tmp_path / "a.jsonl", '{"text": {"0": "One.", "1": "Two."}}\n{"text": "Three."}')
    assert first == "no text: a list or an object stands in its place"


def test_a_list_of_many_small_values_is_read_in_linear_time(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(f'[{"1," * 200_000} {{"text": "Last."}}]')
    began = time.process_time()
    assert sum(1 for _ in read_articles(tmp_path / "a.json")) == 200_001
    assert time.process_time() - began < 10
