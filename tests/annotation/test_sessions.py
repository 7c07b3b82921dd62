"""The encoders' numbers do not depend on the processor: integer products are exact, vectors those that are kept."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from encoder_vectors import KEPT, vectors
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from analytics.annotation import sessions
from analytics.annotation.encoder import Encoder
from analytics.annotation.reader import FOLDER as READER
from analytics.annotation.sessions import open_session, product_model
from analytics.knowledge.lexicon import KNOWLEDGE

ENCODERS = ("encoder", "attribution_tagger", "sentence_encoder")
PRODUCTS = 24  # of each encoder: four in each of six layers
APART = 0.002  # of a vector's length, median; sums that are cut off move it by 0.009 (tagger) to 0.15

Bytes = NDArray[np.int8]


def fields(message: bytes) -> Iterator[tuple[int, int | bytes]]:
    """The fields of a protocol buffer: numbers with their values."""
    at = 0

    def varint() -> int:
        nonlocal at
        value = shift = 0
        while True:
            byte = message[at]
            value |= (byte & 127) << shift
            at, shift = at + 1, shift + 7
            if byte < 128:
                return value

    while at < len(message):
        number, kind = divmod(varint(), 8)
        if kind == 0:
            yield number, varint()
            continue
        size = {1: 8, 5: 4}[kind] if kind != 2 else varint()
        yield number, message[at : at + size]
        at += size


def values(message: bytes, number: int) -> list[int | bytes]:
    return [value for each, value in fields(message) if each == number]


@cache
def shipped_weights(name: str) -> list[Bytes]:
    """The matrices that the model multiplies activations with."""
    [graph] = values((KNOWLEDGE / name / "model.onnx").read_bytes(), 7)
    nodes = [(values(node, 1), values(node, 4)) for node in values(graph, 1)]
    wanted = {inputs[1] for inputs, kind in nodes if kind == [b"MatMulInteger"]}
    tensors = {values(tensor, 8)[0]: tensor for tensor in values(graph, 5)}
    assert {values(tensors[each], 2)[0] for each in wanted} == {3}  # signed bytes
    return [np.frombuffer(values(t, 9)[0], np.int8).reshape(values(t, 1)) for t in (tensors[each] for each in wanted)]


def activations(weights: Bytes) -> NDArray[np.uint8]:
    """The largest there are, and random ones."""
    some = np.random.default_rng(20310106).integers(0, 256, (8, len(weights)), dtype=np.uint8)
    some[0] = 255
    return some


def exact(left: NDArray[np.uint8], weights: Bytes) -> NDArray[np.float64]:
    return left.astype(np.float64) @ weights.astype(np.float64)  # below 2^53, so exact


def cut_off(left: NDArray[np.uint8], weights: Bytes) -> NDArray[np.int32]:
    """What a processor with AVX2 but without VNNI makes of it: sums of two products end at 16 bits."""
    products = left[:, :, None].astype(np.int32) * weights
    return np.clip(products[:, ::2] + products[:, 1::2], -(2**15), 2**15 - 1).sum(axis=1)


@pytest.mark.parametrize("name", ENCODERS)
def test_products_with_the_shipped_weights_are_exact(name: str) -> None:
    found = shipped_weights(name)
    assert len(found) == PRODUCTS
    for weights in found:
        left = activations(weights)
        session = open_session(product_model(weights))
        for rows in (left, left[:1]):
            [product] = session.run(None, {"activations": rows})
            np.testing.assert_array_equal(product, exact(rows, weights))


@pytest.mark.parametrize("name", ENCODERS)
def test_these_products_would_show_sums_that_are_cut_off(name: str) -> None:
    for weights in shipped_weights(name)[::4]:
        left = activations(weights)
        assert (cut_off(left, weights) != exact(left, weights)).mean() > 0.05


@pytest.mark.parametrize("signed_is_exact", [True, False])
def test_sessions_take_the_way_that_was_found_exact(signed_is_exact: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(sessions, "signed_products_are_exact", lambda: signed_is_exact)
    monkeypatch.setattr(sessions, "_open", lambda model, *, unsigned: asked.append((model, unsigned)))
    open_session(Path("model.onnx"))
    assert asked == [(Path("model.onnx"), not signed_is_exact)]


@pytest.mark.parametrize("cut", [False, True])
def test_sums_that_are_cut_off_are_noticed(cut: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    class Processor:
        def run(self, _: None, given: dict[str, NDArray[np.uint8]]) -> list[NDArray[np.float64] | NDArray[np.int32]]:
            weights = np.full((64, 32), 127, dtype=np.int8)
            return [(cut_off if cut else exact)(given["activations"], weights)]

    monkeypatch.setattr(sessions, "_open", lambda model, *, unsigned: Processor())
    assert sessions.signed_products_are_exact.__wrapped__() is not cut


def test_both_ways_give_the_same_vectors(monkeypatch: pytest.MonkeyPatch) -> None:
    if not sessions.signed_products_are_exact():
        pytest.skip("this processor has one exact way only")
    ids = [101, *range(2000, 2040), 102]
    one = Encoder(READER, outputs=("hidden",)).run(ids)
    monkeypatch.setattr(sessions, "signed_products_are_exact", lambda: False)
    other = Encoder(READER, outputs=("hidden",)).run(ids)
    np.testing.assert_array_equal(one, other)


def test_vectors_are_those_of_other_processors() -> None:
    kept, found = np.load(KEPT), vectors()
    assert set(kept) == set(found) == set(ENCODERS)
    for name in ENCODERS:
        wanted = kept[name].astype(np.float64)
        apart = np.linalg.norm(found[name] - wanted, axis=1) / np.linalg.norm(wanted, axis=1)
        # the median: where floating-point parts differ by a hair, an activation may be rounded the other way, and
        # through the layers others after it, so that a single text may move by as much as rounding moves it anyway
        assert np.median(apart) < APART, name


@given(st.integers(0, 2**40), st.binary(max_size=300))
def test_what_is_written_field_by_field_is_read_again(number: int, text: bytes) -> None:
    assert list(fields(sessions._field(7, number) + sessions._field(9, text))) == [(7, number), (9, text)]
