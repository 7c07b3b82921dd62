"""From records to articles: ids, metadata, dates, columns, and what is said when nothing can be read."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from analytics.article import Article
from analytics.errors import InputError
from analytics.ingest import RejectedRecord, read_articles

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))


def articles(path: Path, **options: Any) -> list[Article]:
    items = list(read_articles(path, **options))
    assert all(isinstance(item, Article) for item in items), items
    return [item for item in items if isinstance(item, Article)]


def table(path: Path, text: str, *, name: str = "news.csv") -> Path:
    (path / name).write_text(text, encoding="utf-8")
    return path / name


def lines(path: Path, *records: object) -> Path:
    return table(path, "\n".join(json.dumps(record) for record in records), name="news.jsonl")


def test_the_seeds_date_is_read_and_not_part_of_the_text() -> None:
    agency, rewrite = (articles(path)[0] for path in SEEDS)
    assert agency.published == datetime(2025, 9, 5, tzinfo=UTC)
    assert agency.date_source == "inline"
    assert agency.text.startswith("Russian President")
    assert rewrite.published is None and rewrite.date_source is None
    assert rewrite.text.startswith("Russian President")
    assert {agency.title, agency.outlet, rewrite.title, rewrite.outlet} == {None}


def test_a_row_becomes_an_article(tmp_path: Path) -> None:
    file = table(
        tmp_path,
        "Headline, Publish Date ,media_name,BODY,link,byline,lang,id\n"
        " Harbour  closed ,2022-01-05,The Post,The harbour&#39;s shut.,"
        "https://example.org/a?b=1&amp;c=2,A. Writer,en,7\n",
    )
    assert articles(file) == [
        Article(
            article_id=articles(file)[0].article_id,
            text="The harbour's shut.",
            title="Harbour closed",
            outlet="The Post",
            published=datetime(2022, 1, 5, tzinfo=UTC),
            date_source="column",
            url="https://example.org/a?b=1&amp;c=2",
            author="A. Writer",
            language="en",
            source_file=file.as_posix(),
            source_row=1,
        )
    ]


def test_missing_values_stay_missing(tmp_path: Path) -> None:
    (article,) = articles(table(tmp_path, "text,title,outlet,date,author\nThe harbour closed.,,nan,NULL,None\n"))
    assert (article.title, article.outlet, article.published, article.date_source, article.author) == (None,) * 5


def test_ids_depend_on_content_and_count_repetitions(tmp_path: Path) -> None:
    rows = "text,title,date\nSame.,A,2022-01-01\nSame.,B,2022-01-01\nSame.,A,2022-01-02\nSame.,A,\n"
    ids = [article.article_id for article in articles(table(tmp_path, rows))]
    assert ids[2:] == [f"{ids[0]}-2", f"{ids[0]}-3"]
    assert ids[0] != ids[1]
    assert len(ids[0]) == 12 and int(ids[0], 16) >= 0
    assert [article.article_id for article in articles(tmp_path / "news.csv")] == ids


def test_the_same_file_given_twice_is_read_once(tmp_path: Path) -> None:
    file = table(tmp_path, "text\nThe harbour closed.\n")
    assert len(list(read_articles([file, tmp_path, str(file)]))) == 1


def test_a_column_settles_the_order_of_day_and_month(tmp_path: Path) -> None:
    european = articles(table(tmp_path, "text,date\na,03/04/2022\nb,31/01/2022\n"))
    american = articles(table(tmp_path, "text,date\na,03/04/2022\nb,01/31/2022\n"))
    assert [a.published and a.published.month for a in european] == [4, 1]
    assert [a.published and a.published.month for a in american] == [3, 1]


@pytest.mark.parametrize("others", [[], ["05/06/2022"], ["31/01/2022", "01/31/2022"]])
def test_an_unsettled_order_is_not_guessed(others: list[str], tmp_path: Path) -> None:
    first = articles(table(tmp_path, "text,date\n" + "".join(f"a,{date}\n" for date in ["03/04/2022", *others])))[0]
    assert first.published is None
    assert first.date_source == "ambiguous: 03/04/2022"


def test_an_impossible_date_keeps_the_article_and_shows_the_doubt(tmp_path: Path) -> None:
    (article,) = articles(table(tmp_path, "text,date\na,31/02/2022\n"))
    assert article.published is None
    assert article.date_source == "unreadable: 31/02/2022"


def test_an_inline_date_counts_where_the_column_has_none(tmp_path: Path) -> None:
    both, inline = articles(
        table(tmp_path, "text,date\ndate 2022-01-05 The harbour.,2022-01-06\ndate 2022-01-05 The harbour.,\n")
    )
    assert both.text == inline.text == "The harbour."
    assert (both.published and both.published.day, both.date_source) == (6, "column")
    assert (inline.published and inline.published.day, inline.date_source) == (5, "inline")


def test_keys_of_json_objects_may_vary(tmp_path: Path) -> None:
    first, second, third = articles(
        lines(
            tmp_path,
            {"text": "One.", "source": {"id": None, "name": "The Post"}, "date": 1643623200},
            {"Body": "Two.", "authors": ["A. Writer", "B. Writer"], "url": None},
            {"content": ["First paragraph.", "Second."], "date": 1643623200000},
        )
    )
    assert (first.outlet, second.author, third.text) == (
        "The Post",
        "A. Writer, B. Writer",
        "First paragraph.\n\nSecond.",
    )
    assert first.published == third.published == datetime(2022, 1, 31, 10, tzinfo=UTC)


def test_a_record_without_text_is_rejected_with_its_title(tmp_path: Path) -> None:
    file = lines(tmp_path, {"text": "One."}, {"title": "No text here"}, {"text": " \u200b\n"}, {"text": None})
    rejected = [item for item in read_articles(file) if isinstance(item, RejectedRecord)]
    assert [(item.source_row, item.reason) for item in rejected] == [
        (2, "empty text"),
        (3, "empty text"),
        (4, "empty text"),
    ]
    assert rejected[0].preview == "No text here"


def test_a_table_without_a_text_column_is_rejected_with_the_remedy(tmp_path: Path) -> None:
    table(tmp_path, "id,kommentar\n1,x\n", name="a.csv")
    table(tmp_path, "text\nThe harbour.\n", name="b.csv")
    rejected, article = read_articles(tmp_path)
    assert rejected == RejectedRecord(
        source_file=(tmp_path / "a.csv").as_posix(),
        source_row=None,
        reason="no text column: found id, kommentar; name it with --column text=NAME",
    )
    assert isinstance(article, Article)


def test_a_table_without_rows_is_not_passed_over_silently(tmp_path: Path) -> None:
    table(tmp_path, "text\n", name="a.csv")
    table(tmp_path, "text\nThe harbour.\n", name="b.csv")
    empty, _ = read_articles(tmp_path)
    assert isinstance(empty, RejectedRecord) and empty.reason == "holds no records"


def test_columns_override_the_common_names(tmp_path: Path) -> None:
    file = table(tmp_path, "text,Artikel,title\nsummary,The harbour.,x\n")
    (article,) = articles(file, columns={"text": "artikel"})
    assert article.text == "The harbour."


def test_an_override_counts_only_in_the_files_that_have_its_column(tmp_path: Path) -> None:
    table(tmp_path, "text,artikel\nsummary,The harbour.\n", name="a.csv")
    table(tmp_path, "text\nThe bridge.\n", name="b.csv")
    table(tmp_path, "Title: text\nThe tunnel.", name="c.txt")
    texts = [article.text for article in articles(tmp_path, columns={"text": "artikel"})]
    assert texts == ["The harbour.", "The bridge.", "The tunnel."]


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"title": "Heading"}, "no column 'Heading', did you mean 'headings'?; found: text, headings"),
        ({"title": "zzz"}, "no column 'zzz'; found: text, headings"),
        ({"titel": "text"}, "no field 'titel', did you mean 'title'?"),
    ],
)
def test_an_unknown_column_or_field_is_an_error_at_once(columns: dict[str, str], message: str, tmp_path: Path) -> None:
    file = table(tmp_path, "text,headings\na,b\n")
    with pytest.raises(InputError) as raised:
        read_articles(file, columns=columns)
    assert message in str(raised.value)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("no/such.csv", "no/such.csv does not exist"),
        ("https://example.org/news.csv", "is an address, not a file"),
        (Path("https://example.org/news.csv"), "is an address, not a file"),
        ([], "no files in the inputs"),
    ],
)
def test_inputs_that_cannot_be_are_errors_at_once(given: str | Path | list[str], message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_articles(given)


def test_a_folder_without_files_is_an_error(tmp_path: Path) -> None:
    (tmp_path / ".hidden").write_text("x")
    with pytest.raises(InputError, match="no files in"):
        read_articles(tmp_path)


def test_where_no_article_can_be_read_the_last_word_is_an_error(tmp_path: Path) -> None:
    items = read_articles(table(tmp_path, "%PDF-1.7", name="report.csv"))
    assert isinstance(next(items), RejectedRecord)
    with pytest.raises(InputError, match=r"report\.csv: is a damaged or cut off PDF"):
        next(items)


def test_a_file_that_breaks_off_keeps_what_was_read(tmp_path: Path) -> None:
    data = "title,text\r\nA,The harbour.\r\nB,The bridge.\r\n".encode("utf-16")
    (tmp_path / "a.csv").write_bytes(data + b"x" * 400_001)
    (tmp_path / "b.txt").write_text("The tunnel.")
    items = list(read_articles(tmp_path))
    assert isinstance(items[-1], Article) and items[-1].text == "The tunnel."
    assert any(isinstance(item, RejectedRecord) for item in items[:-1])
