"""How onnxruntime runs the encoders: on one thread, and with the same integer products on every processor.

The encoders multiply activations (unsigned bytes) with weights (signed bytes). x86 processors with AVX2 but without
VNNI add such products in pairs in 16 bits, where 255 · 127 + 255 · 127 does not fit, so that the sum is cut off.
There, onnxruntime can store the weights as unsigned bytes as it loads them, each with its zero point 128 more: exact,
but on a processor that does not need it two to three times as slow. So it is tried out first.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

_FLOAT_OPTIMISER = "SkipLayerNormFusion"  # on a CPU the fused operator is slower: a seventh of the run
_UINT8, _INT8, _INT32 = 2, 3, 6  # as ONNX numbers the types
_ONNX_IR, _OPSET = 9, 20  # those of the shipped models


def open_session(model: Path | bytes) -> Any:
    """An onnxruntime session of a model, with exact integer products."""
    return _open(model, unsigned=not signed_products_are_exact())


@cache
def signed_products_are_exact() -> bool:
    """Whether this processor multiplies unsigned with signed bytes exactly, tried out on the largest of them.

    >>> signed_products_are_exact() in (True, False)
    True
    """
    weights = np.full((64, 32), 127, dtype=np.int8)
    session = _open(product_model(weights), unsigned=False)
    for rows in (1, 8):  # which onnxruntime may leave to different routines
        activations = np.full((rows, 64), 255, dtype=np.uint8)
        [found] = session.run(None, {"activations": activations})
        if not (found == 64 * 255 * 127).all():
            return False
    return True


def _open(model: Path | bytes, *, unsigned: bool) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # more are slower where cores are shared
    options.add_session_config_entry("session.x64quantprecision", str(int(unsigned)))
    # Arm's own routines, where a processor has them, round activations row by row: other numbers
    options.add_session_config_entry("mlas.disable_kleidiai", "1")
    return onnxruntime.InferenceSession(
        model if isinstance(model, bytes) else str(model),
        options,
        providers=["CPUExecutionProvider"],
        disabled_optimizers=[_FLOAT_OPTIMISER],
    )


def product_model(weights: NDArray[np.int8]) -> bytes:
    """An ONNX model of one node: activations [rows, n] in unsigned bytes times these weights [n, columns].

    Written field by field in the format of protocol buffers, since the package that writes models is not installed
    with this one. The numbers of the fields are those of onnx.proto.
    """
    shape = b"".join(_field(1, size) for size in weights.shape)
    tensor = shape + _field(2, _INT8) + _field(8, b"weights") + _field(9, weights.tobytes())
    node = _field(1, b"activations") + _field(1, b"weights") + _field(2, b"product") + _field(4, b"MatMulInteger")
    graph = _field(1, node) + _field(2, b"product") + _field(5, tensor)
    graph += _field(11, _matrix(b"activations", _UINT8)) + _field(12, _matrix(b"product", _INT32))
    return _field(1, _ONNX_IR) + _field(7, graph) + _field(8, _field(2, _OPSET))


def _matrix(name: bytes, kind: int) -> bytes:
    """What goes in or comes out: a matrix of any size."""
    any_size = _field(1, b"")
    shape = any_size + any_size
    return _field(1, name) + _field(2, _field(1, _field(1, kind) + _field(2, shape)))


def _field(number: int, value: int | bytes) -> bytes:
    if isinstance(value, int):
        return _varint(number << 3) + _varint(value)
    return _varint(number << 3 | 2) + _varint(len(value)) + value


def _varint(value: int) -> bytes:
    """Seven bits a byte, the lowest first; all but the last byte have the high bit set."""
    found = bytearray()
    while value > 127:
        found.append(value & 127 | 128)
        value >>= 7
    return bytes([*found, value])
