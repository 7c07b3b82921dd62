"""The dashboard's pages in their order: the name in the address, and the title."""

from __future__ import annotations

PAGES = {
    "home": "Home",
    "explore": "Explore",
    "articles": "Articles",
    "stories": "Stories",
    "coding": "Coding",
    "compare_texts": "Compare two texts",
    "methods": "Data & methods",
    "add_articles": "Add articles",
}
ADD = "add_articles"
EXPLORE = "explore"  # has the filter in its own sentence
FORMER = ("overview", "outlets", "actors", "over_time")  # addresses of before, which lead to where their views are now
