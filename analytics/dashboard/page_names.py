"""The dashboard's pages in their order: the name in the address, and the title."""

from __future__ import annotations

PAGES = {
    "overview": "Overview",
    "outlets": "Outlets",
    "actors": "Actors",
    "over_time": "Over time",
    "articles": "Articles",
    "stories": "Stories",
    "coding": "Coding",
    "compare_texts": "Compare two texts",
    "methods": "Data & methods",
    "add_articles": "Add articles",
}
ADD = "add_articles"
