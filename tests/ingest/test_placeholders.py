"""Texts that stand where an article's should: rejected, each with what it is; news that sounds like them is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from analytics.article import Article
from analytics.ingest import read_articles
from analytics.ingest.placeholders import LONGEST, REASONS, placeholder
from analytics.ingest.records import RejectedRecord
from analytics.knowledge.lexicon import load

PLACEHOLDERS = [
    ("removed", "[Removed]"),
    ("removed", "[deleted]"),
    ("removed", "This article has been removed at the request of its author."),
    ("removed", "REMOVED"),
    ("removed", "This page was taken down."),
    ("value", "n/a"),
    ("value", "null"),
    ("value", "None"),
    ("value", "No content available"),
    ("value", "Lorem ipsum dolor sit amet."),
    ("script", "Please enable JavaScript and cookies to continue."),
    ("script", "JavaScript is not available.\n\nPlease switch to a supported browser."),
    ("script", "You need to enable JavaScript to run this app."),
    ("script", "This page requires JavaScript."),
    ("script", "Your browser is not supported. Please upgrade your browser to read on."),
    ("blocker", "We noticed that you are using an ad blocker. Please switch it off to go on."),
    ("blocker", "Ad blocker detected"),
    ("blocker", "Please disable your adblocker."),
    ("blocker", "It looks like you use an ad-blocker!"),
    ("blocker", "Turn off your ad blocker to read this page."),
    ("cookies", "We use cookies to improve your experience."),
    ("cookies", "This website uses cookies. Accept all cookies?"),
    ("cookies", "We and our partners use cookies to store data."),
    ("cookies", "Cookie settings"),
    ("cookies", "Manage your privacy preferences"),
    ("error", "403 Forbidden"),
    ("error", "404 Not Found"),
    ("error", "Access Denied\n\nYou don't have permission to access this page.\n\nReference #18.5e"),
    ("error", "Sorry, the page you are looking for cannot be found."),
    ("error", "Something went wrong. Please try again."),
    ("error", "502 Bad Gateway"),
    ("subscribe", "Subscribe to read the full story."),
    ("subscribe", "Sign in to continue reading."),
    ("subscribe", "This article is only available to subscribers."),
    ("subscribe", "You have reached your limit of free articles. Subscribe to continue."),
    ("subscribe", "Please log in to view this page."),
    ("robot", "Are you a robot?"),
    ("robot", "Just a moment..."),
    ("robot", "Checking your browser before you go on. This takes some seconds."),
    ("robot", "Please verify you are a human."),
    ("robot", "Our systems have detected unusual traffic from your network."),
]
NEWS = [
    "The council removed the statue.",
    "The ministry denied him access to the files, Oren Tash said.",
    "Ada Brandt sold cookies at the fair.",
    "The town must learn JavaScript, the mayor said.",
    "Robots will pick the apples.",
    "A page of the treaty was not found.",
    "403 people were rescued.",
    "Subscribers left the paper in droves.",
    "Nothing happened.",
    "Error after error cost the team the match.",
    "The court is not available to the poor, Ada Brandt said.",
    "Continued rain floods Velm.",
]


@pytest.mark.parametrize(("label", "text"), PLACEHOLDERS)
def test_what_is_no_text_is_told(label: str, text: str) -> None:
    assert placeholder(text) == f"no text but {REASONS[label]}"


@pytest.mark.parametrize("text", NEWS)
def test_short_news_is_taken(text: str) -> None:
    assert placeholder(text) is None


def test_an_article_may_begin_like_a_placeholder() -> None:
    text = "Page not found. " + "The library of Velm has lost a page of its oldest book, nobody knows how. " * 12
    assert len(text) > LONGEST and placeholder(text) is None
    assert placeholder("Page not found. The library of Velm has lost it. Nobody knows how. It was old.") is None


def test_a_rejected_placeholder_keeps_its_reason_and_words(tmp_path: Path) -> None:
    path = tmp_path / "news.csv"
    path.write_text("title,text\nDam,[Removed]\nBridge,The bridge is open.\n", encoding="utf-8")
    removed, bridge = read_articles(path)
    assert isinstance(removed, RejectedRecord) and isinstance(bridge, Article)
    assert (removed.source_row, removed.reason) == (1, "no text but that the text was removed")
    assert removed.preview == "[Removed]"


def test_every_label_has_its_reason() -> None:
    assert {entry.label for entry in load("placeholders")} == set(REASONS)
