"""Finder files: safetensors with a JSON header, like weight files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from trainer.hand_finder import detection, refinement
from trainer.hand_finder.finder import FinderModel
from trainer.hand_finder.grid_network import CHANNELS
from trainer.model import tensors
from trainer.nn.layers.layer import Array
from trainer.nn.sequential import Sequential
from trainer.nn.spec import from_spec
from trainer.support import atomic, files
from trainer.support.errors import UserError

FORMAT_VERSION = 2
"""Version 1 had coarse detection only, its arrays without a prefix."""

METADATA_KEY = "asl_desktop_finder"
_DETECTION, _REFINEMENT = "first.", "closer."
"""Prefixes of the networks' arrays, by the names that format version 2 has for them."""

MAX_BYTES = 64 * 1024 * 1024
_HEADER_BYTES = 4096


def save_finder(model: FinderModel, path: Path) -> None:
    """Writes a finder; the same model gives the same bytes.

    Raises:
        UserError: The file cannot be written.
    """
    header = {
        "format_version": FORMAT_VERSION,
        "layers": model.detection.spec(),
        "closer": None if model.refinement is None else model.refinement.spec(),
        "about": model.about,
    }
    arrays = _named(_DETECTION, model.detection)
    if model.refinement is not None:
        arrays |= _named(_REFINEMENT, model.refinement)
    atomic.write_bytes(path, tensors.pack(arrays, METADATA_KEY, tensors.described(header)))


def load_finder(path: Path) -> FinderModel:
    """Reads a finder.

    Raises:
        UserError: The file is missing, too large, damaged, no finder, or of another version.
    """
    content = files.content(path, MAX_BYTES)
    try:
        state, text = tensors.unpack(content, METADATA_KEY)
        header = json.loads(text)
        version = header["format_version"]
        if version == 1:
            header["closer"] = None
            state = {_DETECTION + name: array for name, array in state.items()}
        elif version != FORMAT_VERSION:
            raise ValueError(f"its format version is {version!r}, not {FORMAT_VERSION}")
        if any(not name.startswith((_DETECTION, _REFINEMENT)) for name in state):
            raise ValueError("it holds arrays of no network")
        first = from_spec(header["layers"], detection.HEIGHT * detection.WIDTH)
        if first.output_shape != (detection.CELLS * CHANNELS,):
            raise ValueError("its coarse detection has another grid")
        _fill(first, state, _DETECTION)
        second = None
        if header["closer"] is not None:
            second = from_spec(header["closer"], refinement.SIDE**2)
            if second.output_shape != (refinement.CELLS * CHANNELS,):
                raise ValueError("its box refinement has another grid")
            _fill(second, state, _REFINEMENT)
        elif any(name.startswith(_REFINEMENT) for name in state):
            raise ValueError("it holds arrays of no network")
        if not isinstance(header["about"], dict):
            raise ValueError("its history is no JSON object")
    except tensors.DAMAGE as error:
        raise UserError(f"{path}: damaged, or no finder of this program ({error}).") from error
    return FinderModel(first, header["about"], second)


def is_finder(path: Path) -> bool:
    """Whether a file says of itself that it is a finder."""
    try:
        return f'"{METADATA_KEY}"'.encode() in files.head(path, _HEADER_BYTES)
    except UserError:
        return False


def _named(prefix: str, network: Sequential) -> dict[str, Array]:
    return {prefix + name: array for name, array in network.state().items()}


def _fill(network: Sequential, state: Mapping[str, Array], prefix: str) -> None:
    own = {name.removeprefix(prefix): a for name, a in state.items() if name.startswith(prefix)}
    tensors.fill(network, own)
