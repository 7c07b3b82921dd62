"""Copies and credits, on made-up texts."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.stories.copies import find_copies
from analytics.stories.credits import find_credit, wire_credit

WORDS = [f"{a}{b}{c}" for a in "bdfgklm" for b in "aeiou" for c in "nrst"]


def text(seed: int, n: int = 300) -> str:
    return " ".join(np.random.default_rng(seed).choice(WORDS, n))


def frame(*texts: str, published: list[str] | None = None) -> pd.DataFrame:
    days = published or [f"2025-01-{n + 1:02d}" for n in range(len(texts))]
    ids = [f"x{n}" for n in range(len(texts))]
    return pd.DataFrame({"article_id": ids, "text": texts, "published": pd.to_datetime(days, utc=True)})


def retold(original: str, seed: int) -> str:
    """The ends cut and every tenth word changed."""
    words = original.split()[30:-30]
    others = np.random.default_rng(seed).choice(WORDS, len(words))
    return " ".join(str(o) + "x" if n % 10 == 5 else w for n, (w, o) in enumerate(zip(words, others, strict=True)))


def links(found: pd.DataFrame) -> dict[str, str]:
    return dict(zip(found["article_id"], found["copy_of"], strict=True))


def test_planted_copies_are_found_and_nothing_else() -> None:
    originals = [text(seed) for seed in range(60)]
    copies = [retold(original, 1000 + n) for n, original in enumerate(originals[:40])]
    found = find_copies(frame(*originals, *copies, published=["2025-01-01"] * 60 + ["2025-01-02"] * 40))
    assert links(found) == {f"x{60 + n}": f"x{n}" for n in range(40)}
    assert set(found["kind"]) == {"near"} and found["containment"].between(0.6, 0.8).all()


def test_a_copy_of_a_copy_copies_the_original() -> None:
    original = text(1)
    found = find_copies(frame(original, retold(original, 2), retold(original, 3)))
    assert links(found) == {"x1": "x0", "x2": "x0"}


def test_the_earlier_is_the_original_and_undated_ones_come_last() -> None:
    same = text(1)
    made = frame(same, same, same, published=["2025-01-03", "2025-01-02", None])  # type: ignore[list-item]
    found = find_copies(made)
    assert links(found) == {"x0": "x1", "x2": "x1"}
    assert set(found["kind"]) == {"exact"}


def test_a_quoted_paragraph_makes_no_copy() -> None:
    long = text(1, 1000)
    assert find_copies(frame(long, " ".join(long.split()[:120]))).empty


def test_short_texts_are_copies_only_if_the_same() -> None:
    assert links(find_copies(frame("Rain. More rain.", "Rain, more rain", "Rain tomorrow"))) == {"x1": "x0"}


def test_no_articles_and_empty_ones() -> None:
    assert find_copies(frame()).empty
    assert find_copies(frame("", "")).empty


@pytest.mark.parametrize(
    ("text", "author", "agency"),
    [
        ("VELM (AP) — The dam broke.", None, "AP"),
        ("VELM, March 3 (Reuters) - The dam broke.", None, "Reuters"),
        ("The dam broke.\n\nThe Associated Press contributed to this report.", None, "AP"),
        ("The dam broke.\n\nAda Brandt contributed to this report, as well as The Associated Press.", None, "AP"),
        ("The dam broke.\n\nReporting by Ada Brandt; editing by Ivo Lang; Reuters", None, "Reuters"),
        ("The dam broke. (with agencies)", None, "agencies"),
        ("The dam broke.", "AFP", "AFP"),
        ("The dam broke.", "Ada Brandt and agencies", "agencies"),
        ("The dam broke.", "Ada Brandt", None),
        ("The mayor told Reuters that the dam broke.", None, None),
        ("The dam broke, the AFP news agency reported.", None, None),
        ("The dam broke. Photograph: Ada Brandt/AFP/Getty Images", None, None),
        ("Happy families moved on; apt pupils stayed.", None, None),
        ("", None, None),
    ],
)
def test_credits(text: str, author: str | None, agency: str | None) -> None:
    assert wire_credit(text, author) == agency


def test_a_credit_leads_back_to_its_words() -> None:
    words = "The dam broke. " * 80 + "Reuters contributed to this report."
    credit = find_credit(words)
    assert credit is not None and words[credit.start : credit.end].startswith("Reuters")
