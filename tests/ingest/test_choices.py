"""What a reader chooses: the order of dates; and lists of addresses, which are to be fetched first."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from analytics.article import Article
from analytics.cli import cli
from analytics.errors import InputError
from analytics.ingest import inspect_inputs, read_articles
from analytics.ingest.dates import DateOrder


def dates(path: Path, order: DateOrder | None) -> list[str]:
    items = [item for item in read_articles(path, date_order=order) if isinstance(item, Article)]
    return [f"{item.published:%Y-%m-%d}" if item.published else str(item.date_source) for item in items]


def table(tmp_path: Path, *values: str) -> Path:
    rows = "".join(f"The harbour was closed.;{value}\n" for value in values)
    (tmp_path / "news.csv").write_text(f"text;date\n{rows}")
    return tmp_path / "news.csv"


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (None, ["ambiguous: 03/04/2022", "ambiguous: 25-09-05", "ambiguous: 03.04.05", "2022-01-31"]),
        ("mdy", ["2022-03-04", "2005-09-25", "2005-03-04", "2022-01-31"]),
        ("dmy", ["2022-04-03", "2005-09-25", "2005-04-03", "2022-01-31"]),
        ("ymd", ["ambiguous: 03/04/2022", "2025-09-05", "2003-04-05", "2022-01-31"]),
    ],
)
def test_an_order_settles_what_is_ambiguous(order: DateOrder | None, expected: list[str], tmp_path: Path) -> None:
    assert dates(table(tmp_path, "03/04/2022", "25-09-05", "03.04.05", "31 January 2022"), order) == expected


def test_what_a_column_says_itself_counts_before_the_order(tmp_path: Path) -> None:
    assert dates(table(tmp_path, "03/04/2022", "31/01/2022"), "mdy") == ["2022-04-03", "2022-01-31"]


def test_the_command_line_takes_the_order_and_gives_it_on(tmp_path: Path) -> None:
    path = table(tmp_path, "03/04/2022", "05/06/2022")
    assert inspect_inputs(path)[0].date_order == "undecided: no value says which is the day"
    assert inspect_inputs(path, date_order="dmy")[0].date_order == "day first, as told"
    done = CliRunner().invoke(cli, ["inspect", str(path), "--date-order", "dmy"])
    assert done.exit_code == 0 and "--date-order dmy" in done.output and "2022-04-03 to 2022-06-05" in done.output
    with pytest.raises(InputError, match="no order of dates 'xyz'"):
        read_articles(path, date_order="xyz")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        (
            "a.csv",
            "stories_id,publish_date,title,url,media_name\n1,2031-01-06,Wall,https://a.example/1,Post\n",
            "Media Cloud's",
        ),
        ("a.csv", "URL,MobileURL,Date,Title,Domain\nhttps://a.example/1,,20310106T101500Z,Wall,a.example\n", "GDELT's"),
        ("a.csv", "title,url\nWall,https://a.example/1\n", "a list"),
        (
            "a.tsv",
            "410\t20310106\tHALSMER\thttps://a.example/1\n411\t20310106\tNORRBY\thttps://a.example/2\n",
            "a list",
        ),
    ],
)
def test_lists_of_addresses_are_offered_to_be_fetched(name: str, content: str, reason: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(InputError, match=f"no text column: {reason}.* of addresses without texts .*tellings fetch"):
        list(read_articles(tmp_path))


def test_a_text_of_nothing_but_addresses_is_no_article(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("https://a.example/1\n\nhttps://a.example/2\n")
    with pytest.raises(InputError, match="is a list of addresses without texts; get them with: tellings fetch"):
        list(read_articles(tmp_path))


def test_an_outlet_that_is_an_address_becomes_its_registered_domain(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("text,source\nThe wall,https://news.harbourpost.co.uk/a\nThe dam,www.abc.net.au\n")
    assert [item.outlet for item in read_articles(tmp_path) if isinstance(item, Article)] == [
        "harbourpost.co.uk",
        "abc.net.au",
    ]


def test_hardly_any_text_is_flagged(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Read more")
    (item,) = read_articles(tmp_path)
    assert isinstance(item, Article) and item.flags == ("hardly any text",)
