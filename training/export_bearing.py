"""``python -m training.export_bearing FOLDER``: the trained head of bearing as int8 ONNX (not shipped)."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.torch import load_file

from training.bearing_model import Pairs
from training.model import base_weights

TARGET = Path(__file__).parents[1] / ".out/bearing.onnx"


def load(folder: Path) -> Pairs:
    """The model as trained; words that no training text holds keep MiniLM's own vectors."""
    model = Pairs(30_522, 0.0)
    words = load_file(str(base_weights() / "model.safetensors"))["embeddings.word_embeddings.weight"].float().clone()
    state = {}
    for name in ("early", "late"):
        with np.load(folder / f"{name}.npz") as found:
            state.update({key: torch.from_numpy(found[key].astype(np.float32)) for key in found.files})
    with np.load(folder / "words.npz") as found:
        words[torch.from_numpy(found["used"]).long()] = torch.from_numpy(found["words"].astype(np.float32))
    state["words.weight"] = words
    model.load_state_dict(state)
    return model.eval()


def main() -> None:
    model = load(Path(sys.argv[1]))
    ids = torch.randint(1, 30_000, (2, 24))
    kinds = torch.cat([torch.zeros(2, 12, dtype=torch.long), torch.ones(2, 12, dtype=torch.long)], 1)
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(
            model, (ids, kinds), str(whole), input_names=["ids", "kinds"], output_names=["scores"], opset_version=17,
            dynamic_axes={"ids": {0: "b", 1: "n"}, "kinds": {0: "b", 1: "n"}, "scores": {0: "b"}}, dynamo=False,
        )  # fmt: skip
        quantize_dynamic(str(whole), str(TARGET), weight_type=QuantType.QInt8, per_channel=True)
    print(TARGET, TARGET.stat().st_size)
    import onnxruntime

    session = onnxruntime.InferenceSession(str(TARGET))
    ours = session.run(None, {"ids": ids.numpy(), "kinds": kinds.numpy()})[0]
    with torch.no_grad():
        print(np.abs(ours - model(ids, kinds).numpy()).max())


if __name__ == "__main__":
    main()
