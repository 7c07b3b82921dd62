"""The page that compares two texts: what a reader gives, and what comes out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from page_reading import html_of, said, widget

from analytics.dashboard.parts import telling_input
from analytics.dashboard.view import open_view
from analytics.demo import SEEDS
from analytics.errors import InputError
from analytics.ingest.normalise import normalise
from analytics.reports.change_groups import GROUPS, chosen
from analytics.reports.change_list import change_frame, change_list
from analytics.reports.side_by_side import CSS, _runs, columns, rows
from analytics.stories.alignment import Alignment
from analytics.stories.changes import CHANGE_KINDS, Change, Passage
from analytics.stories.comparison import Comparison
from analytics.stories.tellings import compare_tellings


def press(app, label: str):
    next(button for button in app.button if button.label == label).click()
    return app.run(timeout=120)


def plain(html: str) -> str:
    return re.sub(r"<[^>]+>", "", html)


def test_the_page_asks_for_two_texts(open_page) -> None:
    app = open_page("compare_texts")
    assert not app.exception
    press(app, "Compare")
    assert "Two texts are needed" in app.warning[0].value


def test_text_without_words_says_what_to_do(open_page) -> None:
    app = open_page("compare_texts")
    widget(app, "first_text").set_value("Title: only a title")
    app.run()
    assert "First text" in app.error[0].value
    assert not app.exception


def test_an_article_of_the_results_can_be_searched_and_the_filter_holds(open_page) -> None:
    app = open_page("compare_texts", outlet="Daily Ferry")
    widget(app, "first_way").set_value("From these results")
    app.run()
    assert len(widget(app, "first_article").options) == 20
    widget(app, "first_find").set_value("<b>none</b>")
    app.run()
    assert "No article matches" in said(app)


def test_a_link_to_articles_that_are_not_there_says_so(open_page) -> None:
    app = open_page("compare_texts", first="<b>none</b>", second="a001")
    assert not app.exception
    assert "hold no such article" in said(app)


def test_an_article_of_the_results_is_read_as_it_was_scored(store_folder: Path) -> None:
    view = open_view(store_folder)
    found = telling_input.article(view, "a000")
    assert found is not None
    assert found.content == view.store.text("a000")
    assert found.title == "The bridge, day 1"
    assert telling_input.article(view, "none") is None


def test_far_too_long_a_text_is_refused_with_a_way_on() -> None:
    with pytest.raises(InputError, match="tellings compare"):
        telling_input._checked("word " * 100_000)


def test_every_kind_of_change_is_in_one_group_and_explained() -> None:
    assert {kind.group for kind in CHANGE_KINDS.values()} == {group.name for group in GROUPS}
    assert all(kind.meaning.endswith(".") for kind in CHANGE_KINDS.values())
    assert len({kind.rank for kind in CHANGE_KINDS.values()}) == len(CHANGE_KINDS)
    assert all(f"mark.{group.name} " in CSS for group in GROUPS)


def test_the_marks_differ_by_more_than_colour() -> None:
    rules = re.findall(r"mark\.(\w+) \{ ([^}]+) \}", CSS)
    without_colour = {name: re.sub(r"#\w+|rgba\([^)]+\)", "", rule) for name, rule in rules}
    assert set(without_colour) == {group.name for group in GROUPS}
    assert len(set(without_colour.values())) == len(GROUPS)


@pytest.fixture(scope="module")
def seeds() -> Comparison:
    return compare_tellings(*sorted(SEEDS.glob("*.txt")))


@pytest.mark.model
def test_every_sentence_stands_in_both_layouts_once(seeds: Comparison) -> None:
    numbered = chosen(seeds.changes, [group.name for group in GROUPS], [1, 2, 3])
    for html in (rows(seeds, numbered), columns(seeds, numbered)):
        for side, annotated in (("a", seeds.a), ("b", seeds.b)):
            for sentence in annotated.sentences:
                assert html.count(f"id='{side}{sentence.sentence_id}'") == 1
    for html in (rows(seeds, []), columns(seeds, [])):  # without references in between, the words are the text's own
        shown = " ".join(re.sub(r"<a [^>]*>[^<]*</a>", "", html).replace("<", " <").split())
        for annotated in (seeds.a, seeds.b):
            for sentence in annotated.sentences:
                words = annotated.text_of(sentence.start, sentence.end).split()
                assert " ".join(words[:3]) in plain(shown).replace("&#x27;", "'").replace("&quot;", '"')


@pytest.mark.model
def test_links_lead_from_the_list_to_the_texts_and_back(seeds: Comparison) -> None:
    numbered = chosen(seeds.changes, [group.name for group in GROUPS], [1, 2, 3])
    listed, texts = change_list(seeds, numbered), rows(seeds, numbered)
    for here, there in ((listed, texts), (texts, listed)):
        targets = set(re.findall(r"href='#([^']+)'", here))
        assert targets
        assert targets <= set(re.findall(r"id='([^']+)'", there))
    assert set(re.findall(r"id='change-(\d+)'", listed)) == {str(number) for number, _ in numbered}


@pytest.mark.model
def test_the_csv_has_every_change_with_offsets_that_lead_to_its_words(seeds: Comparison) -> None:
    frame = change_frame(seeds)
    assert len(frame) == len(seeds.changes)
    assert list(frame["number"]) == list(range(1, len(frame) + 1))
    for side, annotated in (("a", seeds.a), ("b", seeds.b)):
        for row in frame[frame[f"start_{side}"].notna()].to_dict("records"):
            assert annotated.content[row[f"start_{side}"] : row[f"end_{side}"]] == row[f"text_{side}"]


@pytest.mark.model
def test_hostile_texts_show_as_text() -> None:
    bad = "<script>alert(1)</script>"
    found = compare_tellings(
        f'Ada Brandt said on Monday: "The dam {bad} may hold until spring." The board meets on Friday.',
        f'Ada Brandt said on Monday: "The dam {bad} will hold until spring." <b>Nobody</b> knows more.',
    )
    numbered = chosen(found.changes, [group.name for group in GROUPS], [1, 2, 3])
    html = change_list(found, numbered) + rows(found, numbered) + columns(found, numbered)
    assert numbered
    assert "<script" not in html and "<b>" not in html
    assert "&lt;script&gt;" in html


@pytest.mark.model
def test_the_seeds_show_what_became_of_the_agency_report(open_page) -> None:
    app = press(press(open_page("compare_texts"), "Try the example"), "Compare")
    assert not app.exception
    html = html_of(app)
    assert re.search(r">practically impossible<.*?>extremely difficult<", plain_cells(html))
    assert "Credit lost" in html and "Euro News" in html
    assert "Closing lines without counterpart" in html
    assert html.count("Quotation reworded inside the marks") >= 1
    everything = sum(int(n) for n in re.findall(r"\*\*(\d+)\*\*", app.markdown[0].value))
    assert everything == len(compare_tellings(*sorted(SEEDS.glob("*.txt"))).changes)
    shown = len(set(re.findall(r"id='change-(\d+)'", html)))
    assert f"{everything - shown} differences not shown" in said(app)


def plain_cells(html: str) -> str:
    """The HTML without attributes and line breaks, so that what stands in cells can be sought."""
    return re.sub(r"<(\w+)[^>]*>", r"<\1>", html).replace("\n", " ")


@pytest.mark.model
def test_the_filters_take_changes_away_from_list_and_texts(open_page) -> None:
    app = press(press(open_page("compare_texts"), "Try the example"), "Compare")
    pills = {group.label: group for group in app.button_group}
    kinds = pills["Kinds of change"]
    kinds.set_value(["certainty"])
    app.run()
    html = html_of(app)
    assert "Quotation reworded" not in html
    assert "Hedge became a booster" in html
    assert '<mark class="quotation"' not in html
    assert '<mark class="certainty"' in html


@pytest.mark.model
def test_the_same_text_twice_has_no_differences(open_page) -> None:
    app = open_page("compare_texts")
    text = "The dam at Velm held on Monday. Ada Brandt said the board would meet on Friday."
    for side in ("first", "second"):
        widget(app, f"{side}_text").set_value(text)
    press(app, "Compare")
    assert not app.exception
    assert "No differences were found" in said(app)
    press(app, "Compare other texts")
    assert normalise(widget(app, "first_text").value) == text  # what was pasted is still there


def test_a_change_without_words_of_one_side_says_so() -> None:
    change = Change(
        kind="added", severity=3, what="1 sentence", b=Passage(start=0, end=4, text="Dam.", sentence_ids=(0,))
    )
    html = change_list(None, [(1, change)])  # type: ignore[arg-type]
    assert "not in the first text" in html
    assert "href='#b0'" in html


def test_sentences_in_a_row_that_one_text_alone_has_share_a_row() -> None:
    def alone(side: str, n: int) -> Alignment:
        places = {"a": (n,), "b": ()} if side == "a" else {"a": (), "b": (n,)}
        return Alignment(**places, relation=f"only_{side}", similarity=None)  # type: ignore[arg-type]

    told = Alignment(a=(2,), b=(0,), relation="reworded", similarity=0.7)
    assert _runs([alone("a", 0), alone("a", 1), told, alone("b", 1)]) == [
        ("only_a", [0, 1], []),
        ("reworded", [2], [0]),
        ("only_b", [], [1]),
    ]
