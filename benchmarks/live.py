"""How long one live frame takes from crop to letter, and how NumPy's forward pass compares.

    uv run --with torch --with onnx --with onnxruntime python -m benchmarks.live [--weights FILE]

Prints p50 and p99 in milliseconds: crop to letter at 1280 × 720, and the forward pass alone in
NumPy, onnxruntime and PyTorch on the same network in turns, with as many threads for each: one, as
the app reads. Yardsticks that are not installed are left out and named; PyTorch is compared on
fully-connected networks only.
"""

from __future__ import annotations

import argparse
import importlib.util
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from trainer.images.box import Box
from trainer.model import weights
from trainer.model.model import Model
from trainer.model.onnx_export import network_bytes
from trainer.nn.fast.compiler import CompiledNetwork
from trainer.nn.layers.dropout import Dropout
from trainer.nn.layers.linear import Linear
from trainer.nn.layers.maxout import Maxout
from trainer.nn.layers.relu import ReLU
from trainer.recognition.reader import Reader
from trainer.support.paths import asset

ROUNDS = 2000

TURNS = 20
"""Of each pass that is compared: what else the machine does then slows all of them alike."""


def timed(*passes: Callable[[], object], rounds: int = ROUNDS) -> list[tuple[float, float]]:
    """p50 and p99 of `rounds` calls of each, in milliseconds; in turns, each with a warm-up."""
    each = rounds // TURNS
    times = np.empty((len(passes), TURNS, each))
    for turn in range(TURNS):
        for place, work in enumerate(passes):
            for _ in range(each // 10):
                work()
            for i in range(each):
                start = time.perf_counter()
                work()
                times[place, turn, i] = time.perf_counter() - start
    p50, p99 = np.percentile(times.reshape(len(passes), -1) * 1000, [50, 99], axis=1)
    return list(zip(p50.tolist(), p99.tolist(), strict=True))


def show(name: str, times: tuple[float, float]) -> None:
    """One line of the table."""
    print(f"{name:44} {times[0]:8.3f} {times[1]:8.3f}", flush=True)


def is_fully_connected(model: Model) -> bool:
    """Whether the PyTorch yardstick, which is built for such networks, can be."""
    return all(isinstance(x, Linear | ReLU | Maxout | Dropout) for x in model.network.layers)


def onnxruntime_pass(model: Model, x: np.ndarray, threads: int) -> Callable[[], Any]:
    """The network as an ONNX graph in onnxruntime."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(
        network_bytes(model), options, providers=["CPUExecutionProvider"]
    )
    return lambda: session.run(None, {"rows": x})[0]


def torch_maxout(pieces: int, x: Any) -> Any:
    """What `Maxout` gives for a tensor (n, pieces · m)."""
    return x.view(len(x), pieces, -1).amax(1)


def torch_pass(model: Model, x: np.ndarray, threads: int) -> Callable[[], Any]:
    """The network in PyTorch, in inference mode."""
    import torch

    torch.set_num_threads(threads)

    parts: list[Callable[[Any], Any]] = []
    for layer in model.network.layers:
        if isinstance(layer, Linear):
            linear = torch.nn.Linear(*layer.weight.value.shape)
            linear.weight.data = torch.from_numpy(np.ascontiguousarray(layer.weight.value.T))
            linear.bias.data = torch.from_numpy(layer.bias.value.copy())
            parts.append(linear)
        elif isinstance(layer, Maxout):
            parts.append(partial(torch_maxout, layer.pieces))
        elif isinstance(layer, ReLU):
            parts.append(torch.nn.ReLU())
    tensor = torch.from_numpy(x)

    def work() -> Any:
        with torch.inference_mode():
            y = tensor
            for part in parts:
                y = part(y)
            return y.numpy()

    return work


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--weights", type=Path, default=asset("weights/sign_mnist.safetensors"))
    parser.add_argument("--threads", type=int, default=1, help="for each (default: 1, as the app)")
    arguments = parser.parse_args()
    with threadpool_limits(arguments.threads):
        measure(weights.load(arguments.weights), arguments.threads)


def measure(model: Model, threads: int) -> None:
    """Times one model."""
    rng = np.random.default_rng(0)
    print(f"{'':44} {'p50 ms':>8} {'p99 ms':>8}")

    reader = Reader(model)
    frame = rng.integers(0, 256, (720, 1280, 3), dtype=np.uint8)
    box = Box(400, 120, 480, 480)
    (whole,) = timed(lambda: reader.read(frame, box))
    show("crop to letter, 1280 × 720, box 480 × 480", whole)

    x = rng.standard_normal((1, *model.network.input_shape)).astype(np.float32)
    compiled = CompiledNetwork(model.network)
    np.copyto(compiled.input, x)
    passes: dict[str, Callable[[], Any]] = {"NumPy": compiled}
    for name, module, make in (
        ("onnxruntime", "onnxruntime", onnxruntime_pass),
        ("PyTorch", "torch", torch_pass),
    ):
        if module == "torch" and not is_fully_connected(model):
            continue
        if importlib.util.find_spec(module) is None:
            print(f"{name} is not installed and left out")
            continue
        passes[name] = make(model, x, threads)
    expected = compiled().copy()
    for name, work in passes.items():
        np.testing.assert_allclose(work(), expected, rtol=1e-3, atol=1e-4, err_msg=name)
    for name, times in zip(passes, timed(*passes.values()), strict=True):
        show(f"forward pass, one frame: {name}", times)


if __name__ == "__main__":
    main()
