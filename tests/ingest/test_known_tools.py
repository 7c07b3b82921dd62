"""JSON of crawlers, services and databases: read by field, whatever stands around it."""

import json
from pathlib import Path
from typing import Any

import pytest

from analytics.article import Article
from analytics.ingest import RejectedRecord, count_records, inspect_inputs, read_articles

TEXT = "The dam may hold, said Ada Brandt. The valley is split over it."
URL = "https://www.harbourpost.example/2031/dam"


def read(folder: Path, value: Any, *, name: str = "a.json", lines: bool = False) -> list[Article | RejectedRecord]:
    written = "\n".join(map(json.dumps, value)) if lines else json.dumps(value)
    (folder / name).write_text(written)
    return list(read_articles(folder / name))


def only(folder: Path, value: Any, **options: Any) -> Article:
    (item,) = read(folder, value, **options)
    assert isinstance(item, Article), item
    return item


# What tools write of one article: its fields, and what they must become beside the text.
RECORDS: dict[str, tuple[dict[str, Any], dict[str, str | None]]] = {
    "trafilatura": (
        {
            "title": "The dam",
            "author": "Ada Brandt; Bo Lind",
            "hostname": "harbourpost.example",
            "date": "2031-01-06",
            "comments": "A comment.",
            "raw_text": "Raw.",
            "text": TEXT,
            "source": URL,
            "source-hostname": "Harbour Post",
        },
        {"title": "The dam", "outlet": "Harbour Post", "url": URL, "author": "Ada Brandt; Bo Lind"},
    ),
    "trafilatura without a site's name": (
        {"date": "2031-01-06", "hostname": "harbourpost.example", "text": TEXT, "source": URL, "source-hostname": None},
        {"outlet": "harbourpost.example", "url": URL},
    ),
    "news-please": (
        {
            "authors": ["Ada Brandt", "Bo Lind"],
            "date_download": "2031-11-26 08:00:00",
            "date_publish": "2031-01-06 10:15:00",
            "description": "Short.",
            "maintext": TEXT,
            "source_domain": "harbourpost.example",
            "text": None,
            "title": "The dam",
            "url": URL,
        },
        {"title": "The dam", "outlet": "harbourpost.example", "author": "Ada Brandt, Bo Lind", "url": URL},
    ),
    "fundus": (
        {
            "title": "The dam",
            "body": {"summary": [], "sections": [{"headline": [], "paragraphs": TEXT.split(". ", 1)}]},
            "authors": ["Ada Brandt"],
            "publishing_date": "2031-01-06 10:15:00+01:00",
            "publisher": "Harbour Post",
            "html": {"requested_url": URL, "responded_url": URL, "content": "<html>"},
        },
        {"outlet": "Harbour Post", "url": URL, "author": "Ada Brandt"},
    ),
    "fundus, as plain text": (
        {"title": "The dam", "plaintext": TEXT, "publishing_date": "2031-01-06", "publisher": "Harbour Post"},
        {"title": "The dam", "outlet": "Harbour Post"},
    ),
    "newspaper4k": (
        {
            "url": URL,
            "title": "The dam",
            "authors": ["Ada Brandt"],
            "publish_date": "2031-01-06T10:15:00+01:00",
            "summary": "Short.",
            "meta_site_name": "Harbour Post",
            "meta_lang": "en",
            "text": TEXT,
        },
        {"outlet": "Harbour Post", "url": URL, "language": "en"},
    ),
    "newspaper3k": (
        {"url": URL, "source_url": "https://www.harbourpost.example", "publish_date": "2031-01-06", "text": TEXT},
        {"outlet": "harbourpost.example", "url": URL},
    ),
    "NewsAPI": (
        {
            "source": {"id": None, "name": "Harbour Post"},
            "author": "Ada Brandt",
            "title": "The dam",
            "description": "Short.",
            "url": URL,
            "publishedAt": "2031-01-06T10:15:00Z",
            "content": TEXT,
        },
        {"outlet": "Harbour Post", "url": URL, "author": "Ada Brandt"},
    ),
    "GNews": (
        {
            "title": "The dam",
            "content": TEXT,
            "url": URL,
            "image": "https://harbourpost.example/a.jpg",
            "publishedAt": "2031-01-06T10:15:00Z",
            "source": {"name": "Harbour Post", "url": "https://www.harbourpost.example"},
        },
        {"outlet": "Harbour Post", "url": URL},
    ),
    "Guardian": (
        {
            "id": "world/2031/jan/06/dam",
            "sectionName": "World news",
            "webPublicationDate": "2031-01-06T10:15:00Z",
            "webTitle": "The dam",
            "webUrl": URL,
            "fields": {
                "byline": "Ada Brandt",
                "body": f"<p>{TEXT}</p>",
                "bodyText": TEXT,
                "publication": "Harbour Post",
            },
        },
        {"title": "The dam", "outlet": "Harbour Post", "url": URL, "author": "Ada Brandt"},
    ),
    "New York Times": (
        {
            "abstract": "Short.",
            "web_url": URL,
            "lead_paragraph": TEXT,
            "source": "Harbour Post",
            "headline": {"main": "The dam", "kicker": None},
            "pub_date": "2031-01-06T10:15:00+0000",
            "byline": {"original": "By Ada Brandt", "person": []},
        },
        {"title": "The dam", "outlet": "Harbour Post", "url": URL, "author": "By Ada Brandt"},
    ),
    "newscatcher": (
        {
            "title": "The dam",
            "author": "Ada Brandt",
            "published_date": "2031-01-06 10:15:00",
            "link": URL,
            "clean_url": "harbourpost.example",
            "excerpt": "Short.",
            "summary": TEXT,
            "media": "https://harbourpost.example/a.jpg",
        },
        {"outlet": "harbourpost.example", "url": URL, "author": "Ada Brandt"},
    ),
    "newscatcher, third version": (
        {
            "title": "The dam",
            "published_date": "2031-01-06 10:15:00",
            "link": URL,
            "domain_url": "harbourpost.example",
            "name_source": "Harbour Post",
            "description": "Short.",
            "content": TEXT,
        },
        {"outlet": "Harbour Post", "url": URL},
    ),
    "Event Registry": (
        {
            "uri": "1",
            "lang": "eng",
            "date": "2031-01-06",
            "url": URL,
            "title": "The dam",
            "body": TEXT,
            "source": {"uri": "harbourpost.example", "dataType": "news", "title": "Harbour Post"},
            "authors": [{"uri": "x", "name": "Ada Brandt"}],
        },
        {"outlet": "Harbour Post", "url": URL, "author": "Ada Brandt", "language": "eng"},
    ),
    "schema.org": (
        {
            "@type": "NewsArticle",
            "headline": "The dam",
            "articleBody": TEXT,
            "datePublished": "2031-01-06T10:15:00Z",
            "publisher": {"@type": "Organization", "name": "Harbour Post"},
            "author": [{"@type": "Person", "name": "Ada Brandt"}],
            "url": URL,
        },
        {"title": "The dam", "outlet": "Harbour Post", "author": "Ada Brandt", "url": URL},
    ),
    "WordPress": (
        {"date": "2031-01-06T10:15:00", "link": URL, "title": {"rendered": "The dam"}, "content": {"rendered": TEXT}},
        {"title": "The dam", "url": URL},
    ),
    "a data set with its facts in a box": (
        {"text": TEXT, "meta": {"title": "The dam", "date": "2031-01-06", "source": "Harbour Post", "url": URL}},
        {"title": "The dam", "outlet": "Harbour Post", "url": URL},
    ),
    "pandas' flat columns": (
        {
            "source.name": "Harbour Post",
            "source.id": 1,
            "Published At": "2031-01-06",
            "Body Text": TEXT,
            "Web URL": URL,
        },
        {"outlet": "Harbour Post", "url": URL},
    ),
    "MongoDB": (
        {
            "_id": {"$oid": "ab"},
            "text": TEXT,
            "date": {"$date": {"$numberLong": "1925460900000"}},
            "source": ["Harbour Post"],
            "authors": [{"name": "Ada Brandt"}],
        },
        {"outlet": "Harbour Post", "author": "Ada Brandt"},
    ),
    "Elastic": (
        {"_index": "news", "_id": "1", "_source": {"title": "The dam", "content": TEXT, "published_at": "2031-01-06"}},
        {"title": "The dam"},
    ),
}


