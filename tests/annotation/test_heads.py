from pathlib import Path

import numpy as np
import pytest

from analytics.annotation.heads import DEPTH, LOOKS, SEEN, Heads, load_heads
from analytics.annotation.reader import WIDTH, EncodedText, load_reader
from analytics.annotation.windows import NOWHERE, Window


def encoded_text(words: str, vectors: np.ndarray) -> EncodedText:
    """One piece per word, between a separator at either end."""
    spans, at = [NOWHERE], 0
    for word in words.split(" "):
        spans.append((at, at + len(word)))
        at += len(word) + 1
    spans.append(NOWHERE)
    hidden = np.vstack([np.full((1, WIDTH), 99), vectors, np.full((1, WIDTH), 99)]).astype(np.float32)
    return EncodedText([(Window([0] * len(spans), spans), hidden, np.zeros((len(spans), 6), dtype=np.float32))])


@pytest.fixture(scope="module")
def heads(tmp_path_factory: pytest.TempPathFactory) -> Heads:
    """Heads with random weights: what is tested holds whatever they are."""
    draw = np.random.default_rng(5)
    weights: dict[str, np.ndarray] = {}

    def linear(name: str, into: int, out_of: int) -> None:
        weights[f"{name}.weight"] = draw.normal(size=(into, out_of)).astype(np.float32) / out_of**0.5
        weights[f"{name}.bias"] = draw.normal(size=into).astype(np.float32)

    for head, mentions, classes in (("sentiment", 1, 3), ("relation", 2, 5)):
        linear(f"{head}.query", LOOKS * DEPTH, WIDTH)
        linear(f"{head}.key", LOOKS * DEPTH, WIDTH)
        linear(f"{head}.value", SEEN, WIDTH)
        linear(f"{head}.inner", 8, mentions * (WIDTH + SEEN) + WIDTH + (mentions > 1))
        linear(f"{head}.out", classes, 8)
        weights[f"{head}.temperature"] = np.float32(1)
    linear("meaning", WIDTH, WIDTH)
    folder = tmp_path_factory.mktemp("heads")
    np.savez(folder / "heads.npz", **weights)
    return Heads(folder)


WORDS = "Brandt blames Moor . Moor laughs ."
VECTORS = np.random.default_rng(6).normal(size=(7, WIDTH))
FIRST, MOOR, BRANDT = (0, 20), (14, 18), (0, 6)


def test_pieces_are_those_that_overlap_a_stretch() -> None:
    encoded = encoded_text(WORDS, VECTORS)
    assert encoded.hidden.shape == (7, WIDTH)  # the separators are left out
    assert [encoded.pieces(*each) for each in (BRANDT, MOOR, (6, 7), (15, 16))] == [
        slice(0, 1), slice(2, 3), slice(1, 1), slice(2, 3),
    ]  # fmt: skip


def test_p_adds_up_and_hangs_on_the_own_sentence_only(heads: Heads) -> None:
    alone = heads.sentiment(encoded_text(WORDS, VECTORS), [(BRANDT, FIRST), (MOOR, FIRST)])
    assert alone.sum(axis=1) == pytest.approx(1)
    changed = VECTORS.copy()
    changed[4:] *= 3  # another sentence
    assert heads.sentiment(encoded_text(WORDS, changed), [(BRANDT, FIRST), (MOOR, FIRST)]) == pytest.approx(alone)
    changed = VECTORS.copy()
    changed[1] *= 3
    assert heads.sentiment(encoded_text(WORDS, changed), [(BRANDT, FIRST)]) != pytest.approx(alone[:1])


def test_a_mention_without_pieces_has_no_answer(heads: Heads) -> None:
    found = heads.sentiment(encoded_text(WORDS, VECTORS), [((6, 7), FIRST), (MOOR, FIRST)])
    assert np.isnan(found[0]).all() and not np.isnan(found[1]).any()
    assert heads.sentiment(EncodedText([]), [(MOOR, FIRST)]).shape == (1, 3)


def test_a_pair_is_read_alike_from_both_ends(heads: Heads) -> None:
    [one, other] = heads.relation(encoded_text(WORDS, VECTORS), [(BRANDT, MOOR, FIRST), (MOOR, BRANDT, FIRST)])
    assert one.sum() == pytest.approx(1)
    assert one[[0, 2, 1, 4, 3]] == pytest.approx(other)


def test_meanings_have_length_one(heads: Heads) -> None:
    assert np.linalg.norm(heads.meaning(VECTORS.astype(np.float32))) == pytest.approx(1, abs=1e-5)
    assert np.isfinite(heads.meaning(np.zeros((0, WIDTH), dtype=np.float32))).all()


def test_missing_weights_are_no_heads(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Heads(tmp_path)


@pytest.mark.model
def test_the_shipped_heads_tell_blame_from_praise() -> None:
    text = "Brandt called Moor a liar and a disgrace. Moor praised Kessel as a brave and honest leader."
    first, second = (0, 41), (42, len(text))
    moor, kessel = (text.index("Moor"), text.index("Moor") + 4), (text.index("Kessel"), text.index("Kessel") + 6)
    encoded = load_reader().read(text)
    blamed, praised = load_heads().sentiment(encoded, [(moor, first), (kessel, second)])
    assert blamed[0] > 0.5 and praised[2] > 0.5


@pytest.mark.model
@pytest.mark.parametrize("text", ["", "😀" * 50, "Це речення українською мовою.", "word " * 2000, "“" * 300])
def test_odd_texts_are_read(text: str) -> None:
    encoded = load_reader().read(text)
    everything = (0, len(text))
    p = load_heads().sentiment(encoded, [(everything, everything)])
    assert np.isnan(p).all() or p.sum() == pytest.approx(1, abs=1e-4)
