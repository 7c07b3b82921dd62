"""Delimiters, quoting, and what remains of a table after a broken row."""

import csv
from pathlib import Path

import pytest

from analytics.article import Article
from analytics.ingest import RejectedRecord, count_records, inspect_inputs, read_articles
from analytics.ingest import delimited as module


def read(path: Path, content: str) -> list[Article | RejectedRecord]:
    (path / "news.csv").write_text(content, encoding="utf-8", newline="")
    return list(read_articles(path))


def told(items: list[Article | RejectedRecord]) -> list[str]:
    return [item.text if isinstance(item, Article) else f"{item.source_row}: {item.reason}" for item in items]


@pytest.mark.parametrize(
    ("content", "delimiter"),
    [
        ("title,text\nA; B,Yes; no.\n", ","),
        ("title;text\nA, B;Yes; no.\n".replace("; no", ", no"), ";"),
        ("title\ttext\nA, B\tYes, no; maybe.\n", "\t"),
        ("title|text\nA, B|Yes, no.\n", "|"),
        ("id,x;text;y, z\n1;Yes, no.;3\n", ";"),
        ("text\nYes.\n", ","),
        ("title, text\nA, Yes.\n", ","),
    ],
)
def test_the_delimiter_is_found(content: str, delimiter: str, tmp_path: Path) -> None:
    (item,) = read(tmp_path, content)
    assert isinstance(item, Article) and item.text.startswith("Yes")
    assert inspect_inputs(tmp_path)[0].delimiter == delimiter


def test_marks_are_kept_where_a_table_does_not_quote(tmp_path: Path) -> None:
    items = read(tmp_path, 'title\ttext\n"Yes"\t"We will," she said. "Soon."\nB\tPlain.\n')
    assert told(items) == ['"We will," she said. "Soon."', "Plain."]


def test_marks_escaped_with_a_backslash_are_read(tmp_path: Path) -> None:
    items = read(tmp_path, 'title,text\nA,"She said \\"no\\", twice."\nB,"Plain."\n')
    assert told(items) == ['She said "no", twice.', "Plain."]


BROKEN_QUOTING = "broken quoting: a quotation mark is not closed, or stands undoubled inside a quoted field"


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ("B,x,y,2022-01-02\n", "wrong number of fields: 4 instead of 3, line 3"),
        ("B\n", "wrong number of fields: 1 instead of 3, line 3"),
        ('B,"never closed,2022-01-02\n', f"{BROKEN_QUOTING}, line 3"),
        ('B,"she said "no" twice",2022-01-02\n', f"{BROKEN_QUOTING}, line 3"),
        ('B,"two\nlines, of ""text"", here",x,2022-01-02\n', "wrong number of fields: 4 instead of 3, lines 3 to 4"),
        ('B,"two\nlines, of "text", here",2022-01-02\n', f"{BROKEN_QUOTING}, lines 3 to 4"),
        ('B,"an "odd" mark\none, two, three\nend",2022-01-02\n', f"{BROKEN_QUOTING}, lines 3 to 5"),
    ],
)
@pytest.mark.parametrize("after", ["C,Third.,2022-01-03\n", 'C,"Third.",2022-01-03\n', '"C","Third.","2022-01-03"\n'])
def test_a_broken_row_is_rejected_alone(broken: str, reason: str, after: str, tmp_path: Path) -> None:
    last = 'D,"One line\nand, with commas, another.",2022-01-04\n'
    items = read(tmp_path, f"title,text,date\nA,First.,2022-01-01\n{broken}{after}{last}")
    assert told(items) == ["First.", f"2: {reason}", "Third.", "One line\nand, with commas, another."]
    assert isinstance(items[1], RejectedRecord) and (items[1].preview or "").startswith("B")


def test_blank_lines_are_no_records(tmp_path: Path) -> None:
    assert [item.source_row for item in read(tmp_path, "text\n\nOne.\n\n\nTwo.\n\n")] == [1, 2]


