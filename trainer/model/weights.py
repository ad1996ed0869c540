"""Weight files: safetensors with one metadata key of canonical JSON, or NumPy archives (`.npz`).

The format is in docs/weight-format.md. Nothing is ever unpickled.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path

import numpy as np
import safetensors

from trainer.images.preprocessing import Preprocessing
from trainer.joints import JOINTS
from trainer.letters import CLASSES, LETTERS, NO_SIGN
from trainer.model import tensors
from trainer.model.inference import Inference
from trainer.model.model import Model
from trainer.nn.layers.layer import Array
from trainer.nn.spec import RemovedLayerError, from_spec
from trainer.support import atomic, files
from trainer.support.errors import UserError
from trainer.support.kinds import Use, what_is
from trainer.support.zips import check_directory

FORMAT_VERSION = 1
ENDINGS = (".safetensors", ".npz")
"""Of weight files; what is written follows from it."""

METADATA_KEY = "asl_desktop"
_HEAD = 1 << 12
"""Bytes that tell what else of this program a file is."""

MAX_BYTES = 512 * 1024 * 1024
"""Larger files are refused unread; networks of this program are much smaller."""


def save(model: Model, path: Path) -> None:
    """Writes a model, as a NumPy archive where the name says so; the same gives the same bytes.

    Raises:
        UserError: The file cannot be written.
    """
    pack = _npz_bytes if path.suffix.lower() == ".npz" else to_bytes
    atomic.write_bytes(path, pack(model))


def to_bytes(model: Model) -> bytes:
    """The content of a safetensors weight file."""
    state = {name: array.astype(np.float32) for name, array in model.network.state().items()}
    return tensors.pack(state, METADATA_KEY, _header(model))


def _npz_bytes(model: Model) -> bytes:
    """The content of a NumPy archive, with the header as an array of UTF-8 bytes."""
    header = np.frombuffer(_header(model).encode(), np.uint8)
    buffer = io.BytesIO()
    np.savez(buffer, **{METADATA_KEY: header}, **model.network.state())  # type: ignore[arg-type]
    return buffer.getvalue()


def load(path: Path) -> Model:
    """Reads a weight file of either kind.

    Raises:
        UserError: The file is missing, too large, no weight file, damaged, of an unknown version,
            for other letters, of wrong sizes, or holds numbers that are not finite.
    """
    if (kind := what_is(path)).use in _NO_WEIGHTS:
        raise UserError(kind.refusal(path, "a weight file"))
    content = files.content(path, MAX_BYTES)
    try:
        if content[:2] == b"PK":
            header, state = _read_npz(content)
        else:
            header, state = _read_safetensors(content)
        return _assemble(header, state)
    except _RefusedError as refusal:
        raise UserError(f"{path}: {refusal}") from refusal


_NO_WEIGHTS = (
    *(Use.FOREIGN_WEIGHTS, Use.IMAGE, Use.VIDEO, Use.TABLE, Use.CROPS),
    *(Use.ARCHIVE, Use.ANNOTATIONS, Use.WRAPPER),
)
"""What has a name of its own, and a place where it belongs."""


_OUTPUTS = tuple((n + joints,) for joints in (0, 2 * JOINTS) for n in (CLASSES, NO_SIGN + 1))
"""Shapes that a network's output may have."""


class _RefusedError(Exception):
    """Why a file is refused, without its name."""


def _header(model: Model) -> str:
    return tensors.described(
        {
            "format_version": FORMAT_VERSION,
            "layers": model.network.spec(),
            "letters": model.letters,
            "preprocessing": model.preprocessing.to_json(),
            "inference": model.inference.to_json(),
            "about": model.about,
        }
    )


