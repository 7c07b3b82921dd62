"""Trained tagger → int8 ONNX with the files that belong to it."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from .attribution import Tagger
from .encoder import base_model

OUTPUTS = ["cue", "prior", "query", "key"]


def export(model: Tagger, out: Path, *, quantise: bool = True) -> None:
    """Write model.onnx, tokenizer.json and SHA256SUMS to a folder."""
    model.eval()
    out.mkdir(parents=True, exist_ok=True)
    axes = {name: {0: "window", 1: "piece"} for name in ["ids", *OUTPUTS]}
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "model.onnx"
        ids = torch.randint(1000, 2000, (3, 32))
        torch.onnx.export(
            model, (ids,), str(plain), input_names=["ids"], output_names=OUTPUTS, dynamic_axes=axes, dynamo=False
        )
        if quantise:
            # the heads stay in fp32: they are small, and in int8 they cost a point of source and content F1
            heads = [n.name for n in onnx.load(plain).graph.node if n.name.startswith(tuple(f"/{o}" for o in OUTPUTS))]
            quantize_dynamic(
                plain, out / "model.onnx", weight_type=QuantType.QInt8, per_channel=True, nodes_to_exclude=heads
            )
        else:
            shutil.copy(plain, out / "model.onnx")
    shutil.copy(base_model() / "tokenizer.json", out / "tokenizer.json")
    files = ("model.onnx", "tokenizer.json")
    sums = [f"{hashlib.sha256((out / name).read_bytes()).hexdigest()}  {name}\n" for name in files]
    (out / "SHA256SUMS").write_text("".join(sums))
