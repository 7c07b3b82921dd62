"""HTML in fields: tags go, words and paragraphs stay, and the article says so."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.article import Article
from analytics.ingest import read_articles
from analytics.ingest.markup import without_markup


def read(text: str, folder: Path, *, title: str = "") -> Article:
    quoted = (value.replace('"', '""') for value in (title, text))
    (folder / "a.csv").write_text('title,text\n"{}","{}"\n'.format(*quoted))
    (article,) = read_articles(folder / "a.csv")
    assert isinstance(article, Article)
    return article


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>The dam.</p><p>It may hold.</p>", "The dam.\n\nIt may hold."),
        ("The dam.<br>It may hold.<br/>It may not.", "The dam.\nIt may hold.\nIt may not."),
        ("<div><h2>The dam</h2><p>It <b>may</b> <i>hold</i>.</p></div>", "The dam\n\nIt may hold."),
        ('<p class="a">The <a href="https://x.example/?a=1&amp;b=2">dam</a> may hold.</p>', "The dam may hold."),
        ("<p>The dam.</p><script>var a = '<p>x</p>';</script><p>It may hold.</p>", "The dam.\n\nIt may hold."),
        ("<style>p { color: red }</style><p>The dam.</p>", "The dam."),
        ("<p>The dam.</p><!-- <p>no</p> --><p>It may hold.</p>", "The dam.\n\nIt may hold."),
        (
            "<p>&quot;It may hold,&quot; she said. It costs &lt;5m &euro;.</p>",
            '"It may hold," she said. It costs <5m €.',
        ),
        ("&lt;p&gt;The dam.&lt;/p&gt;&lt;p&gt;It may hold.&lt;/p&gt;", "The dam.\n\nIt may hold."),
        ("<ul><li>The dam</li><li>The bridge</li></ul>", "The dam\n\nThe bridge"),
        ("<P>THE DAM.</P>\n<P>It may hold.</P>", "THE DAM.\n\nIt may hold."),
        ("<p>The dam.</p><script>never closed, it may hold.", "The dam.\n\nnever closed, it may hold."),
        ('<figure><img src="a.jpg"><figcaption>The dam.</figcaption></figure>It may hold.', "The dam.\n\nIt may hold."),
        ("<html><head><title>x</title></head><body><p>The dam.</p></body></html>", "The dam."),
    ],
)
def test_tags_go_and_paragraphs_stay(text: str, expected: str, tmp_path: Path) -> None:
    article = read(text, tmp_path)
    assert article.text == expected and "HTML removed" in article.flags


@pytest.mark.parametrize(
    "text",
    [
        "The dam is <5m high & a < b > c.",
        "He wrote <sic> here.",
        "A <3 for the dam.",
        "x<y and y>z",
        "<Ada Brandt> hello",
    ],
)
def test_what_is_no_tag_stays(text: str, tmp_path: Path) -> None:
    article = read(text, tmp_path)
    assert article.text == text and article.flags == ()


def test_titles_lose_their_tags_too(tmp_path: Path) -> None:
    assert read("The dam may hold.", tmp_path, title="<b>Dam</b> &amp; sea").title == "Dam & sea"


@given(
    st.lists(st.sampled_from(["<p>", "</p>", "<script>", "</script>", "<!--", "-->", "<", ">", "word ", "&lt;b&gt;"]))
)
def test_no_markup_raises_and_words_outside_scripts_stay(pieces: list[str]) -> None:
    found, _ = without_markup("".join(pieces))
    if not {"<script>", "<!--"} & set(pieces):
        assert found.count("word") == pieces.count("word ")


@pytest.mark.parametrize("piece", ["<p ", "<script>", "<!--", "&lt;a ", "<a href='", "</script", "<p>", "&lt;p&gt;"])
def test_odd_markup_takes_linear_time(piece: str) -> None:
    began = time.process_time()
    without_markup(piece * 100_000)
    assert time.process_time() - began < 5
