"""Trained model → int8 ONNX and the heads' weights, with the files that belong to them."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from ..annotation import reader, tagger
from .encoder import Encoder, base_model
from .model import Model

READER_FILES = ("model.onnx", "heads.npz", "tokenizer.json")
IN_NUMPY = ("sentiment", "relation", "meaning")  # heads that numpy runs, on the few mentions there are


class _Attributions(nn.Module):
    def __init__(self, model: Model) -> None:
        super().__init__()
        self.encoder, self.attribution = model.encoder, model.attribution

    def forward(self, ids: Tensor) -> tuple[Tensor, ...]:
        return tuple(self.attribution(self.encoder(ids)))


class _Reader(nn.Module):
    def __init__(self, model: Model) -> None:
        super().__init__()
        self.encoder, self.hedge = model.encoder, model.hedge

    def forward(self, ids: Tensor) -> tuple[Tensor, ...]:
        hidden = self.encoder(ids)
        return hidden, self.hedge(hidden)


def export_attributions(model: Model, out: Path, *, quantise: bool = True) -> None:
    """Write the files of the attribution tagger."""
    # the heads stay in fp32: they are small, and in int8 they cost a point of source and content F1
    _export(_Attributions(model), out, tagger.OUTPUTS, quantise=quantise, in_full="/attribution/")
    _write_sums(out, ("model.onnx", "tokenizer.json"))


def export_reader(
    model: Model, out: Path, *, temperatures: dict[str, float] | None = None, quantise: bool = True
) -> None:
    """Write the files of the encoder whose vectors the other heads share; the frames' weights are added later."""
    _export(_Reader(model), out, reader.OUTPUTS, quantise=quantise, in_full="/hedge/")
    weights = {
        name: value.float().numpy() for name, value in model.state_dict().items() if name.split(".")[0] in IN_NUMPY
    }
    for head in ("sentiment", "relation"):
        weights[f"{head}.temperature"] = np.float32((temperatures or {}).get(head, 1.0))
    np.savez(out / "heads.npz", **weights)
    _write_sums(out, READER_FILES)


def _export(model: nn.Module, out: Path, outputs: Sequence[str], *, quantise: bool, in_full: str = "/none/") -> None:
    """model.onnx and tokenizer.json; parts of the model whose names hold `in_full` are not quantised."""
    model.eval()
    out.mkdir(parents=True, exist_ok=True)
    axes = {name: {1: "piece"} for name in ["ids", *outputs]}
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "model.onnx"
        ids = torch.randint(1000, 2000, (1, 32))
        names: dict[str, Any] = {"input_names": ["ids"], "output_names": list(outputs), "dynamic_axes": axes}
        torch.onnx.export(model, (ids,), str(plain), **names, dynamo=False, custom_opsets={"com.microsoft": 1})
        if quantise:
            kept = [node.name for node in onnx.load(plain).graph.node if in_full in node.name]
            quantize_dynamic(
                plain, out / "model.onnx", weight_type=QuantType.QInt8, per_channel=True, nodes_to_exclude=kept
            )
        else:
            shutil.copy(plain, out / "model.onnx")
    shutil.copy(base_model() / "tokenizer.json", out / "tokenizer.json")


class _Sentences(nn.Module):
    """The encoder as published: the mean over a sentence's pieces, of length 1."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = Encoder(dropout=0.0)
        self.encoder.load_base()

    def forward(self, ids: Tensor) -> Tensor:
        return nn.functional.normalize(self.encoder(ids).mean(1), dim=-1)


def export_sentences(out: Path) -> None:
    """Write the files of the sentence encoder, which is not trained."""
    _export(_Sentences(), out, ("embedding",), quantise=True)
    _write_sums(out, ("model.onnx", "tokenizer.json"))


def _write_sums(out: Path, files: Sequence[str]) -> None:
    sums = [f"{hashlib.sha256((out / name).read_bytes()).hexdigest()}  {name}\n" for name in files]
    (out / "SHA256SUMS").write_text("".join(sums))
