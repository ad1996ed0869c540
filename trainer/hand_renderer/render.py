"""A small software renderer for the posed hand.

Colours are float32 BGR, 0 to 1.  The image is drawn at twice the wanted size and averaged
down.  Light: one main light with a cast shadow, sky and floor light darkened in creases
(screen-space ambient occlusion), and a soft highlight.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
import numpy.typing as npt

from trainer.hand_renderer.mesh import FloatArray, HandMesh, IntArray, vertex_normals
from trainer.hand_renderer.raster import Fragments, rasterise

OVERSAMPLE = 2
_ARM_BELOW = 0.002  # metres: rest vertices lower than this belong to the forearm
_CREASE_DEPTH = 0.008  # metres of depth over which a neighbour fully hides the light


@dataclass(frozen=True)
class Light:
    """Main light (unit direction towards it, BGR) and the light from above and below."""

    direction: FloatArray
    colour: FloatArray
    sky: FloatArray
    floor: FloatArray
    shadow: float = 0.8
    crease: float = 0.9


@dataclass(frozen=True)
class Band:
    """A ring or bracelet: bones `joints`, from `low` to `high` metres along them, a colour."""

    joints: tuple[int, ...]
    low: float
    high: float
    colour: FloatArray  # (3,) BGR


@dataclass(frozen=True)
class Skin:
    """Surface colours and finish; `seed` moves the mottling."""

    back: FloatArray  # (3,) BGR, back of the hand
    palm: FloatArray  # (3,) BGR, palm side
    nail: FloatArray  # (3,) BGR
    mottle: float = 0.06
    gloss: float = 0.12
    sharpness: float = 14.0
    line: float = 0.25
    seed: int = 0
    sleeve: FloatArray | None = None
    sleeve_at: float = -0.05  # metres along the forearm
    bands: tuple[Band, ...] = ()


@dataclass(frozen=True)
class Framing:
    """Camera distance from the wrist (m) and how big the hand's box gets in the image.

    The image's side is `fill` times the longer side of the hand's box, its centre moved off
    the box's centre by `shift` (fractions of that longer side).  With `span` (metres) the
    camera stands still instead: the image's centre is `look_at` (viewer space, metres) and
    its side is `span` at the wrist's distance.
    """

    distance: float = 0.6
    fill: float = 1.8
    shift: tuple[float, float] = (0.0, 0.0)
    span: float | None = None
    look_at: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True)
class Rendered:
    """One drawing, `size` pixels square.

    colour (size, size, 3) float32 BGR, already multiplied by alpha; alpha (size, size)
    float32 0..1, hand and forearm; hand (size, size) float32 0..1, without the forearm;
    depth (size, size) float32 metres from the camera, infinite off the hand;
    joints (j, 2) float32 pixels; box (4,) float32 x, y, width, height of the hand in pixels.
    """

    colour: FloatArray
    alpha: FloatArray
    hand: FloatArray
    depth: FloatArray
    joints: FloatArray
    box: FloatArray


@lru_cache(maxsize=1)
def _noise_volume() -> FloatArray:
    """A smooth, tiling random volume (32, 32, 32) float32, mean 0, spread 1."""
    rng = np.random.default_rng(5)
    fine = rng.standard_normal((32, 32, 32)).astype(np.float32)
    spectrum = np.fft.rfftn(fine)
    k = np.fft.fftfreq(32)
    radius = np.sqrt(
        k[:, None, None] ** 2 + k[None, :, None] ** 2 + np.fft.rfftfreq(32)[None, None, :] ** 2
    )
    shaped = np.fft.irfftn(spectrum / (0.06 + radius), s=fine.shape, axes=(0, 1, 2))
    shaped -= shaped.mean()
    return np.asarray(shaped / shaped.std(), np.float32)


@dataclass(frozen=True)
class _Surface:
    """Facts about the mesh at rest that colouring needs."""

    normals: FloatArray  # (n, 3)
    bone: IntArray  # (m,) each face's ruling joint
    bone_length: FloatArray  # (j,) metres
    distal: npt.NDArray[np.bool_]  # (j,) last bone of a finger
    finger: npt.NDArray[np.bool_]  # (j,) bone of a finger past the knuckle


@lru_cache(maxsize=4)
def _surface_of(mesh: HandMesh) -> _Surface:
    """The mesh's resting facts, worked out once."""
    share = mesh.weights[mesh.faces].sum(axis=1)
    bind = mesh.bind
    length = np.zeros(len(bind), np.float32)
    for child, parent in enumerate(mesh.joint_parents):
        if parent > 0:
            length[parent] = np.linalg.norm(bind[child, :3, 3] - bind[parent, :3, 3])
    names = mesh.joint_names
    tips = {i - 1 for i, name in enumerate(names) if name.endswith("tip")}
    share_merged = share.copy()
    for tip in tips:  # a tip joint shares its bone's frame: treat both as the last bone
        share_merged[:, tip] += share_merged[:, tip + 1]
        share_merged[:, tip + 1] = 0
    return _Surface(
        normals=vertex_normals(mesh.vertices, mesh.faces),
        bone=share_merged.argmax(axis=1).astype(np.int32),
        bone_length=length,
        distal=np.array([i in tips for i in range(len(names))]),
        finger=np.array(["phalanx" in name for name in names]),
    )


