"""Trains the second reader (see quotes.decide.careful); needs PyTorch, of the extra "reader-training"."""
