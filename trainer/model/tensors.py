"""Arrays with a text in one safetensors file: what weight files and checkpoints are made of."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import safetensors.numpy

from trainer.nn.layers.layer import Array
from trainer.nn.sequential import Sequential

DAMAGE = (
    safetensors.SafetensorError,
    KeyError,
    TypeError,
    ValueError,
    OverflowError,
    RecursionError,
    MemoryError,
)
"""What reading a damaged file, or one of another kind, may raise."""


def pack(arrays: Mapping[str, Array], key: str, text: str) -> bytes:
    """The content of a file with these arrays, and `text` as its metadata under `key`."""
    # safetensors 0.8.0 writes the wrong numbers for arrays that are not C-contiguous.
    contiguous = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    return safetensors.numpy.save(contiguous, metadata={key: text})


def unpack(content: bytes, key: str) -> tuple[dict[str, Array], str]:
    """The arrays and the text that `pack` was given.

    Raises:
        KeyError, TypeError: The file has no such text.
        safetensors.SafetensorError, ValueError, RecursionError, MemoryError: It is damaged.
    """
    arrays = safetensors.numpy.load(content)
    # The library hands out no metadata of a file in memory: its header is JSON after 8 bytes.
    header = json.loads(content[8 : 8 + int.from_bytes(content[:8], "little")])
    return arrays, header["__metadata__"][key]


def described(header: dict[str, Any]) -> str:
    """JSON of a description; the same values give the same text.

    Raises:
        ValueError: It holds a number that is not finite.
    """
    return json.dumps(header, sort_keys=True, separators=(",", ":"), allow_nan=False)


def fill(network: Sequential, arrays: Mapping[str, Array]) -> None:
    """Gives a network the arrays of a file.

    Raises:
        ValueError: They are not float32, not finite, or not those of this network.
    """
    for name, array in arrays.items():
        if array.dtype != np.float32:
            raise ValueError(f"array {name} is {array.dtype}, not float32")
        if not np.isfinite(array).all():
            raise ValueError(f"array {name} holds NaN or infinity")
    network.load_state(dict(arrays))
