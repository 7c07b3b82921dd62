"""Tables and JSON that are named as plain text are read as what they are; prose stays prose."""

import json
from pathlib import Path

import pytest

from analytics.article import Article
from analytics.ingest import inspect_inputs, read_articles

TEXT = "The dam may hold, said Ada Brandt."


@pytest.mark.parametrize(
    ("content", "format"),
    [
        (f"title\ttext\tdate\nDam\t{TEXT}\t2031-01-06\n", "csv"),
        (f'title,text,date\nDam,"{TEXT}",2031-01-06\n', "csv"),
        (f"sep=;\ntitle;text;date\nDam;{TEXT};2031-01-06\n", "csv"),
        (f"Headline|Body|Date\nDam|{TEXT}|2031-01-06\n", "csv"),
        (json.dumps([{"title": "Dam", "text": TEXT, "date": "2031-01-06"}]), "json"),
        (json.dumps({"articles": [{"title": "Dam", "text": TEXT, "date": "2031-01-06"}]}), "jsonl"),
        (json.dumps({"title": "Dam", "text": TEXT, "date": "2031-01-06"}) + "\n", "jsonl"),
        (json.dumps({"title": "Dam", "text": TEXT, "date": "2031-01-06"}, indent=1), "json"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_tables_and_json_named_as_text(content: str, format: str, encoding: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(content, encoding=encoding)
    (article,) = read_articles(tmp_path / "a.txt")
    assert isinstance(article, Article) and (article.title, article.text) == ("Dam", TEXT)
    assert str(article.published).startswith("2031-01-06")
    assert inspect_inputs(tmp_path / "a.txt")[0].format in (format, "json")


@pytest.mark.parametrize(
    "prose",
    [
        "Text, title and date are all that an article needs.\n\nAda Brandt said so.",
        "Title: Dam\nSource: Harbour Post\n\nThe dam may hold, said Ada Brandt.",
        "{The dam} may hold.\n\nIt may not.",
        "[Aldmoor] The dam may hold.",
        "The dam, the text, the date.\nIt may hold.",
        "source, date\n\nThe dam may hold.",
    ],
)
def test_prose_stays_prose(prose: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(prose)
    assert inspect_inputs(tmp_path / "a.txt")[0].format == "text"
