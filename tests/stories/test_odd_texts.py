import pytest

from analytics import compare_tellings

PLAIN = "The dam broke on Monday, Ada Brandt said. “It held for 20 days,” she added."


@pytest.mark.model
@pytest.mark.parametrize(
    "odd",
    [
        PLAIN + "\n\n* * *\n\n—\n\n…",  # sentences without a word
        "20\n\n1,000 %\n\n$5",
        "“" * 60 + PLAIN + "”" * 40,
        "😀 😀 😀",
        "Дамба прорвалася в понеділок.",
        "word " * 1500,
    ],
    ids=["marks", "numbers", "quotation marks", "emoji", "another language", "one long sentence"],
)
def test_odd_texts_are_compared_with_plain_ones(odd: str) -> None:
    for a, b in ((PLAIN, odd), (odd, PLAIN), (odd, odd)):
        found = compare_tellings(a, b)
        assert isinstance(found.to_dict(), dict)
        if a == b:
            assert not [change for change in found.changes if change.kind.startswith("quotation")]
