"""The second reader's whole training: each text is read by one that has not seen it, and one learns from all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from quotes.learn.lessons import folds
from quotes.learn.reader.export import export
from quotes.learn.reader.net import Net
from quotes.learn.reader.texts import Lesson
from quotes.learn.reader.train import Progress, read, train

Halves = npt.NDArray[np.float16]
"""Log-odds with half of the usual digits, which are enough."""
PARTS = 3
MODEL, READ = "reader.onnx", "read.npz"
"""What is written: the model, and what was read of each text by one that had not seen it."""


def train_reader(lessons: Sequence[Lesson], folder: Path, progress: Progress) -> None:
    """Train the second reader and write what `quotes train --read` and extraction need.

    What is done already of a run that was broken off is not done again: its networks lie in the folder.

    Args:
        lessons: the texts, those that teach and those that are only read.
        folder: where MODEL and READ are written.
        progress: is told each step.
    """
    folder.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    taught, others = [[one for one in lessons if (one.right is not None) is whole] for whole in (True, False)]
    texts: dict[str, Any] = dict(_crossed(taught, folder, progress))
    progress("all texts")
    net = _kept(folder / "all.pt", taught, progress)
    export(net, folder / MODEL)
    texts |= {one.id: _read(net, one) for one in others}
    np.savez_compressed(folder / READ, **texts)


def _crossed(taught: Sequence[Lesson], folder: Path, progress: Progress) -> Iterator[tuple[str, Halves]]:
    """Each text's id, and what one that has not seen it reads."""
    for k, part in enumerate(folds(len(taught), PARTS)):
        progress(f"cross-fitting, part {k + 1} of {PARTS}")
        held = set(part)
        net = _kept(folder / f"part{k + 1}.pt", [one for i, one in enumerate(taught) if i not in held], progress)
        for i in part:
            yield taught[i].id, _read(net, taught[i])


def _kept(path: Path, taught: Sequence[Lesson], progress: Progress) -> Net:
    """The network that is kept in a file, or one that learns from the lessons and is kept there then."""
    if path.exists():
        progress(f"{path.name} is there already")
        net = Net()
        net.load_state_dict(torch.load(path))
        net.eval()
        return net
    net = train(taught, progress)
    torch.save(net.state_dict(), path)
    return net


def _read(net: Net, one: Lesson) -> Halves:
    return read(net, one.pieces).astype(np.float16)
