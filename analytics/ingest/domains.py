"""The domain that somebody registered, of an address's host: an outlet that is an address is called by it.

Which endings are public (co.uk, com.au, blogspot.com) says Mozilla's Public Suffix List as it ships with tldextract;
nothing is looked up.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tldextract import TLDExtract

_FRONT = re.compile(r"(?:www\d?|m|mobile|amp)\.(?=[^.]+\.)", re.IGNORECASE)
_HOSTS = 4096  # that are remembered


@lru_cache(_HOSTS)
def registered_domain(host: str) -> str:
    """The registered domain of a host, in lower case; where its ending is not known, the host without "www.".

    >>> registered_domain("edition.harbourpost.co.uk"), registered_domain("halsmer.blogspot.com")
    ('harbourpost.co.uk', 'halsmer.blogspot.com')
    >>> registered_domain("www.harbourpost.example")
    'harbourpost.example'
    """
    host = host.lower().rstrip(".")
    return _extract()(host).top_domain_under_public_suffix or _FRONT.sub("", host, count=1)


@cache
def _extract() -> TLDExtract:
    from tldextract import TLDExtract

    return TLDExtract(cache_dir=None, suffix_list_urls=(), include_psl_private_domains=True)
