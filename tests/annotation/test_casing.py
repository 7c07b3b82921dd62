"""Texts in capitals, lower case and Title Case get the case of prose, letter by letter."""

import pytest

from analytics.annotation.casing import recase
from analytics.article import Article

pytestmark = pytest.mark.model


def recased(text: str, title: str | None = None) -> str:
    return recase(Article(article_id="a", text=text, title=title)).text


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Greta Holm Slams Tom Reiner Over Pool", "It rained.", "Greta Holm slams Tom Reiner over pool"),
        ("Keller Rejects Price Rise", "The price did not suit Ada Keller.", "Keller rejects price rise"),
        ("NATO Chief Warns Russia of Delay", "It rained.", "NATO chief warns Russia of delay"),
        ("Mayor Resigns as Harbour Party Wins", "The Harbour Party won.", "Mayor resigns as Harbour Party wins"),
        ("LORD KELL QUITS OVER DAM", "Lord Kell quit.", "Lord Kell quits over dam"),
    ],
)
def test_a_headline_keeps_capitals_for_names(title: str, text: str, expected: str) -> None:
    assert recased(text, title).split("\n")[0] == expected


def test_usual_case_is_left_alone() -> None:
    text = "Greta Holm told the BBC that the pool would close in May."
    assert recase(Article(article_id="a", text=text, title="Pool to close, says Holm")).flags == ()
    assert recased(text, "Pool to close, says Holm").endswith(text)


@pytest.mark.parametrize(
    "text", ["STRASSE UND ŉ İSTANBUL SIND NICHT HIER, SAGTE ER GESTERN.", "ß" * 40, "A B C D E F", ""]
)
def test_no_letter_is_lost(text: str) -> None:
    assert len(recased(text)) == len(text)


def test_doubts_are_told() -> None:
    assert recase(Article(article_id="a", text="THE POOL WILL CLOSE, THE MAYOR SAID.")).flags == (
        "text in capitals, read in usual case",
    )
    run_on = "the mayor said the pool would close nobody came to the hall the vote is next week " * 3
    assert "hardly any punctuation" in recase(Article(article_id="a", text=run_on)).flags
