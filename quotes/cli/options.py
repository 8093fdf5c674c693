"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Precision = Annotated[
    float | None,
    typer.Option(
        metavar="SHARE",
        show_default=False,
        help="As sure as gave this precision in cross-validation, e.g. 0.9; instead of --min-confidence.",
    ),
]
Weights = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        show_default=False,
        help="Decide with this model file, made by quotes train, instead of the one in the package.",
    ),
]
