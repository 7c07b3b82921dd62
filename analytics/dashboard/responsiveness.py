"""How long the dashboard takes to answer a filter, page by page, on a results folder."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd

from ..demo import DASHBOARD
from ..errors import TellingsError
from ..results.store import open_store
from ..vocabulary import UNKNOWN

PAGES = ("home", "explore", "articles", "stories", "compare_texts", "methods")
_PATIENCE = 120  # seconds before a page counts as hung


def evaluate(path: Path) -> pd.DataFrame:
    """Seconds from a changed filter to the finished page: page, filter, seconds.

    Each page is opened and then filtered by outlets and by actors, the largest of the folder, in
    this process and without a browser: what drawing takes in the browser is not counted. Answers
    are kept, so each filter is timed on its first use. Raises TellingsError where a page fails.
    """
    store = open_store(path)
    outlets = [name for name in store.outlets() if name != UNKNOWN]
    actors = store.query("SELECT actor_id FROM actors ORDER BY n_mentions DESC LIMIT 4")["actor_id"].tolist()
    store.close()
    filters = [("outlet", outlets[:1]), ("outlet", outlets[1:4]), ("actor", actors[:1]), ("actor", actors[1:4])]
    rows = []
    with _store_named(path):
        for page in PAGES:
            app = _app(page)
            rows.append((page, "none", _seconds(app, page)))
            for key, values in filters:
                widget = next((w for w in app.multiselect if w.key == key), None)
                if widget is None or not values:
                    continue
                widget.set_value(values)
                rows.append((page, f"{key}: {', '.join(values)}", _seconds(app, page)))
    return pd.DataFrame(rows, columns=["page", "filter", "seconds"])


def _app(page: str) -> Any:
    from streamlit.testing.v1 import AppTest

    app = AppTest.from_file(str(DASHBOARD), default_timeout=_PATIENCE).run()
    return app if page == PAGES[0] else app.switch_page(f"analytics/dashboard/pages/{page}.py")


def _seconds(app: Any, page: str) -> float:
    clock = time.perf_counter()
    app.run()
    seconds = time.perf_counter() - clock
    if app.exception:
        raise TellingsError(f"the page {page} failed: {app.exception[0].value}")
    return round(seconds, 2)


@contextmanager
def _store_named(path: Path) -> Iterator[None]:
    before = os.environ.get("TELLINGS_STORE")
    os.environ["TELLINGS_STORE"] = str(path)
    try:
        yield
    finally:
        if before is None:
            del os.environ["TELLINGS_STORE"]
        else:
            os.environ["TELLINGS_STORE"] = before
