"""``python -m training.export``: the trained encoder as int8 ONNX with what decoding needs, for the wheel.

    python -m training.export --out .out/reader

The graph is written node by node, so that it holds what the run-time does fast (one fused attention a layer) and
nothing else: it takes windows of one length, therefore there is no padding and no mask.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from pledgewatch.read.readers.encoder.labels import OUTPUTS, POINTERS
from pledgewatch.read.readers.encoder.tokens import WEIGHTS
from training.model import HEADS, LAYERS, MIXTURES, WIDTH, Objective, Reader, head_key, mixture_of

_OPSET, _IR = 17, 8


def load(folder: Path) -> tuple[Reader, Objective]:
    """The model that ``training.train`` wrote."""
    meta = json.loads((folder / "meta.json").read_text())
    reader, objective = Reader(), Objective(meta["relations"], meta["kinds"])
    state = torch.load(folder / "model.pt", weights_only=True)
    reader.load_state_dict(state["reader"])
    objective.load_state_dict(state["objective"])
    return reader.eval(), objective.eval()


class Graph:
    """A graph while it is being written; every method adds nodes and gives the name of their output."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def add(self, kind: str, *inputs: str, domain: str = "", outputs: int = 1, **attributes: object) -> list[str]:
        """A node; the names of its outputs."""
        names = [f"{kind}_{len(self.nodes)}_{index}" for index in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, domain=domain, **attributes))
        return names

    def hold(self, values: torch.Tensor | np.ndarray) -> str:
        """A constant."""
        array = values.detach().numpy() if isinstance(values, torch.Tensor) else values
        name = f"w{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def linear(self, x: str, layer: torch.nn.Linear) -> str:
        """``x`` times the weights and the bias."""
        (product,) = self.add("MatMul", x, self.hold(layer.weight.T))
        return self.add("Add", product, self.hold(layer.bias))[0]

    def normalise(self, x: str, layer: torch.nn.LayerNorm) -> str:
        """Layer normalisation."""
        scale, bias = self.hold(layer.weight), self.hold(layer.bias)
        return self.add("LayerNormalization", x, scale, bias, axis=-1, epsilon=float(layer.eps))[0]

    def total(self, parts: list[str]) -> str:
        """The sum of parts of one shape."""
        found = parts[0]
        for part in parts[1:]:
            (found,) = self.add("Add", found, part)
        return found


def build(reader: Reader) -> onnx.ModelProto:
    """The reader without what only training uses."""
    graph = Graph()
    half = graph.hold(np.array(0.5, dtype=np.float32))
    one = graph.hold(np.array(1.0, dtype=np.float32))
    root = graph.hold(np.array(2.0**0.5, dtype=np.float32))
    (shape,) = graph.add("Shape", "ids")
    (length,) = graph.add("Gather", shape, graph.hold(np.array([1], dtype=np.int64)), axis=0)
    places = graph.hold(reader.places.weight + reader.kind)
    zero = graph.hold(np.array([0], dtype=np.int64))
    (places,) = graph.add("Slice", places, zero, length, zero)
    x = graph.total(
        [
            graph.add("Gather", graph.hold(reader.words.weight), "ids")[0],
            places,
            *(
                graph.add("Gather", graph.hold(getattr(reader, name).weight), name)[0]
                for name in ("case", "gap", "quote")
            ),
        ]
    )
    x = graph.normalise(x, reader.norm)
    seen = [x]
    for layer in reader.layers:
        qkv = graph.linear(x, layer.qkv)
        parts = graph.add("Split", qkv, outputs=3, axis=-1)
        (mixed,) = graph.add("MultiHeadAttention", *parts, domain="com.microsoft", num_heads=HEADS)
        x = graph.normalise(graph.total([x, graph.linear(mixed, layer.out)]), layer.norm)
        up = graph.linear(x, layer.up)
        (error,) = graph.add("Erf", graph.add("Div", up, root)[0])
        (gelu,) = graph.add("Mul", graph.add("Mul", up, graph.add("Add", error, one)[0])[0], half)
        x = graph.normalise(graph.total([x, graph.linear(gelu, layer.down)]), layer.norm2)
        seen.append(x)
    shares = reader.mix.softmax(-1)
    groups = []
    for index in range(len(MIXTURES)):
        found = [
            graph.add("Mul", seen[depth], graph.hold(shares[index, depth].reshape(1)))[0] for depth in range(LAYERS + 1)
        ]
        # One product for all heads that read this mixture.
        names = [name for name, _ in OUTPUTS if mixture_of(name) == index]
        joined = torch.nn.Linear(WIDTH, 1)
        joined.weight = torch.nn.Parameter(torch.cat([reader.heads[head_key(name)].weight for name in names]))
        joined.bias = torch.nn.Parameter(torch.cat([reader.heads[head_key(name)].bias for name in names]))
        widths = np.array([dict(OUTPUTS)[name] for name in names], dtype=np.int64)
        both = graph.linear(graph.total(found), joined)
        groups.append(
            dict(zip(names, graph.add("Split", both, graph.hold(widths), outputs=len(names), axis=-1), strict=True))
        )
    graph.nodes.append(
        helper.make_node(
            "Concat",
            [next(group[name] for group in groups if name in group) for name, _ in OUTPUTS],
            ["outputs"],
            axis=-1,
        )
    )
    width = sum(width for _, width in OUTPUTS)
    made = helper.make_graph(
        graph.nodes,
        "reader",
        [
            helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "length"])
            for name in ("ids", "case", "gap", "quote")
        ],
        [helper.make_tensor_value_info("outputs", TensorProto.FLOAT, ["batch", "length", width])],
        graph.constants,
    )
    opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(made, opset_imports=opsets, ir_version=_IR, producer_name="pledgewatch")


def export(folder: Path, target: Path) -> None:
    """Writes ``reader.onnx`` (int8) and ``decoding.npz`` into ``target``, and ``full.onnx`` into ``folder``."""
    reader, objective = load(folder)
    full = folder / "full.onnx"
    onnx.save(build(reader), full)
    target.mkdir(parents=True, exist_ok=True)
    quantize_dynamic(
        full, target / "reader.onnx", per_channel=True, weight_type=QuantType.QInt8,
        extra_options={"DefaultTensorType": TensorProto.FLOAT},
    )  # fmt: skip
    arrays = {f"{name} transitions": value.detach().numpy() for name, value in objective.transitions.items()}
    arrays["distance"] = objective.distance.detach().numpy()[: len(POINTERS)]
    np.savez(target / "decoding.npz", **arrays)


def main() -> None:
    """Exports."""
    options = argparse.ArgumentParser(prog="python -m training.export", description=__doc__)
    options.add_argument("--out", type=Path, default=Path(".out/reader"))
    options.add_argument("--target", type=Path, default=WEIGHTS)
    chosen = options.parse_args()
    export(chosen.out, chosen.target)
    print(f"wrote {chosen.target / 'reader.onnx'}: {(chosen.target / 'reader.onnx').stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
