"""The second reader: a small encoder that reads each text, asked where the first scorers leave doubt."""

from quotes.extras import installed


def is_installed() -> bool:
    """Whether what the second reader needs is installed: the extra "careful"."""
    return installed("onnxruntime", "tokenizers")
