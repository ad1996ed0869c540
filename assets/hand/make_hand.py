"""Turn the WebXR generic hand (glTF binary) into the compact `assets/hand/right_hand.npz`.

    npm pack @webxr-input-profiles/assets && tar xzf webxr-input-profiles-assets-*.tgz
    uv run python assets/hand/make_hand.py package/dist/profiles/generic-hand/right.glb

Space of the result ("hand space"), metres, for a right hand held up with its palm towards
the viewer: origin at the wrist, +x to the thumb side, +y along the middle finger's
metacarpal, +z out of the palm.  Every bone's frame has +y along the bone and +x as its
bending axis: a positive rotation about +x bends the finger into the palm.

The source mesh stops just below the wrist with a flat cap.  The cap is replaced here by a
forearm that continues the wrist's outline and follows one more joint, "forearm".
"""

from __future__ import annotations

import argparse
import json
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from trainer.hand_renderer.mesh import DEFAULT_MESH

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

_GLB_MAGIC = 0x46546C67
_DTYPES: dict[int, np.dtype[Any]] = {
    5121: np.dtype("u1"),
    5123: np.dtype("<u2"),
    5125: np.dtype("<u4"),
    5126: np.dtype("<f4"),
}
_WIDTHS = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4, "MAT4": 16}

# Forearm rings below the source mesh's wrist: distance in metres, and half-widths of the
# outline there (side to side, back to front).
_FOREARM_RINGS = (
    (0.012, 0.0265, 0.0190),
    (0.028, 0.0265, 0.0195),
    (0.048, 0.0275, 0.0215),
    (0.075, 0.0305, 0.0255),
    (0.110, 0.0345, 0.0305),
    (0.155, 0.0385, 0.0350),
    (0.210, 0.0410, 0.0380),
    (0.270, 0.0420, 0.0400),
    (0.340, 0.0430, 0.0420),
)


@dataclass(frozen=True)
class RawHand:
    """What is used of the glTF file, in its own space."""

    vertices: FloatArray  # (n, 3) metres
    faces: IntArray  # (m, 3)
    weight_joint: IntArray  # (n, 4)
    weight_value: FloatArray  # (n, 4)
    joint_names: list[str]
    bind: FloatArray  # (joints, 4, 4) joint to mesh space


def read_glb(path: Path) -> RawHand:
    """Read the one skinned mesh of a glTF binary file."""
    data = path.read_bytes()
    if len(data) < 20 or struct.unpack_from("<I", data, 0)[0] != _GLB_MAGIC:
        raise ValueError(f"{path} is not a glTF binary file.")
    json_length = struct.unpack_from("<I", data, 12)[0]
    scene = json.loads(data[20 : 20 + json_length])
    binary = data[20 + json_length + 8 :]

    def accessor(index: int) -> npt.NDArray[Any]:
        entry = scene["accessors"][index]
        view = scene["bufferViews"][entry["bufferView"]]
        width = _WIDTHS[entry["type"]]
        offset = view.get("byteOffset", 0) + entry.get("byteOffset", 0)
        dtype = _DTYPES[entry["componentType"]]
        flat = np.frombuffer(binary, dtype, entry["count"] * width, offset)
        return np.asarray(flat.reshape(-1, width))

    attributes = scene["meshes"][0]["primitives"][0]["attributes"]
    skin = scene["skins"][0]
    # glTF stores matrices column by column.
    inverse_bind = accessor(skin["inverseBindMatrices"]).reshape(-1, 4, 4).transpose(0, 2, 1)
    return RawHand(
        vertices=accessor(attributes["POSITION"]).astype(np.float64),
        faces=accessor(scene["meshes"][0]["primitives"][0]["indices"])
        .reshape(-1, 3)
        .astype(np.int64),
        weight_joint=accessor(attributes["JOINTS_0"]).astype(np.int64),
        weight_value=accessor(attributes["WEIGHTS_0"]).astype(np.float64),
        joint_names=[scene["nodes"][node]["name"] for node in skin["joints"]],
        bind=np.linalg.inv(inverse_bind.astype(np.float64)),
    )


def weld(raw: RawHand) -> RawHand:
    """Merge the vertices that texture seams had split (same place, same weights)."""
    _, first, inverse = np.unique(
        np.round(raw.vertices, 6), axis=0, return_index=True, return_inverse=True
    )
    return RawHand(
        vertices=raw.vertices[first],
        faces=inverse.ravel()[raw.faces],
        weight_joint=raw.weight_joint[first],
        weight_value=raw.weight_value[first],
        joint_names=raw.joint_names,
        bind=raw.bind,
    )


def joint_parents(names: list[str]) -> IntArray:
    """Index of each joint's parent, -1 for the wrist; fingers are chains off the wrist."""
    parents = np.zeros(len(names), np.int64)
    for index, name in enumerate(names):
        if name == "wrist":
            parents[index] = -1
        elif not name.endswith("metacarpal"):
            parents[index] = index - 1
    return parents


def to_hand_space(raw: RawHand) -> tuple[FloatArray, FloatArray]:
    """(vertices (n, 3), bone frames (joints, 4, 4)) in hand space."""
    place = {name: raw.bind[i, :3, 3] for i, name in enumerate(raw.joint_names)}
    up = place["middle-finger-phalanx-proximal"] - place["wrist"]
    up /= np.linalg.norm(up)
    side = place["index-finger-phalanx-proximal"] - place["pinky-finger-phalanx-proximal"]
    side -= (side @ up) * up
    side /= np.linalg.norm(side)
    axes = np.stack([side, up, np.cross(side, up)])
    origin = place["wrist"]

    frames = np.tile(np.eye(4), (len(raw.joint_names), 1, 1))
    frames[:, :3, 3] = (raw.bind[:, :3, 3] - origin) @ axes.T
    for index, name in enumerate(raw.joint_names):
        if name == "wrist":
            continue
        if name.endswith("tip"):
            frames[index, :3, :3] = frames[index - 1, :3, :3]
            continue
        along = frames[index + 1, :3, 3] - frames[index, :3, 3]
        along /= np.linalg.norm(along)
        bend = axes @ -raw.bind[index, :3, 0]  # WebXR's +x points to the little finger
        bend -= (bend @ along) * along
        bend /= np.linalg.norm(bend)
        frames[index, :3, :3] = np.stack([bend, along, np.cross(bend, along)], axis=1)
    return (raw.vertices - origin) @ axes.T, frames


