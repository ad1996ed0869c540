"""Files with the movement network: safetensors with a JSON header, like weight files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from trainer.model import tensors
from trainer.nn.sequential import Sequential
from trainer.nn.spec import from_spec
from trainer.recognition.movement import Movements, check_network
from trainer.recognition.movement_features import INPUTS
from trainer.support import atomic, files
from trainer.support.errors import UserError
from trainer.support.paths import MOVEMENT_WEIGHTS, asset

FORMAT_VERSION = 1
METADATA_KEY = "asl_desktop_movement"
MAX_BYTES = 8 << 20


def save_movement(network: Sequential, about: dict[str, Any], path: Path) -> None:
    """Writes a movement network and its history; the same ones give the same bytes.

    Raises:
        UserError: The file cannot be written.
    """
    header = {"format_version": FORMAT_VERSION, "layers": network.spec(), "about": about}
    content = tensors.pack(network.state(), METADATA_KEY, tensors.described(header))
    atomic.write_bytes(path, content)


def load_movement(path: Path) -> Sequential:
    """Reads a movement network.

    Raises:
        UserError: The file is missing, too large, damaged, none of these, or of another version.
    """
    content = files.content(path, MAX_BYTES)
    try:
        state, text = tensors.unpack(content, METADATA_KEY)
        header = json.loads(text)
        if header["format_version"] != FORMAT_VERSION:
            version = header["format_version"]
            raise ValueError(f"its format version is {version!r}, not {FORMAT_VERSION}")
        network = from_spec(header["layers"], INPUTS)
        check_network(network)
        tensors.fill(network, state)
    except tensors.DAMAGE as error:
        problem = f"damaged, or no movement network of this program ({error})"
        raise UserError(f"{path}: {problem}.") from error
    return network


def shipped_movement() -> Sequential:
    """The movement network that comes with the program.

    Raises:
        UserError: It cannot be read.
    """
    return load_movement(asset(MOVEMENT_WEIGHTS))


def shipped_movements() -> Movements:
    """Tells J and Z by the movement network that comes with the program.

    Raises:
        UserError: It cannot be read.
    """
    return Movements(shipped_movement())
