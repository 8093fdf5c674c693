"""Writes the second reader as ONNX with weights of eight bits and each attention one node."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import torch

from quotes.learn.reader.fuse import fuse
from quotes.learn.reader.net import HEADS, Net

OPSET = 17


def export(net: Net, path: Path) -> None:
    """Write a network for onnxruntime; some 23 MB."""
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    example = torch.full((1, 8), 100), torch.zeros((1, 8), dtype=torch.long)
    with TemporaryDirectory() as folder:
        whole, prepared = Path(folder, "whole.onnx"), Path(folder, "prepared.onnx")
        torch.onnx.export(
            net.eval(),
            example,
            str(whole),
            input_names=["ids", "markers"],
            output_names=["odds"],
            dynamic_axes={name: {1: "length"} for name in ("ids", "markers", "odds")},
            opset_version=OPSET,
            dynamo=False,
        )
        quant_pre_process(str(whole), str(prepared), skip_symbolic_shape=True)
        quantize_dynamic(
            str(prepared),
            str(path),
            per_channel=True,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gather", "Gemm"],
        )
    model = onnx.load(path)
    fuse(model, HEADS)
    onnx.save(model, path)
