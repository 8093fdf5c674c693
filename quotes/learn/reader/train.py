"""Trains the second reader: what each wordpiece is, by binary cross-entropy, and reads texts with what was learned.

Seeded. On other processors, or with another number of threads, sums are rounded otherwise and the weights differ a
little.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from quotes.decide.careful.pieces import FIRST, LAST, Pieces, Window, windows
from quotes.decide.careful.reader import ANSWERS
from quotes.forest import Matrix
from quotes.learn.reader.net import NEW, Net, pretrained
from quotes.learn.reader.texts import Lesson

EPOCHS = 3
RATE = 2e-4
"""The highest rate of learning: it rises to that for a WARM share of the steps, then falls to nothing."""
NEWER = 5.0
"""How many times as fast the parts learn that the encoder came without."""
WARM = 0.1
AT_ONCE = 8
"""Windows a step."""
NEAR = 8
"""Windows of like length go together: so many steps' are drawn at once and sorted."""
SEED = 0

Progress = Callable[[str], None]


class Read(NamedTuple):
    """Windows as the network takes them, filled up to one length."""

    ids: Tensor
    markers: Tensor
    there: Tensor
    """Which wordpieces there are."""
    right: Tensor


def train(lessons: Sequence[Lesson], progress: Progress) -> Net:
    """A network that has learned some texts."""
    torch.manual_seed(SEED)
    draw = random.Random(SEED)
    net = pretrained()
    net.train()
    learned = {name: weights for name, weights in net.named_parameters() if weights.requires_grad}
    every = sum(1 for one in lessons for _ in windows(one.pieces))
    steps = EPOCHS * math.ceil(every / AT_ONCE)
    optimizer = torch.optim.AdamW(_at_their_rates(learned), weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _share(step / steps))
    done, lost = 0, 0.0
    for epoch in range(EPOCHS):
        for batch in _batches(lessons, draw):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                odds = net(batch.ids, batch.markers, batch.there[:, None, None, :])
            loss = F.binary_cross_entropy_with_logits(odds.float()[batch.there], batch.right[batch.there])
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(learned.values(), 1.0)
            optimizer.step()
            schedule.step()
            done, lost = done + 1, 0.98 * lost + 0.02 * float(loss.detach())
            if done % 50 == 0:
                progress(f"epoch {epoch + 1}, step {done} of {steps}, loss {lost / (1 - 0.98**done):.4f}")
    net.eval()
    return net


def _at_their_rates(learned: Mapping[str, Tensor]) -> list[dict[str, Any]]:
    """What is learned, by its names, in two groups, each with its highest rate."""
    groups: list[dict[str, Any]] = [{"params": [], "lr": RATE}, {"params": [], "lr": RATE * NEWER}]
    for name, weights in learned.items():
        groups[name.partition(".")[0] in NEW]["params"].append(weights)
    return groups


def _share(done: float) -> float:
    """Of the highest rate, at a share of all steps."""
    return max(min(done / WARM, (1 - done) / (1 - WARM)), 0.0)


def _batches(lessons: Sequence[Lesson], draw: random.Random) -> Iterator[Read]:
    """All windows once, those of like length together, in an order that is drawn."""
    every = [(one, window) for one in lessons for window in windows(one.pieces)]
    draw.shuffle(every)
    size = AT_ONCE * NEAR
    for k in range(0, len(every), size):
        some = sorted(every[k : k + size], key=lambda one: one[1][1] - one[1][0])
        starts = list(range(0, len(some), AT_ONCE))
        draw.shuffle(starts)
        for start in starts:
            yield _filled(some[start : start + AT_ONCE])


def _filled(some: Sequence[tuple[Lesson, Window]]) -> Read:
    longest = max(b - a for _, (a, b) in some) + 2
    shape = (len(some), longest)
    ids, markers = torch.zeros(shape, dtype=torch.long), torch.zeros(shape, dtype=torch.long)
    there, right = torch.zeros(shape, dtype=torch.bool), torch.zeros((*shape, len(ANSWERS)))
    for k, (one, (a, b)) in enumerate(some):
        ids[k, : b - a + 2] = torch.tensor([FIRST, *one.pieces.ids[a:b], LAST])
        markers[k, 1 : b - a + 1] = torch.tensor(one.pieces.markers[a:b])
        there[k, : b - a + 2] = True
        if one.right is not None:
            right[k, 1 : b - a + 1] = torch.from_numpy(one.right[a:b])
    return Read(ids, markers, there, right)


def read(net: Net, of: Pieces) -> Matrix:
    """The log-odds of each answer for each of a text's wordpieces."""
    out = np.zeros((len(of), len(ANSWERS)))
    for a, b in windows(of):
        ids = torch.tensor([[FIRST, *of.ids[a:b], LAST]])
        markers = torch.tensor([[0, *of.markers[a:b], 0]])
        with torch.no_grad():
            out[a:b] = net(ids, markers)[0, 1:-1].numpy()
    return out
