"""How every chart looks: colours told apart by colour-blind readers, symbols, fonts, white ground."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from ..vocabulary import Voice

# Okabe and Ito 2008, Color Universal Design, without yellow, which is faint on white. Purple and orange are darker than
# theirs, so that every mark stands out from a white and from a dark ground by 3 to 1 (WCAG 2.2, 1.4.11).
BLUE, VERMILION, GREEN, PURPLE, ORANGE = "#0072B2", "#D55E00", "#009E73", "#B8578F", "#B87A00"
COLOURS = (BLUE, VERMILION, GREEN, PURPLE, ORANGE)
SYMBOLS = ("circle", "square", "diamond", "triangle-up", "x")

# One constant colour and pattern per voice, wherever voices are shown.
VOICE_COLOURS: dict[Voice, str] = {"outlet": BLUE, "quoted": ORANGE, "reported": GREEN}
VOICE_TEXT: dict[Voice, str] = {"outlet": "white", "quoted": "black", "reported": "black"}  # readable on it
VOICE_PATTERNS: dict[Voice, str] = {"outlet": "", "quoted": "/", "reported": "."}
GROUND, TEXT, QUIET, GRID, ZERO = "#FFFFFF", "#1A1A1A", "#5F5F5F", "#E6E6E6", "#8A8A8A"
# The same on a dark page; colours of marks stay.
DARK = {GROUND: "#16191C", TEXT: "#E8EAEB", QUIET: "#A9B0B4", GRID: "#33393D"}
FONT = "Source Sans, Source Sans Pro, Open Sans, Verdana, DejaVu Sans, sans-serif"  # the page's own comes first
ROW = 32  # pixels per row of a horizontal chart
FRAME = 170  # pixels for axis, legend and margins


def styled(figure: go.Figure, *, height: int) -> go.Figure:
    """The figure in the house style, on a white ground; `darkened` turns it for a dark page."""
    axis = {"gridcolor": GRID, "zeroline": False, "automargin": True, "title": {"standoff": 12, "font": {"size": 14}}}
    figure.update_layout(
        height=height,
        margin={"l": 10, "r": 36, "t": 64, "b": 20},
        paper_bgcolor=GROUND,
        plot_bgcolor=GROUND,
        font={"family": FONT, "size": 14, "color": TEXT},
        hoverlabel={"align": "left", "font": {"family": FONT, "size": 14}},
        legend={"orientation": "h", "yanchor": "bottom", "y": 1.0, "xanchor": "left", "x": 0},
    )
    figure.update_xaxes(**axis)
    figure.update_yaxes(**axis)
    return figure


def darkened(figure: go.Figure) -> go.Figure:
    """The same figure for a dark page: ground, text and lines turned; marks, and words that stand on marks, kept.

    >>> darkened(nothing()).layout.paper_bgcolor
    '#16191C'
    """
    return go.Figure(_turned(figure.to_plotly_json()))


def _turned(value: Any) -> Any:
    if isinstance(value, dict):
        # words in a heat map's cells stand on the cells' light colours
        return value if value.get("type") == "heatmap" else {key: _turned(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_turned(each) for each in value]
    if isinstance(value, str) and "#" in value:
        for light, dark in DARK.items():
            value = value.replace(light, dark)
    return value


def row_axis(figure: go.Figure, labels: list[str]) -> go.Figure:
    """A vertical axis of rows, the first label at the top; rows stand at 0, −1, −2 … (see `row_at`)."""
    figure.update_yaxes(
        tickvals=[row_at(i) for i in range(len(labels))],
        ticktext=labels,
        range=[row_at(len(labels)) + 0.4, 0.6],
        fixedrange=True,
        ticks="outside",  # room for a mark at the very start of a row
        ticklen=8,
        tickcolor="rgba(0,0,0,0)",
    )
    return figure


def row_at(index: int) -> int:
    """Where row `index` (0 is the top) stands. Numbers, not names: two rows may have one label."""
    return -index


def zero_line(figure: go.Figure, *, vertical: bool) -> go.Figure:
    """The neutral baseline of a score that can be negative; the axis then always reaches zero."""
    line = {"zeroline": True, "zerolinecolor": ZERO, "zerolinewidth": 2, "rangemode": "tozero"}
    return figure.update_xaxes(**line) if vertical else figure.update_yaxes(**line)


def quiet_note(figure: go.Figure, text: str, *, row: int) -> go.Figure:
    """Grey words at the start of a row, in place of a mark."""
    figure.add_annotation(
        text=text, x=0, xref="x domain", xanchor="left", xshift=6, y=row_at(row), showarrow=False, font=_quiet()
    )
    return figure


def nothing(text: str = "No articles in this selection") -> go.Figure:
    """What stands where there is nothing to draw."""
    figure = styled(go.Figure(), height=FRAME)
    figure.add_annotation(text=text, x=0.5, y=0.5, xref="paper", yref="paper", showarrow=False, font=_quiet())
    return figure.update_xaxes(visible=False).update_yaxes(visible=False)


def headed(figure: go.Figure, words: list[str]) -> go.Figure:
    """Lines of words at the top left, with room below them for a legend or panels' titles."""
    title = {"text": "<br>".join(words), "font_size": 14, "x": 0, "xref": "container", "y": 1, "yanchor": "top"}
    return figure.update_layout(title={**title, "pad": {"l": 12, "t": 12}}, margin_t=50 + 20 * len(words))


def _quiet() -> dict[str, Any]:
    return {"color": QUIET, "size": 13}
