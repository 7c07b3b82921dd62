"""Text repair: what is undone, what is left alone, and that a second pass changes nothing."""

import time
import unicodedata
from pathlib import Path

import ftfy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.ingest import normalise as module
from analytics.ingest.normalise import normalise

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))

DAMAGE = st.sampled_from(
    [
        *("â€œ", "â€\x9d", "Ã©", "Ã ", "Â", "&amp;", "&lt;", "&quot;", "&#39;", "amp;"),
        *('"', "''", "``", "“", "”", "„", "«", "»", "″", "´", ".", "?", "<", "A", "a", "I ", "1"),
        *(" ", "\n", "\r\n", "\x85", "\u2028", "\u200b", "\xad", "\xa0", "\t", "\ufeff", "\x1b[0m"),
        *("é", "\u0301", "ﬃ", "Ð", "™", "\ufffd", "\ud83d", "\ude00"),
    ]
)
TEXTS = st.lists(DAMAGE | st.characters(), max_size=40).map("".join)


@pytest.mark.parametrize(
    ("damaged", "repaired"),
    [
        ("It&#39;s â€œfirmâ€\x9d", "It's “firm”"),
        ("Fish &amp;amp; chips, Smith&Sons", "Fish & chips, Smith&Sons"),
        ("A cafÃ© opened", "A café opened"),
        ("cafe\u0301", "café"),
        ("oﬃce", "office"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("one\n \n\n\n two", "one\n\ntwo"),
        ("one\ntwo", "one\ntwo"),
        ("  a\u00a0\u2009 b\t c ", "a b c"),
        ("com\xad\u200bmanders\u2060\ufeff\x00", "commanders"),
        ("a\ud83d\ude00b\ud800c", "a😀b\ufffdc"),
        ("", ""),
        (" \n\t", ""),
    ],
)
def test_damage_is_undone(damaged: str, repaired: str) -> None:
    assert normalise(damaged) == repaired


@pytest.mark.parametrize(
    ("foreign", "curly"),
    [
        ("She called it «a good day» twice.", "She called it “a good day” twice."),
        ("« un bon jour »", "“un bon jour”"),
        ("»gut« und »so«", "“gut” und “so”"),
        ("„gut“ i „tak”", "“gut” i “tak”"),
        ("``We will,'' she said.", "“We will,” she said."),
        ("It was a ''regime'', he said.", "It was a “regime”, he said."),
        ("\"Unity Day'' began", '"Unity Day” began'),
        ("Harbour´s end", "Harbour’s end"),
        ('He said: "Act now,″ and left.', 'He said: "Act now,” and left.'),
    ],
)
def test_other_quotation_systems_become_curly_marks(foreign: str, curly: str) -> None:
    assert normalise(foreign) == curly


@pytest.mark.parametrize(
    "text",
    [
        'Straight "marks" and ‘single’ ones, “curly” ones, it\'s and it’s.',
        "A man of 5'11'' and 6′2″, at 10''.",
        "Read more »",
        "A stray '' in the line, 'S ''S ' , and no partner.",
        'A "mixed” one and an “unclosed one.',
        "He asked x <y & z.",
    ],
)
def test_what_is_no_damage_stays(text: str) -> None:
    assert normalise(text) == text


@pytest.mark.parametrize(
    ("joined", "parted"),
    [
        ('She said, "We will trade."The mayor left.', 'She said, "We will trade."\n\nThe mayor left.'),
        ("She said, “We will trade.”The mayor left.", "She said, “We will trade.”\n\nThe mayor left."),
        ('"No," the host stressed."I doubt it," he said.', '"No," the host stressed.\n\n"I doubt it," he said.'),
        ("That was all, she said.“We will trade.”", "That was all, she said.\n\n“We will trade.”"),
        ("“We left.”“We did not.”", "“We left.”\n\n“We did not.”"),
    ],
)
def test_paragraphs_joined_at_a_quotation_mark_are_parted(joined: str, parted: str) -> None:
    assert normalise(joined) == parted


@pytest.mark.parametrize(
    "text",
    [
        'It ended in alliances."The mayor left.',  # no opening mark before it
        'Who said "a."B" then?',  # the marks around it agree on neither reading
        'The "U.S."-led talks',
        'a file named "notes."txt',  # no capital
    ],
)
def test_where_the_marks_leave_a_doubt_nothing_is_parted(text: str) -> None:
    assert normalise(text) == text


def test_the_two_seeds_joined_carelessly_come_apart() -> None:
    agency, rewrite = (path.read_text(encoding="utf-8") for path in SEEDS)
    joined = agency + rewrite
    assert 'alliances."Russian President' in joined
    assert 'alliances."\n\nRussian President' in normalise(joined)


@settings(deadline=None)
@given(TEXTS)
def test_a_second_pass_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@settings(deadline=None)
@given(TEXTS)
def test_the_result_is_tidy(text: str) -> None:
    result = normalise(text)
    assert len(result) <= 3 * len(text)
    assert result == result.strip()
    assert "  " not in result and "\n\n\n" not in result and " \n" not in result and "\n " not in result
    assert all(char == "\n" or unicodedata.category(char) not in ("Cc", "Cs") for char in result)


@settings(deadline=None)
@given(st.text(alphabet="ab .,'\"!\n\t‘’“”–—…•€£©°™éàÉüŁxœ<>", max_size=60))
def test_what_skips_ftfy_is_what_ftfy_leaves_alone(text: str) -> None:
    if module._CLEAN.match(text):
        assert ftfy.fix_text(text, module._FTFY) == text


@pytest.mark.parametrize("piece", ["« ", "„ ", "``", '."A', "&amp;", "Ã", "”“", "\n ", "The council met again. "])
def test_long_texts_take_time_in_proportion(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    start = time.process_time()
    normalise(text)
    assert time.process_time() - start < 10


def test_lines_of_fixed_width_are_joined_and_lists_and_paragraphs_are_not() -> None:
    lines = ("The council of Velm met on Monday to talk about", "the dam, which was leaking. It will meet", "again.")
    wrapped = "\n".join(lines)
    assert normalise(wrapped) == wrapped.replace("\n", " ")
    assert normalise(normalise(wrapped)) == normalise(wrapped)
    apart = "The council of Velm met on Monday to talk about it.\nthe dam had been leaking for weeks."
    assert normalise(apart) == apart
    short = "apples\npears\nplums and\ncherries"
    assert normalise(short) == short
