"""Optional packages: what an extra of this package brings, imported where it is used."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

DISTRIBUTION = "newsquotes"
"""What pip knows this package as: "quotes" is a stranger's on PyPI. The command and the import are ``quotes``."""


class MissingPackage(ValueError):
    """Something needs a package that is not installed; the message says which, and how to get it."""


def installed(*modules: str) -> bool:
    """Whether optional modules can be imported, which is not tried."""
    return all(find_spec(module) for module in modules)


def need(module: str, extra: str) -> Any:
    """Import an optional module.

    Args:
        module: its name, as import has it: "fastwarc.warc".
        extra: the extra of this package that brings it: "warc".

    Raises:
        MissingPackage: it can't be imported.
    """
    try:
        return import_module(module)
    except ImportError as error:
        package = module.partition(".")[0]
        raise MissingPackage(f'needs {package}; install it with: pip install "{DISTRIBUTION}[{extra}]"') from error
