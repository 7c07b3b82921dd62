"""How long it takes from articles that are given in the browser to the first charts of them."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from ..article import Article
from ..errors import InputError
from ..ingest import read_articles
from .adding.preparing import record_of
from .in_browser import PATIENCE, Visitor, browser, served, visit

ARTICLES = 20


def evaluate(path: Path) -> pd.DataFrame:
    """Seconds for the first twenty articles of a file, given in the browser to a dashboard without results.

    A row for each way of giving them (pasted, a file): way, articles, words, seconds_to_reading (until it is shown how
    they are read), seconds_to_charts (until the first charts of them are drawn) and errors (in the browser's console
    or on the page).

    Needs the extra `browser` and Chromium. Raises InputError where the file holds no articles.
    """
    articles = list(islice((each for each in read_articles(path) if isinstance(each, Article)), ARTICLES))
    if not articles:
        raise InputError(f"{path} holds no articles")
    rows = []
    with TemporaryDirectory(prefix="adding-") as home, served(None, home=Path(home)) as server, browser() as opened:
        given = Path(home, "articles.jsonl")
        lines = [json.dumps(record_of(each), ensure_ascii=False) for each in articles]
        given.write_text("\n".join(lines), encoding="utf-8")
        ways: dict[str, Callable[[Visitor], None]] = {
            "pasted": lambda visitor: _paste(visitor, articles),
            "a file": lambda visitor: visitor.page.locator("input[type=file]").set_input_files(given),
        }
        for way, give in ways.items():
            visitor = visit(opened, server.address)  # without results that is the page for adding
            began = time.monotonic()
            give(visitor)
            button = visitor.page.get_by_role("button", name=re.compile(r"^Measure \d"))
            button.wait_for(timeout=PATIENCE)
            read = time.monotonic() - began
            button.click()
            visitor.page.get_by_role("heading", name="What is in here", exact=True).wait_for(timeout=PATIENCE * 5)
            visitor.page.get_by_test_id("stPlotlyChart").first.wait_for(timeout=PATIENCE)
            seconds = time.monotonic() - began
            visitor.settled()
            words = sum(len(each.text.split()) for each in articles)
            rows.append((way, len(articles), words, round(read, 1), round(seconds, 1), len(visitor.errors)))
            visitor.page.context.close()
    columns = ["way", "articles", "words", "seconds_to_reading", "seconds_to_charts", "errors"]
    return pd.DataFrame(rows, columns=columns)


def _paste(visitor: Visitor, articles: Sequence[Article]) -> None:
    visitor.page.get_by_role("radio", name="Pasted texts").click()
    visitor.page.get_by_role("textbox", name="Text", exact=True).fill("\n---\n".join(map(_written, articles)))
    visitor.page.get_by_role("button", name="Add this text").click()


def _written(article: Article) -> str:
    """An article as somebody may paste it, with what is known of it in lines at its top."""
    day = f"{article.published:%Y-%m-%d}" if article.published else None
    about = {"Title": article.title, "Outlet": article.outlet, "Date": day}
    head = "\n".join(f"{name}: {value}" for name, value in about.items() if value)
    return f"{head}\n\n{article.text}" if head else article.text