def _albedo(mesh: HandMesh, fragments: Fragments, skin: Skin) -> FloatArray:
    """Surface colour (p, 3): palm and back, mottling, finger lines, nails, sleeve."""
    surface = _surface_of(mesh)
    place = fragments.interpolate(mesh.faces, mesh.vertices)
    normal = fragments.interpolate(mesh.faces, surface.normals)
    bone = surface.bone[fragments.face]
    to_bone = mesh.inverse_bind[bone]
    local = np.einsum("pij,pj->pi", to_bone[:, :3, :3], place) + to_bone[:, :3, 3]
    outward = np.einsum("pij,pj->pi", to_bone[:, :3, :3], normal)

    palmness = np.clip(outward[:, 2] * 1.6 + 0.5, 0, 1)[:, None]
    colour = skin.back + (skin.palm - skin.back) * palmness
    volume = _noise_volume()
    coarse = (place * 350 + skin.seed % 32).astype(np.int64) % 32
    fine = (place * 1100 + skin.seed % 29).astype(np.int64) % 32
    noise = volume[coarse[:, 0], coarse[:, 1], coarse[:, 2]] * 0.7
    noise += volume[fine[:, 0], fine[:, 1], fine[:, 2]] * 0.5
    colour *= (1 + skin.mottle * noise)[:, None]

    is_finger = surface.finger[bone]
    near_start = np.abs(local[:, 1])
    near_end = np.abs(local[:, 1] - surface.bone_length[bone])
    gap = np.where(surface.distal[bone], near_start, np.minimum(near_start, near_end))
    front = np.clip(outward[:, 2] * 2, 0, 1)
    crease = np.exp(-((gap / 0.0012) ** 2)) * is_finger * (0.35 + 0.65 * front) * skin.line
    colour *= (1 - crease)[:, None]

    nail_middle = surface.bone_length[bone] * 1.28
    along = (local[:, 1] - nail_middle) / 0.0075
    aside = local[:, 0] / 0.0058
    nail = surface.distal[bone] & (outward[:, 2] < -0.25) & (along**4 + aside**4 < 1)
    colour = np.where(nail[:, None], skin.nail, colour)
    for band in skin.bands:
        worn = np.isin(bone, band.joints) & (local[:, 1] > band.low) & (local[:, 1] < band.high)
        colour = np.where(worn[:, None], band.colour, colour)
    if skin.sleeve is not None:
        cloth = skin.sleeve * (1 + 0.12 * noise)[:, None]
        colour = np.where((place[:, 1] < skin.sleeve_at)[:, None], cloth, colour)
    return np.asarray(colour, np.float32)


def _occlusion(depth: FloatArray, radius: float) -> FloatArray:
    """How much of the sky each pixel's neighbours hide, 0..1, from a depth image."""
    padded_radius = max(2, round(radius))
    height, width = depth.shape
    pad = padded_radius + 1
    far = cv2.copyMakeBorder(depth, pad, pad, pad, pad, cv2.BORDER_REPLICATE)
    hidden = np.zeros_like(depth)
    directions = 8
    for ring, weight in ((0.3, 0.5), (0.65, 0.3), (1.0, 0.2)):
        for step in range(directions):
            angle = 2 * np.pi * (step + ring) / directions
            dx = round(float(np.cos(angle)) * ring * padded_radius)
            dy = round(float(np.sin(angle)) * ring * padded_radius)
            nearer = depth - far[pad + dy : pad + dy + height, pad + dx : pad + dx + width]
            nearer -= 0.0008
            np.clip(nearer, 0, _CREASE_DEPTH * (0.4 + ring), out=nearer)
            hidden += nearer * (weight / (directions * _CREASE_DEPTH * (0.4 + ring)))
    return np.asarray(np.clip(hidden * 1.7, 0, 1), np.float32)


def _cast_shadow(
    posed: FloatArray, faces: IntArray, light: FloatArray, at: FloatArray, size: int = 110
) -> FloatArray:
    """Whether the points `at` (p, 3) are hidden from the light, (p,) float32 0 or 1."""
    if not len(at):  # the hand is out of the image
        return np.zeros(0, np.float32)
    helper = np.array([0.0, 1.0, 0.0]) if abs(light[1]) < 0.9 else np.array([1.0, 0.0, 0.0])
    side = np.cross(helper, light)
    side /= np.linalg.norm(side)
    axes = np.stack([side, np.cross(light, side), light], axis=1).astype(np.float32)
    seen, asked = posed @ axes, at @ axes
    low = asked[:, :2].min(axis=0)
    scale = (size - 4) / max(float((asked[:, :2].max(axis=0) - low).max()), 1e-6)

    def to_map(points: FloatArray) -> FloatArray:
        flat = (points[:, :2] - low) * scale + 2
        flat[:, 1] = size - flat[:, 1]
        return np.asarray(flat, np.float32)

    lit = rasterise(to_map(seen), -seen[:, 2], faces, (size, size))
    nearest = lit.image(lit.depth, np.inf)
    where = np.clip(to_map(asked).astype(np.int64), 1, size - 2)
    own = -asked[:, 2] - 0.004
    hidden = np.zeros(len(at), np.float32)
    for dx, dy in ((0, 0), (1, 0), (-1, 0), (0, 1), (0, -1)):
        hidden += own > nearest[where[:, 1] + dy, where[:, 0] + dx]
    return np.asarray(hidden / 5, np.float32)


