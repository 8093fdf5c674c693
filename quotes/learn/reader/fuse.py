"""Attention as one node of a network in ONNX instead of some thirty; that saves a tenth of the time of reading."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from onnx import ModelProto, NodeProto

FUSED = "com.microsoft"
"""The domain of onnxruntime's own operators, which has MultiHeadAttention."""


class Attention(NamedTuple):
    """The names of what goes into an attention and comes out of it, each windows by wordpieces by WIDTH."""

    query: str
    key: str
    value: str
    mixed: str


def fuse(model: ModelProto, heads: int) -> None:
    """Put one node in the place of each attention, in place. What is computed stays the same but for rounding.

    Args:
        model: as torch writes `scaled_dot_product_attention`, quantized or not.
        heads: of each attention.

    Raises:
        ValueError: no attention was found.
    """
    from onnx import helper

    found = list(_attentions(model))
    if not found:
        raise ValueError("no attention in this network that could be fused")
    made_by = {out: node for node in model.graph.node for out in node.output}
    for one in found:
        node = made_by[one.mixed]
        fused = helper.make_node(
            "MultiHeadAttention", [one.query, one.key, one.value], [one.mixed], domain=FUSED, num_heads=heads
        )
        node.CopyFrom(fused)
    _prune(model)


def _attentions(model: ModelProto) -> Iterator[Attention]:
    """From each softmax back to the biases of its query and key, and on to where the heads are put together."""
    made_by = {out: node for node in model.graph.node for out in node.output}
    taken_by = {name: node for node in model.graph.node for name in node.input}
    for softmax in model.graph.node:
        if softmax.op_type == "Softmax":
            query, key = (_before_heads(made_by, name) for name in made_by[softmax.input[0]].input)
            mixing = taken_by[softmax.output[0]]
            joined = taken_by[taken_by[mixing.output[0]].output[0]]
            yield Attention(query, key, _before_heads(made_by, mixing.input[1]), joined.output[0])


def _before_heads(made_by: dict[str, NodeProto], name: str) -> str:
    """What was reshaped into heads, behind scaling and transposing."""
    node = made_by[name]
    while node.op_type != "Reshape":
        node = made_by[node.input[0]]
    return str(node.input[0])


def _prune(model: ModelProto) -> None:
    """Take out nodes and weights of which nothing is made; the others come in an order in which they can run."""
    made_by = {out: node for node in model.graph.node for out in node.output}
    kept: dict[int, NodeProto] = {}
    waiting = [(made_by[out.name], False) for out in model.graph.output]
    while waiting:
        node, ready = waiting.pop()
        if id(node) in kept:
            continue
        if ready:
            kept[id(node)] = node
        else:
            waiting.append((node, True))
            waiting += [(made_by[name], False) for name in node.input if name in made_by]
    nodes = list(kept.values())
    used = {name for node in nodes for name in node.input}
    weights = [one for one in model.graph.initializer if one.name in used]
    for field, left in ((model.graph.node, nodes), (model.graph.initializer, weights)):
        del field[:]
        field.extend(left)