@pytest.mark.parametrize("tool", RECORDS)
@pytest.mark.parametrize("lines", [False, True])
def test_what_tools_write_is_read_by_field(tool: str, lines: bool, tmp_path: Path) -> None:
    record, expected = RECORDS[tool]
    article = only(tmp_path, [record], lines=lines)
    assert {name: getattr(article, name) for name in expected} == expected
    assert " ".join(article.text.split()).startswith("The dam may hold, said Ada Brandt")
    assert "Short." not in article.text and "<p>" not in article.text
    if tool != "WordPress":
        assert article.published is not None or not any("date" in key.lower() for key in record)
    assert article.published is None or article.published.date().isoformat() in ("2031-01-06",)


TWO = [{"title": "The dam", "text": TEXT, "url": "a"}, {"title": "The bridge", "text": "It is shut.", "url": "b"}]
WRAPPED: dict[str, Any] = {
    "articles": {"status": "ok", "totalResults": 2, "articles": TWO},
    "results in a response": {"response": {"status": "ok", "total": 2, "results": TWO}},
    "docs in a response": {"status": "OK", "response": {"docs": TWO, "meta": {"hits": 2}}},
    "data": {"pagination": {"total": 2}, "data": TWO},
    "hits": {
        "took": 1,
        "hits": {"total": {"value": 2}, "hits": [{"_id": n, "_source": each} for n, each in enumerate(TWO)]},
    },
    "results of articles": {"articles": {"results": TWO, "totalResults": 2}},
    "JSON Feed": {"version": "1.1", "title": "Harbour Post", "items": TWO},
    "JSON-LD": {"@context": "https://schema.org", "@graph": TWO},
    "one article in a response": {"response": {"status": "ok", "content": TWO[0]}, "results": TWO[1:]},
    "a list for each outlet": {"Harbour Post": TWO[:1], "Valley Herald": TWO[1:]},
    "a list for each outlet in a box": {"outlets": {"Harbour Post": TWO[:1], "Valley Herald": TWO[1:]}},
    "a key of one's own": {"exported": "2031-01-06", "harbour_corpus": TWO},
    "by column and row": {key: {str(n): each[key] for n, each in enumerate(TWO)} for key in TWO[0]},
    "by column": {key: [each[key] for each in TWO] for key in TWO[0]},
    "by row": {str(n): each for n, each in enumerate(TWO)},
    "by id": {"a1": TWO[0], "b2": TWO[1]},
    "split": {"columns": list(TWO[0]), "index": [0, 1], "data": [list(each.values()) for each in TWO]},
    "table": {"schema": {"fields": [{"name": "title"}], "pandas_version": "1.4.0"}, "data": TWO},
}


