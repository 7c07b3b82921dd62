"""How much may be added at a time in the browser; the command line has no such limits."""

from __future__ import annotations

MOST_FILES = 50
LARGEST_FILE_MB = 50
LARGEST_TOGETHER_MB = 100
MOST_ARTICLES = 2_000  # of a collection: all of it is measured again when some are added
MOST_PASTED_CHARACTERS = 2_000_000
MOST_ADDRESSES = 100
MOST_AT_ONCE = 2  # runs of measuring or fetching, of all who have the dashboard open; others wait

STATED = (
    f"At a time up to {MOST_FILES} files of {LARGEST_FILE_MB} MB each, {LARGEST_TOGETHER_MB} MB together, or "
    f"{MOST_ADDRESSES} web addresses; up to {MOST_ARTICLES:,} articles in a collection. For more there is the command "
    "line: `tellings score`."
)
