"""A comparison to read: the terminal's text and the page."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from analytics import Comparison, compare_tellings
from analytics.reports.page import comparison_page
from analytics.reports.terminal import describe_comparison, marked
from analytics.stories.word_difference import difference

pytestmark = pytest.mark.model
SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    return compare_tellings(*SEEDS)


def test_removed_and_added_words_are_marked() -> None:
    pieces = difference("We may stay here.", "We will stay.")
    assert marked(pieces, "We may stay here.", "a") == "We [-may-] stay [-here-]."
    assert marked(pieces, "We will stay.", "b") == "We {+will+} stay."


def test_the_text_begins_with_what_is_serious(comparison: Comparison) -> None:
    told = describe_comparison(comparison)
    serious = told[told.index("SERIOUS") : told.index("NOTABLE")]
    for words in ("reworded inside the marks", "{+must consider+}", "extremely difficult", "Euro News"):
        assert words in serious
    assert "Closing lines without counterpart" in told
    assert max(map(len, told.splitlines())) <= 100


def test_minor_changes_are_counted_or_told(comparison: Comparison) -> None:
    assert "--all shows them" in describe_comparison(comparison)
    everything = describe_comparison(comparison, everything=True)
    assert "--all" not in everything
    assert everything.count("Punctuation of a quotation changed · ") == 1


class Outline(HTMLParser):
    """Ids, inner links, resources and tags of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.policy: str | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        values = dict(attrs)
        if values.get("http-equiv") == "Content-Security-Policy":
            assert not self.links and not self.ids  # it counts from where it stands
            self.policy = values["content"]
        self.ids += [values["id"]] if values.get("id") else []
        self.links += [value for name in ("href", "src") if (value := values.get(name))]


def test_the_page_needs_nothing_from_elsewhere(comparison: Comparison) -> None:
    outline = Outline(comparison_page(comparison))
    assert not outline.tags & {"script", "link", "img", "iframe", "form", "base", "object"}
    assert outline.policy == "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    assert outline.links and all(link.startswith("#") for link in outline.links)
    assert {link.removeprefix("#") for link in outline.links} <= set(outline.ids)
    assert len(outline.ids) == len(set(outline.ids))


def test_the_page_has_every_sentence_and_every_change(comparison: Comparison) -> None:
    page = comparison_page(comparison)
    assert page.count('<li class="change ') == len(comparison.changes)
    assert page.count('<div class="row ') == len(comparison.alignments)
    assert "<ins>must consider</ins>" in page
    assert "sentences have a counterpart in B." in page and "sentences have a counterpart in A." in page


def test_markup_in_a_text_stays_text() -> None:
    page = comparison_page(compare_tellings("The <b>dam</b> broke & fell.", "<script>alert(1)</script> The dam broke."))
    assert "<script>" not in page and "<b>" not in page
    assert re.search(r"&lt;script&gt;", page)
