"""Tellings: stance and framing analytics for news.

>>> from analytics import compare_tellings, open_store, read_articles, score

Names load on first use, so ``import analytics`` itself is fast.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .ingest import read_articles
    from .results.store import Selection, open_store
    from .scoring.pipeline import score
    from .stories.comparison import Comparison
    from .stories.tellings import compare_tellings

__all__ = ["Comparison", "Selection", "__version__", "compare_tellings", "open_store", "read_articles", "score"]

_HOMES = {
    "Comparison": ".stories.comparison",
    "Selection": ".results.store",
    "compare_tellings": ".stories.tellings",
    "open_store": ".results.store",
    "read_articles": ".ingest",
    "score": ".scoring.pipeline",
}

__version__: str


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("tellings")
    if name in _HOMES:
        return getattr(import_module(_HOMES[name], __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