@pytest.mark.parametrize("shape", WRAPPED)
@pytest.mark.parametrize("indent", [None, 1])
def test_lists_are_taken_out_of_what_is_around_them(shape: str, indent: int | None, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(WRAPPED[shape], indent=indent))
    items = list(read_articles(tmp_path / "a.json"))
    assert [(item.source_row, item.title) for item in items if isinstance(item, Article)] == [
        (1, "The dam"),
        (2, "The bridge"),
    ]
    assert len(items) == count_records(tmp_path / "a.json") == 2


def test_pages_of_a_service_are_read_one_after_the_other(tmp_path: Path) -> None:
    pages = [{"articles": TWO[:1]}, {"articles": TWO[1:]}]
    for lines in (False, True):
        assert [item.title for item in read(tmp_path, pages, lines=lines) if isinstance(item, Article)] == [
            "The dam",
            "The bridge",
        ]


@pytest.mark.parametrize(
    "record",
    [
        {"title": "The dam", "text": ["It may hold.", "It may not."], "authors": ["Ada Brandt", "Bo Lind"]},
        {"text": TEXT, "comments": [{"text": "A reader's comment.", "title": "No"}], "title": "The dam"},
        {"title": "The dam", "text": TEXT, "related": [{"title": "x", "text": "y", "url": "z"}]},
        {"title": "The dam", "maintext": TEXT, "text": None, "items": [{"title": "x", "url": "z"}]},
        {"title": "The dam", "content": [{"type": "p", "text": TEXT}, {"type": "p", "text": "It may not."}]},
    ],
)
def test_an_article_that_holds_lists_is_one_article(record: dict[str, Any], tmp_path: Path) -> None:
    assert only(tmp_path, record).title == "The dam"
    assert only(tmp_path, [record]).title == "The dam"


