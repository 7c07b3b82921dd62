"""The most typical words of each side, and a sentence where there is none."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analytics.charts import words_chart
from analytics.compare import distinctive_words


def found(rare: str) -> pd.DataFrame:
    texts = {f"d{n}": "the <b>dam holds on " * 9 for n in range(9)} | {f"e{n}": f"the {rare} on " * 9 for n in range(9)}
    rows = [(article, article[0], word) for article, text in texts.items() for word in text.split()]
    return distinctive_words(pd.DataFrame(rows, columns=["article_id", "outlet", "word"]), of="d", reference="e")


def test_each_side_has_its_words(spec: Any) -> None:
    figure = spec(words_chart(found("leak grows"), of="d", reference="e", top=2))
    ours, theirs = figure["data"]
    assert {keys[0] for keys in ours["customdata"]} == {"<b>dam", "holds"}
    assert {keys[0] for keys in theirs["customdata"]} == {"leak", "grows"}
    assert min(ours["x"]) > 0 > max(theirs["x"]) and min(ours["y"]) > max(theirs["y"])
    assert "&lt;b&gt;dam" in figure["layout"]["yaxis"]["ticktext"] and "81 times in 9 articles" in ours["hovertext"][0]


def test_no_word_is_said_to_be_none(words: Any, spec: Any) -> None:
    same = found("<b>dam holds")
    assert words(spec(words_chart(same, of="d", reference="e")))[0].startswith("No word is more typical")
