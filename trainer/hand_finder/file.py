"""Finder files: safetensors with a description, as weight files are, but for another purpose."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from trainer.hand_finder import refinement as closer_look
from trainer.hand_finder.finder import FinderModel
from trainer.hand_finder.grid import CELLS, HEIGHT, WIDTH
from trainer.hand_finder.loss import CHANNELS
from trainer.nn.layers.layer import Array
from trainer.nn.sequential import Sequential
from trainer.nn.spec import from_spec
from trainer.support import atomic, files, tensors
from trainer.support.errors import UserError

FORMAT_VERSION = 2
"""Version 1 had the first look only, under the names of its own arrays."""

METADATA_KEY = "asl_desktop_finder"
_FIRST, _CLOSER = "first.", "closer."
"""Before the names of the arrays of each network."""

MAX_BYTES = 64 * 1024 * 1024


def save_finder(model: FinderModel, path: Path) -> None:
    """Writes a finder; the same model gives the same bytes.

    Raises:
        UserError: The file cannot be written.
    """
    header = {
        "format_version": FORMAT_VERSION,
        "layers": model.network.spec(),
        "closer": None if model.closer is None else model.closer.spec(),
        "about": model.about,
    }
    arrays = _named(_FIRST, model.network)
    if model.closer is not None:
        arrays |= _named(_CLOSER, model.closer)
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
            state = {_FIRST + name: array for name, array in state.items()}
        elif version != FORMAT_VERSION:
            raise ValueError(f"its format version is {version!r}, not {FORMAT_VERSION}")
        if any(not name.startswith((_FIRST, _CLOSER)) for name in state):
            raise ValueError("it holds arrays of no network")
        network = from_spec(header["layers"], HEIGHT * WIDTH)
        if network.output_shape != (CELLS * CHANNELS,):
            raise ValueError("its network gives another grid")
        _fill(network, state, _FIRST)
        closer = None
        if header["closer"] is not None:
            closer = from_spec(header["closer"], closer_look.SIDE**2)
            if closer.output_shape != (closer_look.CELLS * closer_look.CHANNELS,):
                raise ValueError("its closer look gives another box")
            _fill(closer, state, _CLOSER)
        elif any(name.startswith(_CLOSER) for name in state):
            raise ValueError("it holds arrays of no network")
        if not isinstance(header["about"], dict):
            raise ValueError("its history is no JSON object")
    except tensors.DAMAGE as error:
        raise UserError(f"{path}: damaged, or no finder of this program ({error}).") from error
    return FinderModel(network, header["about"], closer)


def _named(prefix: str, network: Sequential) -> dict[str, Array]:
    return {prefix + name: array for name, array in network.state().items()}


def _fill(network: Sequential, state: Mapping[str, Array], prefix: str) -> None:
    own = {name.removeprefix(prefix): a for name, a in state.items() if name.startswith(prefix)}
    tensors.fill(network, own)
