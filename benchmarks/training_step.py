"""A training step of the default recipe's network: NumPy beside PyTorch on the CPU, in turns.

    uv run --with torch python -m benchmarks.training_step [--rounds N] [--threads N]

Both take the same mini-batch of 128 images of 96 × 96 pixels, the same weights and the same losses
(letters and joints), forward and backward, and then update the weights by Adam, which both have.
PyTorch's images are stored channels last, as ours are, which is its faster layout.
"""

from __future__ import annotations

import argparse
import importlib.util
from collections.abc import Callable
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks.live import show, timed
from trainer.joints import JOINTS
from trainer.letters import CLASSES
from trainer.model import weights
from trainer.nn.layers.batch_norm import BatchNorm
from trainer.nn.layers.convolution import Conv2d
from trainer.nn.layers.dropout import Dropout
from trainer.nn.layers.layer import Layer
from trainer.nn.layers.linear import Linear
from trainer.nn.layers.oriented_gradients import FLOOR, WINDOW, OrientedGradients
from trainer.nn.layers.pooling import MaxPool2d
from trainer.nn.layers.relu import ReLU
from trainer.nn.layers.reshape import Flatten, Reshape
from trainer.nn.loss import softmax_cross_entropy
from trainer.nn.optimisers import Adam
from trainer.nn.sequential import Sequential
from trainer.nn.spec import copied
from trainer.support.paths import DEFAULT_WEIGHTS, asset
from trainer.training.joint_loss import NEAR, joint_loss
from trainer.training.recipes import DEFAULT

OUTCOMES = CLASSES + 1
LEARNING_RATE = 1e-3


def numpy_step(network: Sequential, x: Any, labels: Any, joints: Any) -> Callable[[], float]:
    """One step by this project; it gives the loss."""
    optimiser = Adam(network, DEFAULT.weight_decay)

    def step() -> float:
        output = network.forward(x, training=True)
        loss, d_letters = softmax_cross_entropy(
            output[:, :OUTCOMES], labels, smoothing=DEFAULT.label_smoothing
        )
        far, d_joints = joint_loss(output[:, OUTCOMES:], joints)
        network.backward(np.hstack([d_letters, d_joints]))
        optimiser.step(LEARNING_RATE)
        return loss + far

    return step


def torch_step(layers: list[Layer], x: Any, labels: Any, joints: Any) -> Callable[[], float]:
    """The same step by PyTorch."""
    import torch

    network = torch.nn.Sequential(*map(torch_module, layers)).to(memory_format=torch.channels_last)
    optimiser = torch.optim.AdamW(
        network.parameters(), LEARNING_RATE, weight_decay=DEFAULT.weight_decay, fused=True
    )
    criterion = torch.nn.CrossEntropyLoss(label_smoothing=DEFAULT.label_smoothing)
    inputs, letters, places = map(torch.from_numpy, (x, labels, joints))

    def step() -> float:
        optimiser.zero_grad(set_to_none=True)
        output = network(inputs)
        error = output[:, OUTCOMES:] - places
        far = ((error**2 + float(NEAR) ** 2).sqrt() - float(NEAR)).mean()
        loss = criterion(output[:, :OUTCOMES], letters) + far
        loss.backward()
        optimiser.step()
        return float(loss.item())

    return step


def torch_module(layer: Layer) -> Any:
    """PyTorch's module for a layer, with the same weights.

    Raises:
        ValueError: There is none here.
    """
    import torch

    class Gradients(torch.nn.Module):  # type: ignore[misc]
        """`OrientedGradients`, from (n, 1, h, w) to (n, directions, h / 2, w / 2)."""

        def __init__(self, compass: Any) -> None:
            super().__init__()
            self.compass = torch.from_numpy(compass)[:, :, None, None].contiguous()

        def forward(self, x: Any) -> Any:
            functional = torch.nn.functional
            padded = functional.pad(x, (1, 1, 1, 1), mode="replicate")
            across = padded[:, :, 1:-1, 2:] - padded[:, :, 1:-1, :-2]
            down = padded[:, :, 2:, 1:-1] - padded[:, :, :-2, 1:-1]
            votes = functional.conv2d(torch.cat([across, down], 1), self.compass).relu_()
            y = functional.avg_pool2d(votes, 2)
            energy = (y * y).sum(1, keepdim=True)
            mean = functional.avg_pool2d(energy, WINDOW, 1, WINDOW // 2, count_include_pad=False)
            y = y / (mean + FLOOR).sqrt()
            return y.contiguous(memory_format=torch.channels_last)

    class ChannelsLast(torch.nn.Module):  # type: ignore[misc]
        """`Flatten`: (n, c, h, w) → (n, h · w · c)."""

        def forward(self, x: Any) -> Any:
            return x.permute(0, 2, 3, 1).flatten(1)

    match layer:
        case Reshape():
            return torch.nn.Unflatten(1, (1, *layer.shape[:2]))
        case OrientedGradients():
            return Gradients(layer.compass)
        case Conv2d():
            kernel, _, inputs, outputs = layer.weight.value.shape
            module = torch.nn.Conv2d(inputs, outputs, kernel, padding=layer.padding, bias=False)
            kernels = np.ascontiguousarray(layer.weight.value.transpose(3, 2, 0, 1))
            module.weight.data = torch.from_numpy(kernels)
            return module
        case BatchNorm():
            norm = torch.nn.BatchNorm2d(len(layer.gamma.value), layer.epsilon, layer.momentum)
            norm.weight.data = torch.from_numpy(layer.gamma.value.copy())
            norm.bias.data = torch.from_numpy(layer.beta.value.copy())
            return norm
        case MaxPool2d():
            return torch.nn.MaxPool2d(layer.size)
        case ReLU():
            return torch.nn.ReLU(inplace=True)
        case Flatten():
            return ChannelsLast()
        case Dropout():
            return torch.nn.Dropout(layer.rate)
        case Linear():
            linear = torch.nn.Linear(*layer.weight.value.shape)
            linear.weight.data = torch.from_numpy(np.ascontiguousarray(layer.weight.value.T))
            linear.bias.data = torch.from_numpy(layer.bias.value.copy())
            return linear
    raise ValueError(f"no module for {layer.spec()}")


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--threads", type=int, default=1, help="for each")
    arguments = parser.parse_args()
    network = copied(weights.load(asset(DEFAULT_WEIGHTS)).network)
    network.reseed(np.random.default_rng(0))
    rng = np.random.default_rng(0)
    n = DEFAULT.batch_size
    x = rng.standard_normal((n, *network.input_shape), np.float32)
    labels = rng.integers(0, OUTCOMES, n)
    joints = rng.uniform(-1, 1, (n, 2 * JOINTS)).astype(np.float32)
    steps = {}
    if importlib.util.find_spec("torch") is None:
        print("PyTorch is not installed and left out")
    else:
        import torch

        torch.set_num_threads(arguments.threads)
        steps["PyTorch"] = torch_step(copied(network).layers, x, labels, joints)
    steps["NumPy"] = numpy_step(network, x, labels, joints)
    with threadpool_limits(arguments.threads, user_api="blas"):
        first = [step() for step in steps.values()]
        print("loss of the first step, with another dropout:", *(f"{loss:.3f}" for loss in first))
        print(f"{'':44} {'p50 ms':>8} {'p90 ms':>8}")
        results = timed(*steps.values(), rounds=arguments.rounds)
    for name, times in zip(steps, results, strict=True):
        show(f"training step of {n} images: {name}", times)


if __name__ == "__main__":
    main()
