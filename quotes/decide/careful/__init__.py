"""The second reader: a small encoder that reads each text, asked where the first scorers leave doubt."""

from importlib.resources import files

from quotes.extras import installed


def is_installed() -> bool:
    """Whether the second reader can be asked: its model is in this package, and what it needs, the extra "careful", is
    installed."""
    return files(__name__).joinpath("reader.onnx").is_file() and installed("onnxruntime", "tokenizers")
