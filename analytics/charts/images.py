"""A figure as a picture: needs the extra `images` and a Chrome or Chromium on the machine."""

from __future__ import annotations

import plotly.graph_objects as go

from ..errors import TellingsError

WIDTH = 1000  # pixels, before the scale
SCALE = 2


def png(figure: go.Figure) -> bytes:
    """The figure as PNG.

    Raises TellingsError where the extra `images` or a browser is missing.
    """
    try:
        import kaleido  # noqa: F401
    except ImportError as error:
        raise TellingsError("a picture needs one more part; install it with: pip install 'tellings[images]'") from error
    try:
        data: bytes = figure.to_image(format="png", width=WIDTH, scale=SCALE)
    except (RuntimeError, OSError, ValueError) as error:
        raise TellingsError("a picture needs Chrome or Chromium; install one, or take the HTML page") from error
    return data