def find_cap(vertices: FloatArray, faces: IntArray) -> npt.NDArray[np.bool_]:
    """Which faces (m,) are the flat cap that closes the source mesh below the wrist."""
    corners = vertices[faces]
    normal = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    normal /= np.linalg.norm(normal, axis=1, keepdims=True) + 1e-12
    return np.asarray((normal[:, 1] < -0.7) & (corners[:, :, 1].max(axis=1) < -0.009))


def boundary_loop(faces: IntArray) -> IntArray:
    """The single open edge loop of a mesh, as vertex indices in order."""
    edges = np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]])
    present = {(int(a), int(b)) for a, b in edges}
    following = {a: b for a, b in present if (b, a) not in present}
    start = min(following)
    loop = [start]
    while following[loop[-1]] != start:
        loop.append(following[loop[-1]])
    if len(loop) != len(following):
        raise ValueError("The mesh has more than one open edge loop.")
    return np.array(loop, np.int64)


def forearm_rings(ring: FloatArray) -> FloatArray:
    """Vertices (rings, k, 3) that continue the wrist outline `ring` (k, 3) downwards."""
    centre = ring.mean(axis=0)
    angle = np.arctan2(ring[:, 2] - centre[2], ring[:, 0] - centre[0])
    rings = []
    for index, (down, half_side, half_depth) in enumerate(_FOREARM_RINGS):
        blend = min(1.0, (index + 1) / 4)
        oval = np.stack(
            [
                half_side * np.cos(angle) + centre[0],
                np.zeros_like(angle),
                half_depth * np.sin(angle),
            ],
            axis=1,
        )
        outline = (1 - blend) * ring + blend * oval
        height = (1 - blend) * ring[:, 1] + blend * centre[1]
        outline[:, 1] = height - down
        rings.append(outline)
    return np.stack(rings)


def add_forearm(
    vertices: FloatArray, faces: IntArray, joint: IntArray, value: FloatArray, forearm_joint: int
) -> tuple[FloatArray, IntArray, IntArray, FloatArray]:
    """Replace the cap by a forearm; returns vertices, faces, weight joints and values."""
    faces = faces[~find_cap(vertices, faces)]
    loop = boundary_loop(faces)
    rings = forearm_rings(vertices[loop])
    count, width = rings.shape[:2]
    index = np.concatenate(
        [loop[None], len(vertices) + np.arange(count * width).reshape(count, width)]
    )
    after = np.roll(index, -1, axis=1)
    first = np.stack([after[:-1], index[:-1], after[1:]], axis=-1).reshape(-1, 3)
    second = np.stack([index[:-1], index[1:], after[1:]], axis=-1).reshape(-1, 3)
    end = np.stack([np.full(width - 2, index[-1, 0]), index[-1, 2:], index[-1, 1:-1]], axis=-1)
    vertices = np.concatenate([vertices, rings.reshape(-1, 3)])
    faces = np.concatenate([faces, first, second, end])

    joint = np.concatenate([joint, np.zeros((count * width, 4), np.int64)])
    value = np.concatenate([value, np.tile([1.0, 0.0, 0.0, 0.0], (count * width, 1))])
    # The forearm takes over smoothly between 1 cm above and 4 cm below the wrist joint.
    ramp = np.clip((0.008 - vertices[:, 1]) / 0.045, 0.0, 1.0)
    share = ramp * ramp * (3 - 2 * ramp)
    weakest = np.argmin(value, axis=1)
    rows = np.nonzero(share > 0)[0]
    value[rows, weakest[rows]] = 0.0
    value[rows] *= ((1 - share[rows]) / value[rows].sum(axis=1))[:, None]
    joint[rows, weakest[rows]] = forearm_joint
    value[rows, weakest[rows]] = share[rows]
    return vertices, faces, joint, value


def convert(source: Path, target: Path) -> None:
    """Write the compact hand file for the glTF binary `source`."""
    raw = weld(read_glb(source))
    vertices, frames = to_hand_space(raw)
    names = [*raw.joint_names, "forearm"]
    parents = np.append(joint_parents(raw.joint_names), 0)
    frames = np.concatenate([frames, np.eye(4)[None]])
    vertices, faces, joint, value = add_forearm(
        vertices, raw.faces, raw.weight_joint, raw.weight_value, len(names) - 1
    )
    joint = np.where(value > 0, joint, 0)
    value = value / value.sum(axis=1, keepdims=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        target,
        vertices=vertices.astype(np.float32),
        faces=faces.astype(np.uint16),
        joint_names=np.array(names),
        joint_parents=parents.astype(np.int8),
        inverse_bind=np.linalg.inv(frames).astype(np.float32),
        weight_joint=joint.astype(np.uint8),
        weight_value=value.astype(np.float32),
    )


def main() -> None:
    """Command line entry."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("source", type=Path, help="generic-hand/right.glb")
    parser.add_argument("--target", type=Path, default=DEFAULT_MESH)
    options = parser.parse_args()
    convert(options.source, options.target)
    print(f"{options.target}: {options.target.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
