"""What is read of a page: its characters, whatever is said of them, and its article."""

from __future__ import annotations

import time

import pytest
from loopback_web import article

from analytics.fetch.charsets import read_characters
from analytics.fetch.extraction import Extraction
from analytics.fetch.pages import Page

DAM = "https://harbour.example/dam"
TEXT = "The dam may hold until spring, Ada Brandt said on Monday, and the council’s café agreed with every word of it."


@pytest.mark.parametrize(
    ("body", "said", "doubt"),
    [
        (TEXT.encode(), "text/html; charset=utf-8", None),
        (TEXT.encode(), "text/html", None),
        (TEXT.encode(), "text/html; charset=iso-8859-1", "encoding said to be cp1252, read as utf-8"),
        (TEXT.encode("cp1252"), "text/html; charset=iso-8859-1", None),
        (TEXT.encode("cp1252"), "text/html; charset=utf-8", "encoding said to be utf-8, read as cp1252"),
        (TEXT.encode("cp1252"), 'text/html; charset="no-such-thing"', None),
        (TEXT.encode("cp1252"), "text/html; charset=utf-7", None),
        (TEXT.encode("cp1252"), "text/html; charset=idna", None),
        (TEXT.encode("utf-16"), "text/html; charset=utf-8", None),
        (TEXT.encode("utf-8-sig"), "text/html; charset=cp1252", None),
        (b"<meta charset='windows-1252'>" + TEXT.encode("cp1252"), "text/html", None),
    ],
)
def test_characters(body: bytes, said: str, doubt: str | None) -> None:
    text, found = read_characters(body, said)
    assert text.endswith(TEXT) and found == doubt


def test_bytes_that_are_nothing_become_text_all_the_same() -> None:
    text, _ = read_characters(bytes(range(256)) * 20, "text/html; charset=utf-8")
    assert isinstance(text, str) and text


HEAD = (
    "<meta property='article:published_time' content='2021-01-06T10:15:00+01:00'>"
    "<meta name='author' content='Ada Brandt'>"
    '<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"NewsArticle",'
    '"datePublished":"2021-01-05","dateModified":"2021-01-07T08:00:00Z","isAccessibleForFree":"False"}]}</script>'
)


def test_an_article(extraction: Extraction) -> None:
    page = extraction.read(article("The dam may hold", TEXT, TEXT.replace("dam", "bridge"), head=HEAD), DAM)
    assert page == Page(
        text=f"{TEXT}\n\n{TEXT.replace('dam', 'bridge')}",
        title="The dam may hold",
        published="2021-01-06T09:15:00+00:00",
        modified="2021-01-07T08:00:00+00:00",
        outlet="Harbour Post",
        author="Ada Brandt",
        language="en",
        doubts=("behind a paywall: perhaps only its beginning",),
    )


def test_a_date_is_not_guessed(extraction: Extraction) -> None:
    page = extraction.read(article("The dam may hold", TEXT, f"On 3 March 2019 it broke. {TEXT}"), DAM)
    assert page.reason is None and page.published is None


@pytest.mark.parametrize(
    ("source", "url", "reason"),
    [
        ("", DAM, "no page: nothing that can be read"),
        ("<html><body></body></html>", DAM, "no article: hardly any text in the page"),
        (article("The dam", "Too short."), DAM, "no article: hardly any text in the page"),
        (
            article("News", TEXT, head="<link rel='alternate' type='application/rss+xml' href='/feed'>"),
            "https://harbour.example/",
            "no article: a home page; its feeds: /feed",
        ),
        (
            article("Wait", "Please enable JavaScript and cookies in your browser to continue reading this page. " * 2),
            DAM,
            "no article: a notice to the browser",
        ),
        ("a" * (6 << 20), DAM, "no page: more than 5 MB of it"),
    ],
)
def test_pages_without_an_article(extraction: Extraction, source: str, url: str, reason: str) -> None:
    assert extraction.read(source, url).reason == reason


def test_a_page_that_takes_too_long_is_ended_and_the_next_is_read(
    extraction: Extraction, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = f"<html><body><article><p>{'<span>a</span>' * 100_000}</p></article></body></html>"
    assert extraction.read(article("The dam", TEXT), DAM).reason is None
    with monkeypatch.context() as patch:
        patch.setattr(extraction, "seconds", 0.5)
        began = time.monotonic()
        assert extraction.read(slow, DAM).reason == "no page: not read within 0.5 seconds"
        assert time.monotonic() - began < 3
    assert extraction.read(article("The dam", TEXT), DAM).reason is None
