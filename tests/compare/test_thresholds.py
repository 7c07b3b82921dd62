from __future__ import annotations

from dataclasses import fields
from importlib.resources import files

import pytest

from analytics.compare.thresholds import FILE, Thresholds, parse, thresholds
from analytics.errors import KnowledgeError

TEXT = (files("analytics") / FILE).read_text(encoding="utf-8")


def test_shipped_values_are_in_order() -> None:
    found = thresholds()
    assert found.min_articles == 5
    assert found.level == 0.95
    assert found.articles_per_period >= found.min_articles


def test_each_value_says_why_and_names_its_source() -> None:
    for field in fields(Thresholds):
        comment = TEXT.split(f"\n{field.name} =")[0].split("\n\n")[-1]
        assert "# " in comment and "Source:" in comment, field.name


@pytest.mark.parametrize(
    "text",
    ["[compare", "[other]\n", "[compare]\nlevel = 0.95\n", TEXT.replace("[compare]\n", "[compare]\nsurplus = 1\n", 1)],
    ids=["not toml", "no table", "missing", "surplus"],
)
def test_a_malformed_file_is_named(text: str) -> None:
    with pytest.raises(KnowledgeError, match="knowledge/thresholds"):
        parse(text)
