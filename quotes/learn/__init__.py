"""Makes what `decide` and `resolve` have learned, and measures: examples, training, calibration, scores."""
