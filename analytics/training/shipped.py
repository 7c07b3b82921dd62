"""The shipped reader's weights read back, so that training can go on from them.

python -m analytics.training shipped - OUT
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from ..annotation.masking import PLACEHOLDERS
from .encoder import LAYERS, Encoder, base_model
from .model import Model
from .placeholders import begin_placeholders

_PARTS = ("qkv", "mix", "widen", "narrow")  # of a layer, in the order of the exported model


def read_back(folder: Path) -> Model:
    """The model whose export lies in a folder, as far as eight bits a weight tell.

    Of a reader that learnt with names and not with placeholders, these begin as they do in training.
    """
    from ..annotation.windows import load_tokenizer

    graph = onnx.load(str(folder / "model.onnx")).graph
    stored = {each.name: numpy_helper.to_array(each).astype(np.float32) for each in graph.initializer}
    state = {name: value for name, value in stored.items() if name.startswith("encoder.layers") or ".norm." in name}
    state["hedge.bias"] = stored["hedge.bias"]
    state |= {f"encoder.{name}.weight": _full(stored, f"encoder.{name}.weight") for name in ("words", "positions")}
    products = sorted({name.split("_")[1] for name in stored if re.match(r"onnx::MatMul_\d+", name)}, key=int)
    places = [f"encoder.layers.{layer}.{part}.weight" for layer in range(LAYERS) for part in _PARTS]
    for number, place in zip(products, [*places, "hedge.weight"], strict=True):
        name = f"onnx::MatMul_{number}"
        state[place] = (stored[name] if name in stored else _full(stored, name)).T
    with np.load(folder / "heads.npz") as heads:
        state |= {name: heads[name].astype(np.float32) for name in heads.files}
    model = Model(layers=LAYERS, dropout=0.0)
    mine = model.state_dict()
    known = {name: torch.tensor(value.copy()) for name, value in state.items() if name in mine}
    model.load_state_dict(known, strict=False)
    if not _knows_placeholders(model):
        begin_placeholders(model.encoder.words, load_tokenizer(base_model() / "tokenizer.json"))
    return model


def _knows_placeholders(model: Model) -> bool:
    """Whether the placeholders' vectors are no longer those of the published encoder, to which they are unused."""
    published = Encoder()
    published.load_base()
    now, then = (each.words.weight[list(PLACEHOLDERS)] for each in (model.encoder, published))
    return bool((now - then).norm() > 0.2 * then.norm())


def _full(stored: dict[str, np.ndarray], name: str) -> np.ndarray:
    return (stored[f"{name}_quantized"] - stored[f"{name}_zero_point"]) * stored[f"{name}_scale"]
