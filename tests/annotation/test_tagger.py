import hashlib
import itertools
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from tokenizers import Tokenizer, models, pre_tokenizers

from analytics.annotation.encoder import Encoder, verify
from analytics.annotation.tagger import OUTPUTS, TaggedAttribution, best_paths, decode, load_tagger
from analytics.annotation.windows import NOWHERE, Window, cut_windows
from analytics.errors import KnowledgeError

FILES = ("model.onnx", "heads.npz", "tokenizer.json")
WORDS = "Ada Brandt said that Olin Moor warned of floods .".split()
NESTED = Window(list(range(len(WORDS) + 2)), [NOWHERE, *((10 * i, 10 * i + 8) for i in range(len(WORDS))), NOWHERE])


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    """One piece per word or mark, so that the tests need no weights."""
    plain = Tokenizer(models.WordLevel({"[UNK]": 0, "[CLS]": 1, "[SEP]": 2}, unk_token="[UNK]"))
    plain.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return plain


@given(text=st.text(alphabet='ab .!?\n"”’\u2028é😀', max_size=300), size=st.integers(4, 20))
def test_windows_hold_every_piece_once_and_are_never_too_long(tokenizer: Tokenizer, text: str, size: int) -> None:
    windows = cut_windows(text, tokenizer, size=size)
    assert all(len(window.ids) == len(window.spans) <= size for window in windows)
    spans = [span for window in windows for span in window.spans if span != NOWHERE]
    assert spans == sorted(set(spans))
    covered = {i for start, end in spans for i in range(start, end)}
    assert all(i in covered for i, character in enumerate(text) if character.isalnum())


def test_a_long_paragraph_is_cut_after_a_sentence(tokenizer: Tokenizer) -> None:
    text = "One two three four. Five six seven. Eight nine ten."
    ends = [text[window.spans[-2][0] : window.spans[-2][1]] for window in cut_windows(text, tokenizer, size=12)]
    assert ends == [".", "."]


def test_paragraphs_are_set_apart_by_a_separator(tokenizer: Tokenizer) -> None:
    [window] = cut_windows("One.\n\nTwo.", tokenizer, size=20)
    assert window.ids == [1, 0, 0, 2, 0, 0, 2]


@given(arrays(np.float32, (2, 6, 3), elements=st.floats(-5, 5, width=16)))
def test_best_paths_are_the_best_of_all_allowed_ones(logits: np.ndarray) -> None:
    allowed = [
        path
        for path in itertools.product(range(3), repeat=6)
        if path[0] != 2 and not any(one == 0 and following == 2 for one, following in itertools.pairwise(path))
    ]
    for row, found in zip(logits, best_paths(logits), strict=True):
        assert tuple(found) in allowed
        best = max(sum(row[i, label] for i, label in enumerate(path)) for path in allowed)
        assert sum(row[i, label] for i, label in enumerate(found)) == pytest.approx(best, abs=1e-3)


def outputs(links: dict[int, tuple[range, range]]) -> tuple[np.ndarray, ...]:
    """What a perfect model returns for cues at some pieces with the pieces of their source and content."""
    length = len(NESTED.ids)
    cue = np.tile(np.array([9, 0, 0], dtype=np.float32), (length, 1))
    prior = np.zeros((length, 6), dtype=np.float32)
    query = np.zeros((length, 6, length), dtype=np.float32)  # each cue has a dimension of its own
    key = np.zeros((length, 6, length), dtype=np.float32)
    for number, (at, roles) in enumerate(links.items()):
        cue[at] = [0, 9, 0]
        query[at, :, number] = 1
        for role, pieces in enumerate(roles):
            key[:, 3 * role, number] = 9
            for i in pieces:
                key[i, 3 * role, number] = 0
                key[i, 3 * role + (1 if i == pieces[0] else 2), number] = 9
    return cue, prior, query, key


def test_nested_attributions_keep_their_own_sources() -> None:
    outer = (range(1, 3), range(4, 10))
    inner = (range(5, 7), range(8, 10))
    first, second = decode(NESTED, *outputs({3: outer, 7: inner}), threshold=0.5)
    assert (first.cue, first.source, first.content) == ((20, 28), (0, 18), ((30, 88),))
    assert (second.cue, second.source, second.content) == ((60, 68), (40, 58), ((70, 88),))
    assert 0.9 < first.p_cue <= 1 and 0.9 < first.p_source <= 1 and 0.9 < first.p_content <= 1


def test_a_cue_may_lack_a_source_and_a_low_one_is_left_out() -> None:
    results = outputs({3: (range(0), range(4, 10))})
    [found] = decode(NESTED, *results, threshold=0.5)
    assert (found.source, found.p_source) == (None, 0.0)
    assert not list(decode(NESTED, *results, threshold=2.1))  # which no p and no half of it can reach


def weights(folder: Path) -> Path:
    for name in FILES:
        (folder / name).write_bytes(name.encode())
    sums = [f"{hashlib.sha256(name.encode()).hexdigest()}  {name}\n" for name in FILES]
    (folder / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")
    verify(folder)
    return folder


@pytest.mark.parametrize("name", FILES)
def test_an_altered_weight_file_is_named(name: str, tmp_path: Path) -> None:
    (weights(tmp_path) / name).write_bytes(b"altered")
    with pytest.raises(KnowledgeError, match=rf"{name} is not the file that was shipped"):
        Encoder(tmp_path, outputs=OUTPUTS)


@pytest.mark.parametrize("name", ["model.onnx", "SHA256SUMS"])
def test_a_missing_weight_file_is_named(name: str, tmp_path: Path) -> None:
    (weights(tmp_path) / name).unlink()
    with pytest.raises(KnowledgeError, match=rf"{name} is missing"):
        Encoder(tmp_path, outputs=OUTPUTS)


def found_in(text: str) -> tuple[TaggedAttribution, ...]:
    return load_tagger().tag(text)


@pytest.mark.model
def test_the_shipped_tagger_links_source_cue_and_content() -> None:
    text = "Mayor Ada Brandt said on Monday that the dam was safe.\n\n“It will hold,” Olin Moor told reporters."
    first, second = found_in(text)
    assert (text[slice(*first.cue)], text[slice(*first.source or ())]) == ("said", "Mayor Ada Brandt")
    assert [text[slice(*piece)] for piece in first.content] == ["that the dam was safe"]
    assert (text[slice(*second.cue)], text[slice(*second.source or ())]) == ("told", "Olin Moor")
    assert [text[slice(*piece)].strip("“,”") for piece in second.content] == ["It will hold"]


@pytest.mark.model
@pytest.mark.parametrize("text", ["", "\n \n", "😀" * 50, "“" * 500, "слово " * 400, "word " * 2000, "x" * 5000])
def test_odd_texts_never_raise(text: str) -> None:
    for found in found_in(text):
        assert 0 <= found.cue[0] < found.cue[1] <= len(text)