def test_a_list_without_texts_is_told_by_its_own_columns(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("The harbour was closed.")
    (tmp_path / "a.json").write_text(json.dumps({"articles": [{"title": "The dam", "url": URL, "seendate": "2031"}]}))
    rejected, _ = read_articles(tmp_path)
    assert isinstance(rejected, RejectedRecord) and rejected.reason.startswith(
        "no text column: GDELT's list of addresses without texts (found title, url"
    )


@pytest.mark.parametrize(
    ("value", "outlet", "url"),
    [
        ("https://www.harbourpost.example/dam", "harbourpost.example", "https://www.harbourpost.example/dam"),
        ("http://harbourpost.example", "harbourpost.example", None),
        ("www.harbourpost.example", "harbourpost.example", None),
        ("https://m.harbourpost.example/", "harbourpost.example", None),
        ("news.harbourpost.example", "news.harbourpost.example", None),
        ("Harbour Post", "Harbour Post", None),
        ("Harbour.com", "Harbour.com", None),
        ("St. Aldmoor/Valley Herald", "St. Aldmoor/Valley Herald", None),
        ("{'id': None, 'name': 'Harbour Post'}", "Harbour Post", None),
        ('{"id": null, "name": "Harbour Post"}', "Harbour Post", None),
        ("[Harbour Post]", "[Harbour Post]", None),
        ("http://[x", "http://[x", None),
        ("", None, None),
    ],
)
def test_an_outlet_that_is_an_address_becomes_its_domain(
    value: str, outlet: str | None, url: str | None, tmp_path: Path
) -> None:
    article = only(tmp_path, [{"text": TEXT, "outlet": value}])
    assert (article.outlet, article.url) == (outlet, url)
    assert only(tmp_path, [{"text": TEXT, "outlet": value, "url": "https://a.example/b"}]).url == "https://a.example/b"


def test_authors_that_a_table_holds_as_a_list_are_names(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"text,authors\n\"{TEXT}\",\"['Ada Brandt', 'Bo Lind']\"\n")
    (article,) = read_articles(tmp_path / "a.csv")
    assert isinstance(article, Article) and article.author == "Ada Brandt, Bo Lind"


def test_a_lead_paragraph_alone_is_flagged(tmp_path: Path) -> None:
    record = {"headline": "The dam", "lead_paragraph": TEXT, "web_url": URL}
    assert only(tmp_path, [record]).flags == ("only a lead paragraph of the article",)
    assert only(tmp_path, [record | {"text": "The whole text. It may hold."}]).flags == ()


@pytest.mark.parametrize(
    "end", ["… [+2219 chars]", "... [2219 chars]", "[+12 characters]", "[+2,219 chars]", "… [+1 char]"]
)
def test_a_text_that_its_source_cut_off_is_kept_and_flagged(end: str, tmp_path: Path) -> None:
    article = only(tmp_path, [{"text": f"{TEXT} {end}"}])
    assert article.flags == ("text cut off by its source",) and article.text.endswith(end)


@pytest.mark.parametrize("box", ["annotations", "predictions", "completions"])
def test_tasks_of_an_annotation_tool_are_no_articles(box: str, tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("The harbour was closed.")
    (tmp_path / "a.json").write_text(json.dumps([{"id": 1, "data": {"text": TEXT}, box: []}]))
    rejected, article = read_articles(tmp_path)
    assert isinstance(rejected, RejectedRecord) and "Label Studio" in rejected.reason and isinstance(article, Article)


def test_a_report_names_the_columns_that_are_asked_in_turn(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps([RECORDS["trafilatura"][0]]))
    (report,) = inspect_inputs(tmp_path / "a.json")
    assert report.columns["outlet"] == "source" and report.alternatives["outlet"] == ("source-hostname", "hostname")
    assert report.outlets == {"Harbour Post": 1}
