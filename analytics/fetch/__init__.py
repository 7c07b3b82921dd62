"""Articles from the web: addresses, feeds and sitemaps in, a folder that `score` reads out, every version kept.

Nothing is imported here that needs the extra `web`.
"""

from __future__ import annotations

from importlib.util import find_spec

from ..errors import TellingsError

_NEEDED = ("httpcore", "lxml", "lxml_html_clean", "protego", "trafilatura")


def require_web() -> None:
    """Raise TellingsError, with the command that installs them, where packages for the web are missing."""
    if missing := [name for name in _NEEDED if find_spec(name) is None]:
        raise TellingsError(
            f"fetching needs packages that are missing ({', '.join(missing)}): pip install 'tellings[web]'"
        )
