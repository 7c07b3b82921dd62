"""Metadata at the top of a text: what is taken for it, and what is left to the text."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from analytics.article import Article
from analytics.ingest import RejectedRecord, read_articles
from analytics.ingest.plain import split_front_matter, split_inline_date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        (" date 2025-09-05 The harbour.", "2025-09-05"),
        ("DATE: 2025-09-05 The harbour.", "2025-09-05"),
        ("published 2025-09-05T10:30:00Z\nThe harbour.", "2025-09-05T10:30:00Z"),
        ("Dateline 2025-09-05 – The harbour.", "2025-09-05"),
        ("date=2025-13-45 The harbour.", "2025-13-45"),
    ],
)
def test_a_key_and_an_iso_date_before_the_first_word_are_taken(text: str, date: str) -> None:
    assert split_inline_date(text) == (date, "The harbour.")


@pytest.mark.parametrize(
    "text",
    [
        "2025-09-05 The harbour.",
        "The date 2025-09-05 was chosen.",
        "Date 5 September The harbour.",
        "date 2025-09-05, when it closed",
        "update 2025-09-05 The harbour.",
        "date 2025-09-051 The harbour.",
    ],
)
def test_other_beginnings_are_text(text: str) -> None:
    assert split_inline_date(text) == (None, text)


def test_lines_at_the_top_are_metadata() -> None:
    metadata = "Title: Harbour: closed\nDate: 5 January 2022\nOutlet: The Post\nURL: https://example.org\n"
    assert split_front_matter(f"{metadata}\nSource: police.\nEnd.") == (
        {"title": "Harbour: closed", "published": "5 January 2022", "outlet": "The Post", "url": "https://example.org"},
        "\nSource: police.\nEnd.",
    )


def test_fenced_metadata_may_hold_other_keys() -> None:
    text = '---\ntitle: "Harbour closed"\ntags: a, b\ndate: 2022-01-05\n---\nThe harbour.'
    assert split_front_matter(text) == ({"title": "Harbour closed", "published": "2022-01-05"}, "The harbour.")


@pytest.mark.parametrize(
    "text",
    [
        "The mayor: we will trade.\nTitle: x",
        "Warning: the harbour is closed.",
        "Date: the harbour was closed on that day.\nMore.",
        "---\nThe harbour.\n---\nMore.",
        "Title:\nThe harbour.",
    ],
)
def test_prose_is_not_taken_for_metadata(text: str) -> None:
    assert split_front_matter(text) == ({}, text)


def test_a_text_file_with_metadata_becomes_an_article(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes("\ufeffTitle: Harbour\r\nDate: 31/02/2022\r\n\r\nThe harbour.".encode())
    (tmp_path / "b.txt").write_text("Date: 2022-01-05\nAuthor: A. Writer\nThe bridge.")
    first, second = read_articles(tmp_path)
    assert isinstance(first, Article) and isinstance(second, Article)
    assert (first.title, first.text, first.date_source) == ("Harbour", "The harbour.", "unreadable: 31/02/2022")
    assert second.date_source == "inline"
    assert (second.author, second.text, second.published) == (
        "A. Writer",
        "The bridge.",
        datetime(2022, 1, 5, tzinfo=UTC),
    )


def test_metadata_without_text_and_undecodable_texts_are_rejected(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Title: Harbour\n")
    (tmp_path / "b.txt").write_bytes(b"The harbour \xff\xfe\x81\x8d was closed.")
    (tmp_path / "c.txt").write_text("The bridge.")
    empty, undecodable, _ = read_articles(tmp_path)
    assert isinstance(empty, RejectedRecord) and (empty.reason, empty.preview) == ("empty text", "Harbour")
    assert isinstance(undecodable, RejectedRecord) and undecodable.reason.startswith("undecodable bytes")
