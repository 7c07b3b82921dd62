"""A word diff as HTML: what one text has and the other has not."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from ..stories.word_difference import Piece

_ELEMENTS = (Markup("<del>{}</del>"), Markup("<ins>{}</ins>"))


def word_diff(text: str, pieces: Sequence[Piece], side: int) -> Markup:
    """One side (0 or 1) of a word diff as safe HTML: words that the other side lacks are struck out or underlined.

    >>> from analytics.stories.word_difference import difference
    >>> str(word_diff("We may go.", difference("We may go.", "We will go."), 0))
    'We <del>may</del> go.'
    """
    html, at = Markup(""), 0
    for piece in pieces:
        start, end = (piece.start_a, piece.end_a) if side == 0 else (piece.start_b, piece.end_b)
        if piece.operation != "same" and start < end:
            html += text[at:start]
            html += _ELEMENTS[side].format(text[start:end])
            at = end
    return html + text[at:]
