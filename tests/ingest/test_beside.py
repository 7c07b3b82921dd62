"""What stands beside articles and above a header: left out, and said."""

from pathlib import Path

import pytest

from analytics.article import Article
from analytics.ingest import RejectedRecord, count_records, inspect_inputs, read_articles

PROSE = (
    "The council voted for a second dam on Monday, and the valley was split over it for years to come. It may hold for "
    "a hundred years, said Bo Lind, the engineer, who had come from Aldmoor to answer all questions on the spot."
)


@pytest.mark.parametrize(
    "name",
    ["README", "README.md", "readme.txt", "ReadMe_en.txt", "LICENSE", "licence.txt", "CHANGELOG.md", "codebook.txt"],
)
def test_a_readme_beside_articles_is_none(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("These are articles on a dam.")
    (tmp_path / "dam.txt").write_text("The dam may hold.")
    items = list(read_articles(tmp_path))
    (rejected,) = (item for item in items if isinstance(item, RejectedRecord))
    assert rejected.reason.startswith("is no article by its name") and len(items) == 2
    assert count_records(tmp_path) == 2


def test_a_readme_alone_is_what_was_given(tmp_path: Path) -> None:
    (tmp_path / "README.txt").write_text("The dam may hold.")
    assert isinstance(next(iter(read_articles(tmp_path))), Article)


@pytest.mark.parametrize(
    "table",
    [
        "doc_id,start,end,label,text\n1,0,4,PER,Brandt\n1,9,12,LOC,dam\n",
        "id,start_offset,end_offset,category,content\n1,0,4,PER,Brandt\n",
        "story,label,url\ndam-vote,a,x\ndam-vote,b,y\nbridge-shut,a,z\n",
        "article,code\na1,3\na2,4\na3,1\n",
        "id,label\n1,pro\n2,contra\n",
    ],
)
def test_a_table_of_labels_is_no_article(table: str, tmp_path: Path) -> None:
    (tmp_path / "labels.csv").write_text(table)
    (tmp_path / "dam.txt").write_text("The dam may hold.")
    article, rejected = read_articles(tmp_path)
    assert isinstance(article, Article) and isinstance(rejected, RejectedRecord)
    assert rejected.source_row is None and rejected.reason.startswith(
        ("no article: a table of labels", "no text column")
    )
    assert count_records(tmp_path) == 2


@pytest.mark.parametrize(
    "notes",
    [
        "Export of 12 March 2031\nQuery: dam\n\n",
        "Harbour archive;;\n;;\n",
        "# made by a search\n# 2 results\n",
        "sep=,\nHarbour archive\n",
        '"Search: dam, valley"\n',
        "Results for dam, 2031-03-12, all outlets\n\n",
    ],
)
def test_notes_above_a_header_are_passed_over_and_said(notes: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(notes + "title,text,date\nThe dam,It may hold.,2031-01-06\n")
    (article,) = read_articles(tmp_path / "a.csv")
    assert isinstance(article, Article) and (article.title, article.text) == ("The dam", "It may hold.")
    (report,) = inspect_inputs(tmp_path / "a.csv")
    assert report.notes and "notes above the header" in report.notes[0]


@pytest.mark.parametrize("sep", ["sep=;", "SEP=;", '"sep=;"', "\ufeffsep=;", "sep=;;;"])
def test_the_line_on_the_delimiter_is_passed_over(sep: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"{sep}\ntitle;text;date\nThe dam;It may hold, she said.;2031-01-06\n")
    (article,) = read_articles(tmp_path / "a.csv")
    assert isinstance(article, Article) and article.text == "It may hold, she said."


@pytest.mark.parametrize("name", ["c1", "Nachricht", "value", "q7"])
def test_a_text_is_found_by_what_its_column_holds(name: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        f'nr,{name},description,tag\n1,"{PROSE}",Short.,13/04/2031\n2,"{PROSE}",x,03/04/2031\n'
    )
    (report,) = inspect_inputs(tmp_path / "a.csv")
    assert report.columns == {"text": name, "published": "tag"} and report.by_content == ("text", "published")
    assert report.date_order == "day first" and report.n_duplicates == 1
    assert all(isinstance(item, Article) for item in read_articles(tmp_path / "a.csv"))
    assert count_records(tmp_path / "a.csv") == 2


@pytest.mark.parametrize(
    "table",
    [
        f'a,b\n"{PROSE}","{PROSE}"\n',
        f'nr,description\n1,"{PROSE}"\n',
        f'nr,c\n1,"{PROSE[:80]}"\n',
        "nr,c\n1,\n",
    ],
)
def test_where_contents_do_not_tell_nothing_is_guessed(table: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(table)
    (tmp_path / "b.txt").write_text("The dam may hold.")
    rejected, _ = read_articles(tmp_path)
    assert isinstance(rejected, RejectedRecord) and rejected.reason.startswith("no text column")


@pytest.mark.parametrize(
    ("dates", "order"),
    [
        (["03/04/2031", "13/04/2031"], "day first"),
        (["9/5/31 10:15", "9/13/31"], "month first"),
        (["03/04/2031", "05/06/2031"], "undecided: no value says which is the day"),
        (["13/04/2031", "04/13/2031", "03/04/2031"], "undecided: some values have the day first, others the month"),
        (["2031-04-03", "13 April 2031"], None),
    ],
)
def test_a_report_says_how_days_and_months_are_read(dates: list[str], order: str | None, tmp_path: Path) -> None:
    rows = "".join(f"The dam may hold.,{date}\n" for date in dates)
    (tmp_path / "a.csv").write_text(f"text,date\n{rows}")
    (report,) = inspect_inputs(tmp_path / "a.csv")
    assert report.date_order == order
