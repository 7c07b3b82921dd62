"""The limits that docs/security.md lists are those of the code, all of them."""

import re
from pathlib import Path

from analytics.ingest import limits

PAGE = (Path(__file__).parents[2] / "docs" / "security.md").read_text(encoding="utf-8")


def test_the_page_lists_every_limit_with_its_value() -> None:
    listed = dict(re.findall(r"^\| `([A-Z_]+)` \| ([\d,]+) \|", PAGE, re.MULTILINE))
    assert listed == {name: f"{value:,}" for name, value in vars(limits).items() if name.isupper()}
