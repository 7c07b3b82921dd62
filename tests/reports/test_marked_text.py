from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.reports.marked_text import KINDS, Span, block, highlight

TEXT = "Mara Quill may “perhaps” reopen it."


def plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


def test_marks_a_span_with_its_note() -> None:
    assert highlight("a may b", [Span(start=2, end=5, kind="hedge", note="hedge: modal")]) == (
        'a <mark class="hedge" title="hedge: modal">may</mark> b'
    )


def test_no_spans_leave_escaped_text() -> None:
    assert highlight("a < b & c", []) == "a &lt; b &amp; c"


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "&lt;b&gt;", "a'b"])
def test_article_text_never_becomes_markup(text: str) -> None:
    html = highlight(text, [Span(start=1, end=len(text), kind="actor", note=text, label=text)])
    assert re.findall(r"</?(\w+)", html) == ["mark", "mark"]
    assert plain(html) == text


def test_overlapping_spans_are_cut_at_every_boundary() -> None:
    html = highlight("abcdef", [Span(start=0, end=4, kind="quoted"), Span(start=2, end=6, kind="hedge")])
    assert html == (
        '<mark class="quoted">ab</mark><mark class="quoted"><mark class="hedge">cd</mark></mark>'
        '<mark class="hedge">ef</mark>'
    )


def test_a_label_stands_once_where_the_span_begins() -> None:
    spans = [Span(start=0, end=4, kind="quoted", label="quoted · Quill"), Span(start=2, end=3, kind="hedge")]
    assert highlight("abcd", spans).count("data-label") == 1


def test_notes_of_all_covering_spans_show_together() -> None:
    spans = [Span(start=0, end=2, kind="actor", note="Quill"), Span(start=0, end=2, kind="hedge", note="hedge")]
    assert 'title="Quill; hedge"' in highlight("ab", spans)


def test_base_shifts_offsets_and_clips_what_lies_outside() -> None:
    spans = [Span(start=0, end=12, kind="quoted", label="began before"), Span(start=30, end=40, kind="hedge")]
    assert highlight("cdef", spans, base=10) == '<mark class="quoted">cd</mark>ef'


def test_unknown_kinds_are_left_out() -> None:
    assert highlight("ab", [Span(start=0, end=1, kind='x" onclick="y')]) == "ab"


def test_every_kind_has_a_style() -> None:
    assert all(f"mark.{kind} " in block("") for kind in KINDS)


SPANS = st.builds(
    lambda start, length, kind: Span(start=start, end=start + length, kind=kind, note="<n>", label="<l>"),
    st.integers(0, 40),
    st.integers(0, 40),
    st.sampled_from(KINDS),
)


@given(st.text(max_size=40), st.lists(SPANS, max_size=6))
def test_any_spans_leave_the_text_and_well_formed_marks(text: str, spans: list[Span]) -> None:
    html = highlight(text, spans)
    assert plain(html) == text
    depth = 0
    for tag in re.findall(r"<(/?)mark", html):
        depth += -1 if tag else 1
        assert depth >= 0
    assert depth == 0
