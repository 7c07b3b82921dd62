"""Whether a long web archive is read in flat memory: made here, page by page, and read as any input is."""

from __future__ import annotations

import gzip
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import psutil

from ..article import Article
from ..ingest import read_articles
from .robustness import made_files as made

PAGES = 2_000
_WALL = "The council of Halsmer approved part {} of the new harbour wall on day {}, Ada Brandt said in Halsmer."
_PARAGRAPHS = 40


def evaluate(path: Path, *, pages: int = PAGES) -> pd.DataFrame:
    """What reading a web archive (WARC, compressed) of so many invented pages takes. `path` is a folder to work in.

    One row: pages, articles (as many, unless a page was lost), seconds, pages_per_second, and the process's memory in
    MB: mb_early (the most among the first tenth of the pages, after ten to warm up), mb_late (the most among the last
    tenth) and mb_growth between them.
    """
    process, held, articles, clock = psutil.Process(), list[float](), 0, time.monotonic()
    with TemporaryDirectory(dir=path, prefix="long-archive-") as folder:
        archive = write(Path(folder, "crawl.warc.gz"), pages=pages)
        for item in read_articles(archive):
            articles += isinstance(item, Article)
            held.append(process.memory_info().rss / 1e6)
        seconds = time.monotonic() - clock
    tenth, warm = max(len(held) // 10, 1), min(10, len(held) // 10)
    early, late = max(held[warm : warm + tenth]), max(held[-tenth:])
    row = {
        "pages": pages,
        "articles": articles,
        "seconds": round(seconds, 1),
        "pages_per_second": round(pages / seconds, 1),
        "mb_early": round(early, 1),
        "mb_late": round(late, 1),
        "mb_growth": round(late - early, 1),
    }
    return pd.DataFrame([row])


def write(archive: Path, *, pages: int) -> Path:
    """A web archive of so many invented pages, each of them another one."""
    with archive.open("wb") as file:
        for number in range(pages):
            words = [_WALL.format(number, day) for day in range(_PARAGRAPHS)]
            page = made.html(words, head=f"<title>Part {number}</title>")
            file.write(gzip.compress(made.capture(number, page), 1))
    return archive