def _read_safetensors(content: bytes) -> tuple[str, dict[str, Array]]:
    # A safetensors header may happen to be 0x80 bytes long, but then byte 8 opens its JSON.
    if content[:1] == b"\x80" and content[8:9] != b"{":
        raise _RefusedError(
            "a Python pickle, which could run any program when opened. Only .safetensors and .npz "
            "weight files are read."
        )
    try:
        state, header = tensors.unpack(content, METADATA_KEY)
    except (KeyError, TypeError):
        if other := re.search(rb'"asl_desktop_(finder|movement|checkpoint)"', content[:_HEAD]):
            raise _RefusedError(
                f"a {other[1].decode()} file of this program, which reads no letters. Choose a "
                "file that the app or `trainer train` saved."
            ) from None
        raise _RefusedError(
            "a safetensors file, but not one of this program: it lacks the description of the "
            "network. Choose a file that the app or `trainer train` saved."
        ) from None
    except (safetensors.SafetensorError, ValueError, RecursionError, MemoryError):
        raise _RefusedError(
            "damaged, cut short or not a weight file. Choose another, or train it anew."
        ) from None
    return header, state


def _read_npz(content: bytes) -> tuple[str, dict[str, Array]]:
    try:
        file = io.BytesIO(content)
        check_directory(file, Path())
        with zipfile.ZipFile(file) as archive:
            # A few kilobytes can claim to unpack to terabytes.
            if sum(entry.file_size for entry in archive.infolist()) > MAX_BYTES:
                raise _RefusedError("unpacks to more than any weight file of this program.")
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            state = {name: np.asarray(arrays[name]) for name in arrays.files}
        header = bytes(state.pop(METADATA_KEY).astype(np.uint8)).decode()
    except KeyError:
        raise _RefusedError(
            "an .npz file, but not one of this program: it lacks the description of the network."
        ) from None
    except _RefusedError:
        raise
    except Exception as error:
        # zipfile, zlib and numpy raise a dozen kinds of exception on damaged archives.
        reason = "holds pickled objects" if "allow_pickle" in str(error) else "damaged or cut short"
        raise _RefusedError(f"{reason}. Choose another weight file, or train it anew.") from None
    return header, state


def _assemble(header: str, state: dict[str, Array]) -> Model:
    try:
        described = json.loads(header)
        version = described["format_version"]
        if version != FORMAT_VERSION:
            raise _RefusedError(
                f"its format version is {version!r}, and this program reads version "
                f"{FORMAT_VERSION}. Update the program, or train the weights anew."
            )
        if described["letters"] != LETTERS:
            raise _RefusedError(
                f"made for the letters {described['letters']!r}, not for {LETTERS!r}, so its "
                "readings would be wrong here. Choose another file."
            )
        preprocessing = Preprocessing.from_json(described["preprocessing"])
        inference = Inference.from_json(described["inference"])
        network = from_spec(described["layers"], preprocessing.size**2)
        if network.output_shape not in _OUTPUTS:
            raise ValueError(
                f"the network gives {network.output_shape} and not {CLASSES} logits, or one more "
                f'for "no sign", or {2 * JOINTS} more for the joints'
            )
        tensors.fill(network, state)
        about = described["about"]
        if not isinstance(about, dict):
            raise ValueError("its history is not a JSON object")
    except (KeyError, TypeError, RecursionError) as error:
        raise _RefusedError(f"its description is incomplete ({error}). Choose another.") from None
    except RemovedLayerError as error:
        raise _RefusedError(
            f"{error}. Choose a file with a single network, or train it again."
        ) from None
    except ValueError as error:
        raise _RefusedError(f"does not fit its own description: {error}. Choose another.") from None
    return _tried(Model(network, preprocessing, LETTERS, about, inference))


def _tried(model: Model) -> Model:
    """The model, after it has read some images: black, white, a checkerboard, and noise."""
    size = model.preprocessing.size
    images = np.zeros((4, size, size), np.uint8)
    images[1] = 255
    images[2] = 255 * (np.indices((size, size)).sum(axis=0) % 2)
    images[3] = np.random.default_rng(0).integers(0, 256, (size, size))
    try:
        # Numbers that grow without bound give a refusal, and not a warning.
        with np.errstate(all="ignore"):
            inputs = model.preprocessing.normalised(images)
            outcomes = model.outcome_probabilities(inputs)
    except MemoryError:
        raise _RefusedError("its network needs more memory than there is.") from None
    if not np.isfinite(outcomes).all():
        raise _RefusedError(
            "its network does not give finite numbers, so nothing could be read with it. Choose "
            "another, or train it anew."
        )
    return model
