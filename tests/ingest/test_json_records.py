"""JSON Lines and lists: good records come back, malformed ones with their place."""

import json
from pathlib import Path

from analytics.article import Article
from analytics.ingest import RejectedRecord, read_articles
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