def test_undecodable_bytes_reject_their_row_only(tmp_path: Path) -> None:
    (tmp_path / "news.csv").write_bytes(b"title,text\nA,First.\nB,x\xff\xfe\x81y\nC,caf\xc3\xa9\n")
    first, second, third = read_articles(tmp_path)
    assert isinstance(first, Article) and isinstance(third, Article) and third.text == "café"
    assert isinstance(second, RejectedRecord) and second.source_row == 2
    assert second.reason == "undecodable bytes: not utf-8 in column text"
    assert second.preview == r"x\xff\xfe\x81y"


def test_of_two_columns_of_one_name_the_first_counts(tmp_path: Path) -> None:
    assert told(read(tmp_path, "Text,text\nFirst.,Second.\n")) == ["First."]


def test_many_broken_rows_do_not_take_long(tmp_path: Path) -> None:
    items = read(tmp_path, "title,text\n" + 'A,"never closed\nB,Fine.\n' * 3000)
    assert told(items).count("Fine.") >= 2990


ABOVE = ["\n", "\r\n\r\n", " \t\n", ";;\n", ',,,\n"",""\n', "\n" * 50]


@pytest.mark.parametrize("above", ABOVE)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_blank_lines_above_a_header_are_passed_over(above: str, encoding: str, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    with file.open("w", encoding=encoding, newline="") as stream:
        stream.write(above + "title,text\nA,One.\nB\n\nC,Three.\n")
    one, two, three = read_articles(file)
    assert isinstance(one, Article) and (one.title, one.text, one.source_row) == ("A", "One.", 1)
    line = len(above.splitlines()) + 3
    assert isinstance(two, RejectedRecord) and two.reason == f"wrong number of fields: 1 instead of 2, line {line}"
    assert isinstance(three, Article) and three.source_row == 3
    assert count_records(file) == 3


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|", "^", "~"])
@pytest.mark.parametrize("line", ["sep={}\n", "SEP={}\r\n", '"sep={}"\n', "\n\nsep={}\n\n", "sep={},,\n"])
def test_what_a_spreadsheet_says_of_its_delimiter_counts(delimiter: str, line: str, tmp_path: Path) -> None:
    content = f"title{delimiter}text\nA{delimiter}One.\n"
    (tmp_path / "a.csv").write_text(line.format(delimiter) + content, newline="")
    (article,) = read_articles(tmp_path)
    assert isinstance(article, Article) and (article.title, article.text) == ("A", "One.")
    assert inspect_inputs(tmp_path)[0].delimiter == delimiter


@pytest.mark.parametrize("above", ["", "\n\n", "sep=,\n"])
@pytest.mark.parametrize("name", ["a.csv", "a"])
def test_a_header_may_be_long(name: str, above: str, tmp_path: Path) -> None:
    others = [f"column {i:06}" for i in range(30_000)]
    rows = [",".join([*others, "title", "text"]), ",".join(["x"] * 30_000 + ["A", "One."])]
    assert len(rows[0]) > module.SAMPLE_CHARACTERS
    (tmp_path / name).write_text(above + "\n".join(rows))
    (article,) = read_articles(tmp_path)
    assert isinstance(article, Article) and (article.title, article.text) == ("A", "One.")


def test_an_endless_header_and_an_endless_field_have_their_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SAMPLE_CHARACTERS", 100)
    monkeypatch.setattr(module, "MOST_FIELD_CHARACTERS", 300_000)
    limit = csv.field_size_limit(300_000)
    try:
        (tmp_path / "a.csv").write_text("x" * 1_000_000)
        (tmp_path / "b.csv").write_text(f"title,text\nA,{'x' * 400_000}\nB,Two.\n")
        header, field, two = read_articles(tmp_path)
    finally:
        csv.field_size_limit(limit)
    assert isinstance(header, RejectedRecord) and "first line has more than 300,000 characters" in header.reason
    assert isinstance(field, RejectedRecord) and field.reason.startswith("too long a field: more than 300,000")
    assert isinstance(two, Article) and two.text == "Two."
