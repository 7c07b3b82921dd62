"""What a test reads from a page run without a browser, and how it finds a widget there."""

from __future__ import annotations

from typing import Any

from streamlit.testing.v1 import AppTest


def said(app: AppTest) -> str:
    """All running text of a page."""
    return "\n".join(str(e.value) for kind in ("caption", "markdown", "info", "text") for e in getattr(app, kind))


def html_of(app: AppTest) -> str:
    """All HTML of a page."""
    return "".join(str(html.value) for html in app.html)


def widget(app: AppTest, key: str) -> Any:
    """The widget with a key."""
    kinds = ("multiselect", "selectbox", "date_input", "button_group", "text_input", "text_area", "toggle", "button")
    return next(each for kind in kinds for each in getattr(app, kind) if each.key == key)
