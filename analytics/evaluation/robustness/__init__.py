"""Whether anything that is given, or that happens, loses an article: tried on purpose, many times, from a seed."""

from __future__ import annotations

from functools import partial
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from ...article import Article
from ...ingest import read_articles
from . import damaging, killing, reading
from .archives import odd_archives, odd_web_archives
from .columnar import odd_columns
from .documents import odd_documents
from .exports import odd_exports
from .inputs import TEXTS, odd_inputs
from .objects import odd_objects
from .strings import odd_strings
from .tables import odd_tables
from .workbooks import odd_workbooks

__all__ = ["MAKERS", "evaluate"]

MAKERS = (
    *(odd_tables, odd_objects, odd_columns, odd_strings, odd_exports),
    *(odd_documents, odd_workbooks, odd_archives, odd_web_archives),
)
_LONGEST = 5_000  # characters of a text that stands among odd ones


def evaluate(path: Path) -> pd.DataFrame:
    """What was tried on purpose and how often it failed: one row for each kind, with the first failure.

    `path` is a folder to work in, which is left as it was, or a file of articles, whose first texts
    then stand among the odd ones.

    Columns: part, kind, tried, failed, seconds (of the processor) and megabytes (the most that one
    of the kind took), first_failure. What counts as a failure: `reading.try_inputs`.
    """
    texts = _texts(path) if path.is_file() else TEXTS
    with TemporaryDirectory(dir=path if path.is_dir() else None, prefix="robustness-") as folder:
        inputs = _inputs(Path(folder), texts)
    killed = killing.evaluate().assign(part="killed runs")
    damaged = damaging.evaluate().assign(part="results folders")
    return pd.concat([*inputs, killed, damaged], ignore_index=True)


def _inputs(folder: Path, texts: tuple[str, ...]) -> list[pd.DataFrame]:
    """All odd inputs read, and some of them scored."""
    every = partial(odd_inputs, MAKERS, texts=texts)
    return [
        reading.try_inputs(every(), folder, way="reading"),
        reading.try_inputs(reading.scored(every()), folder, way="scoring"),
    ]


def _texts(path: Path) -> tuple[str, ...]:
    """The first texts of a file of articles, as many as there are invented ones."""
    articles = (item for item in read_articles(path) if isinstance(item, Article))
    plain = (" ".join(article.text.split())[:_LONGEST].replace('"', "'") for article in articles)
    return tuple(islice(plain, len(TEXTS)))
