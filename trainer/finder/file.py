"""Finder files: safetensors with a description, as weight files are, but for another purpose."""

from __future__ import annotations

import json
from pathlib import Path

from trainer import atomic, files, tensors
from trainer.errors import UserError
from trainer.finder.finder import FinderModel
from trainer.finder.grid import CELLS, HEIGHT, WIDTH
from trainer.finder.loss import CHANNELS
from trainer.nn.build import from_spec

FORMAT_VERSION = 1
METADATA_KEY = "asl_desktop_finder"
MAX_BYTES = 64 * 1024 * 1024


def save_finder(model: FinderModel, path: Path) -> None:
    """Writes a finder; the same model gives the same bytes.

    Raises:
        UserError: The file cannot be written.
    """
    header = {
        "format_version": FORMAT_VERSION,
        "layers": model.network.spec(),
        "about": model.about,
    }
    text = tensors.described(header)
    atomic.write_bytes(path, tensors.pack(model.network.state(), METADATA_KEY, text))


def load_finder(path: Path) -> FinderModel:
    """Reads a finder.

    Raises:
        UserError: The file is missing, too large, damaged, no finder, or of another version.
    """
    content = files.content(path, MAX_BYTES)
    try:
        state, text = tensors.unpack(content, METADATA_KEY)
        header = json.loads(text)
        if (version := header["format_version"]) != FORMAT_VERSION:
            raise ValueError(f"its format version is {version!r}, not {FORMAT_VERSION}")
        network = from_spec(header["layers"], HEIGHT * WIDTH)
        if network.output_shape != (CELLS * CHANNELS,):
            raise ValueError("its network gives another grid")
        tensors.fill(network, state)
        if not isinstance(header["about"], dict):
            raise ValueError("its history is no JSON object")
    except tensors.DAMAGE as error:
        raise UserError(f"{path}: damaged, or no finder of this program ({error}).") from error
    return FinderModel(network, header["about"])