def render_hand(
    mesh: HandMesh,
    posed: FloatArray,
    joints: FloatArray,
    light: Light,
    skin: Skin,
    framing: Framing,
    size: int,
) -> Rendered:
    """Draws posed vertices (n, 3) and joints (j, 3), both in viewer space (metres)."""
    side = size * OVERSAMPLE
    away = framing.distance - posed[:, 2]
    flat = posed[:, :2] / away[:, None]
    is_hand = mesh.vertices[:, 1] > _ARM_BELOW
    low, high = flat[is_hand].min(axis=0), flat[is_hand].max(axis=0)
    long_side = float((high - low).max())
    zoom = side / (framing.fill * long_side)
    centre = (low + high) / 2 + np.array(framing.shift) * long_side
    if framing.span is not None:
        zoom = side * framing.distance / framing.span
        centre = np.array(framing.look_at) / framing.distance

    def to_image(points: FloatArray) -> FloatArray:
        moved = (points - centre) * zoom
        moved[:, 1] *= -1
        return np.asarray(moved + side / 2, np.float32)

    points = to_image(flat)
    fragments = rasterise(points, away, mesh.faces, (side, side))
    normals = vertex_normals(posed, mesh.faces)
    normal = fragments.interpolate(mesh.faces, normals)
    normal /= np.linalg.norm(normal, axis=1, keepdims=True) + 1e-9
    place = fragments.interpolate(mesh.faces, posed)
    albedo = _albedo(mesh, fragments, skin)

    depth = fragments.image(fragments.depth, np.inf)
    solid = np.where(np.isfinite(depth), depth, fragments.depth.max(initial=1.0) + 0.2)
    reach = 0.011 * zoom / framing.distance
    hidden = _occlusion(solid.astype(np.float32), reach).ravel()[fragments.pixel]
    open_sky = 1 - light.crease * hidden

    facing = normal @ light.direction
    shade = fragments.image(_cast_shadow(posed, mesh.faces, light.direction, place), 0.0)
    soft = cv2.GaussianBlur(shade, (0, 0), 1.2).ravel()[fragments.pixel]
    # Light bleeds round the edge of skin, red furthest.
    wrap = np.array([0.22, 0.28, 0.42], np.float32)
    lit = np.clip((facing[:, None] + wrap) / (1 + wrap), 0, 1)
    lit *= (1 - light.shadow * soft)[:, None] * (0.35 + 0.65 * open_sky)[:, None]
    upness = (normal[:, 1] * 0.5 + 0.5)[:, None]
    around = (light.floor + (light.sky - light.floor) * upness) * open_sky[:, None]
    half = light.direction + np.array([0, 0, 1], np.float32)
    half /= np.linalg.norm(half)
    highlight = np.clip(normal @ half, 0, 1) ** skin.sharpness * skin.gloss * (1 - soft)
    colour = albedo * (lit * light.colour + around) + (highlight * open_sky)[:, None] * light.colour

    # Premultiplied, so that averaging down mixes edges correctly.
    canvas = np.zeros((side * side, 5), np.float32)
    canvas[fragments.pixel, :3] = colour
    canvas[fragments.pixel, 3] = 1
    rest = fragments.interpolate(mesh.faces, mesh.vertices[:, 1:2])[:, 0]
    canvas[fragments.pixel, 4] = rest > _ARM_BELOW
    layers = canvas.reshape(side, side, 5)
    small = cv2.resize(layers[:, :, :3], (size, size), interpolation=cv2.INTER_AREA)
    masks = cv2.resize(layers[:, :, 3:].copy(), (size, size), interpolation=cv2.INTER_AREA)
    near = depth.reshape(size, OVERSAMPLE, size, OVERSAMPLE).min(axis=(1, 3))
    joints_flat = to_image(joints[:, :2] / (framing.distance - joints[:, 2:3])) / OVERSAMPLE
    hand_points = points[is_hand] / OVERSAMPLE
    top_left, bottom_right = hand_points.min(axis=0), hand_points.max(axis=0)
    return Rendered(
        colour=np.asarray(small, np.float32),
        alpha=np.ascontiguousarray(masks[:, :, 0], np.float32),
        hand=np.ascontiguousarray(masks[:, :, 1], np.float32),
        depth=near.astype(np.float32),
        joints=joints_flat.astype(np.float32),
        box=np.concatenate([top_left, bottom_right - top_left]).astype(np.float32),
    )
