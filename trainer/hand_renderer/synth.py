"""Random images of people signing a letter.

image, mask, box, joints = random_image("A", np.random.default_rng(1), 96)
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from trainer.hand_renderer.backdrop import random_backdrop
from trainer.hand_renderer.camera_angles import View, random_view
from trainer.hand_renderer.mesh import FloatArray, HandMesh, default_mesh
from trainer.hand_renderer.render import Band, Framing, Light, Rendered, Skin, render_hand
from trainer.hand_renderer.skeleton import LONG_FINGERS, Skeleton, rotation
from trainer.hand_renderer.stance import place_hand
from trainer.hand_renderer.variation import random_angles, random_proportions

Image = npt.NDArray[np.uint8]

# BGR, 0..1: from dark to light skin; in between is blended.
_SKIN_TONES = np.array(
    [
        [0.09, 0.13, 0.22],
        [0.16, 0.24, 0.38],
        [0.27, 0.38, 0.56],
        [0.38, 0.51, 0.71],
        [0.50, 0.62, 0.82],
        [0.62, 0.72, 0.90],
    ]
)


def _random_turn(
    view: View, rng: np.random.Generator
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """A hand rotation (3, 3) near the view's, and an elbow direction (3,)."""
    wide = view.sway * (1.6 if rng.random() < 0.2 else 1.0)
    yaw, pitch, roll = np.clip(rng.normal(0, [13, 12, 11], 3), -26, 26) * wide
    sway = rotation(2, roll) @ rotation(0, pitch) @ rotation(1, yaw)
    elbow = sway @ np.array(view.elbow) / np.linalg.norm(view.elbow) + rng.normal(0, 0.17, 3)
    return sway @ view.rotation(), elbow


def random_light(rng: np.random.Generator) -> Light:
    """A lamp somewhere in front of or above the hand, and room light."""
    direction = rng.normal([0, 0.45, 0.7], [0.65, 0.5, 0.45])
    direction[2] = max(direction[2], -0.25)
    direction /= np.linalg.norm(direction)
    flat = rng.random() < 0.3
    power = rng.uniform(0.15, 0.45) if flat else rng.uniform(0.4, 1.1)
    warm = rng.normal(0, 0.06)
    colour = power * np.array([1 - warm, 1.0, 1 + warm])
    ambient = rng.uniform(0.6, 0.9) if flat else rng.uniform(0.35, 0.85) * (1.35 - power)
    sky = ambient * rng.uniform(0.9, 1.3) * np.clip(rng.normal(1, 0.05, 3), 0.8, 1.2)
    floor = ambient * rng.uniform(0.5, 1.0) * np.clip(rng.normal(1, 0.05, 3), 0.8, 1.2)
    return Light(
        direction=direction.astype(np.float32),
        colour=colour.astype(np.float32),
        sky=sky.astype(np.float32),
        floor=floor.astype(np.float32),
        shadow=float(rng.uniform(0.2, 0.85)),
        crease=float(rng.uniform(0.4, 0.95)),
    )


def _random_bands(mesh: HandMesh, rng: np.random.Generator) -> tuple[Band, ...]:
    """Now and then a bracelet or watch strap, or a ring."""
    bands = []
    if rng.random() < 0.2:
        low = rng.uniform(-0.045, -0.01)
        arm = (mesh.joint("wrist"), mesh.joint("forearm"))
        colour = rng.uniform(0, 0.9, 3) * rng.uniform(0.1, 1)
        bands.append(Band(arm, low, low + rng.uniform(0.003, 0.02), colour.astype(np.float32)))
    if rng.random() < 0.15:
        finger = LONG_FINGERS[int(rng.integers(4))]
        bone = mesh.joint(f"{finger}-finger-phalanx-proximal")
        low = rng.uniform(0.012, 0.02)
        metal = rng.uniform(0.3, 0.9) * np.array([rng.uniform(0.5, 1.0), 0.9, 1.0])
        bands.append(Band((bone,), low, low + rng.uniform(0.002, 0.006), metal.astype(np.float32)))
    return tuple(bands)


def skin_tone(share: float) -> npt.NDArray[np.float64]:
    """The colour (3,) BGR of the back of a hand, from dark (0) to light (1)."""
    tone = (len(_SKIN_TONES) - 1) * share
    low = min(int(tone), len(_SKIN_TONES) - 2)
    return np.asarray(_SKIN_TONES[low] + (_SKIN_TONES[low + 1] - _SKIN_TONES[low]) * (tone - low))


def random_skin(mesh: HandMesh, rng: np.random.Generator) -> Skin:
    """Any skin tone; palms of dark hands are much lighter than their backs."""
    back = skin_tone(rng.random() ** 0.65)
    back = back * np.clip(rng.normal(1, 0.06, 3), 0.8, 1.2)
    target = np.array([0.56, 0.62, 0.84])
    palm = back + (target - back) * rng.uniform(0.1, 0.4)
    nail = palm + (np.array([0.75, 0.75, 0.92]) - palm) * rng.uniform(0.1, 0.6)
    if rng.random() < 0.06:
        nail = rng.uniform(0, 0.9, 3)
    sleeve = None
    if rng.random() < 0.45:
        sleeve = np.clip(rng.uniform(0.03, 0.9) + rng.normal(0, 0.12, 3), 0.01, 0.98)
    return Skin(
        back=back.astype(np.float32),
        palm=palm.astype(np.float32),
        nail=np.asarray(nail, np.float32),
        mottle=float(rng.uniform(0.02, 0.09)),
        gloss=float(rng.uniform(0.0, 0.22)),
        sharpness=float(rng.uniform(8, 30)),
        line=float(rng.uniform(0.03, 0.32)),
        seed=int(rng.integers(1000)),
        sleeve=None if sleeve is None else sleeve.astype(np.float32),
        sleeve_at=float(rng.uniform(-0.14, -0.03)),
        bands=_random_bands(mesh, rng),
    )


def _with_sleeve(mesh: HandMesh, look: Skin, rng: np.random.Generator) -> FloatArray:
    """Rest vertices (n, 3), the forearm thickened where a sleeve covers it."""
    rest = mesh.vertices
    if look.sleeve is None:
        return rest
    axis = rest[rest[:, 1] < -0.03].mean(axis=0)
    wider = 1 + rng.uniform(0.05, 0.4) * (rest[:, 1:2] < look.sleeve_at)
    scaled = rest.copy()
    scaled[:, [0, 2]] = axis[[0, 2]] + (rest[:, [0, 2]] - axis[[0, 2]]) * wider
    return np.asarray(scaled, np.float32)


def render_random(
    letter: str, rng: np.random.Generator, size: int, fill: float = 1.8, shift: float = 0.0
) -> tuple[Rendered, Skin]:
    """A random person's right hand signing `letter`, without a background."""
    mesh = default_mesh()
    skeleton = Skeleton(mesh, random_proportions(mesh, rng))
    view = random_view(letter, rng)
    angles = random_angles(view.shape or letter, skeleton, rng)
    turn, elbow = _random_turn(view, rng)
    look = random_skin(mesh, rng)
    stance = place_hand(mesh, _with_sleeve(mesh, look, rng), skeleton, angles, turn, elbow)
    framing = Framing(
        distance=float(rng.uniform(0.35, 1.1)),
        fill=fill,
        shift=(float(rng.uniform(-shift, shift)), float(rng.uniform(-shift, shift))),
    )
    light = random_light(rng)
    return render_hand(mesh, stance.vertices, stance.joints, light, look, framing, size), look


def _camera(image: FloatArray, rng: np.random.Generator) -> Image:
    """What a webcam adds: exposure, contrast, glare, blur or movement, noise, sometimes JPEG."""
    image = image * np.float32(rng.uniform(0.75, 1.2))
    if rng.random() < 0.5:  # uneven light, or the lens's dark corners
        side = np.linspace(-0.5, 0.5, image.shape[0], dtype=np.float32)
        right, down = rng.uniform(-0.4, 0.4, 2).astype(np.float32)
        corner = np.float32(rng.uniform(0, 0.6))
        squares = side[None] ** 2 + side[:, None] ** 2
        uneven = 1 + right * side[None] + down * side[:, None] - corner * squares
        image = image * uneven[:, :, None]
    if rng.random() < 0.15:  # glare on the lens
        image = image + np.float32(rng.uniform(0.05, 0.65)) * (1 - image)
    image = np.clip(image, 0, None) ** np.float32(rng.uniform(0.75, 1.25))
    chance = rng.random()
    if chance < 0.45:
        blurred = cv2.GaussianBlur(image, (0, 0), float(rng.uniform(0.3, 1.3)))
        image = np.asarray(blurred, np.float32)
    elif chance < 0.55:
        length = int(rng.integers(3, 8))
        kernel = np.zeros((length, length), np.float32)
        angle = rng.uniform(0, np.pi)
        reach = (length - 1) / 2 * np.array([np.cos(angle), np.sin(angle)])
        start, end = (length - 1) / 2 - reach, (length - 1) / 2 + reach
        cv2.line(kernel, start.round().astype(int).tolist(), end.round().astype(int).tolist(), 1.0)
        image = np.asarray(cv2.filter2D(image, -1, kernel / kernel.sum()), np.float32)
    strength = np.float32(rng.uniform(0, 0.025))
    image = image + strength * rng.standard_normal(image.shape, dtype=np.float32)
    result: Image = np.clip(image * 255 + 0.5, 0, 255).astype(np.uint8)
    if rng.random() < 0.4:
        coded = cv2.imencode(".jpg", result, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(45, 95))])
        result = np.asarray(cv2.imdecode(coded[1], cv2.IMREAD_COLOR), np.uint8)
    return result


def _exposure(drawn: Rendered, rng: np.random.Generator) -> np.float32:
    """A factor that gives the hand a random brightness, dark to overexposed."""
    brightness = float(drawn.colour.sum() / max(3 * drawn.alpha.sum(), 1.0))
    wanted = float(np.clip(rng.normal(0.52, 0.18), 0.13, 1.0))
    return np.float32(np.clip(wanted / max(brightness, 0.02), 0.5, 3.0))


def random_image(
    letter: str,
    rng: np.random.Generator,
    size: int,
    fill: float = 1.8,
    shift: float = 0.0,
) -> tuple[Image, Image, FloatArray, FloatArray]:
    """One random image of `letter`.

    Returns the image (size, size, 3) uint8 BGR; the mask (size, size) uint8, 0 to 255, of
    hand and forearm; the hand's box (4,) float32 x, y, width, height in pixels, without the
    forearm; and the mesh's joints (j, 2) float32 in pixels.  The image's side is `fill` times
    the box's longer side, centred on it but for a random shift of up to `shift` of that side.
    """
    drawn, look = render_random(letter, rng, size, fill, shift)
    backdrop = random_backdrop(rng, size, look.back)
    if rng.random() < 0.3:  # the hand's own shadow on what is behind it
        dx, dy = rng.uniform(-0.15, 0.15, 2) * size
        moved = cv2.warpAffine(drawn.alpha, np.array([[1, 0, dx], [0, 1, dy]]), (size, size))
        moved = cv2.GaussianBlur(moved, (0, 0), float(rng.uniform(0.01, 0.08) * size))
        backdrop *= (1 - rng.uniform(0.2, 0.7) * moved)[:, :, None]
    image = drawn.colour * _exposure(drawn, rng) + backdrop * (1 - drawn.alpha)[:, :, None]
    mask: Image = np.round(drawn.alpha * 255).astype(np.uint8)
    result = _camera(image.astype(np.float32), rng)
    box, joints = drawn.box.copy(), drawn.joints.copy()
    if rng.random() < 0.5:
        result, mask = np.ascontiguousarray(result[:, ::-1]), np.ascontiguousarray(mask[:, ::-1])
        box[0] = size - box[0] - box[2]
        joints[:, 0] = size - joints[:, 0]
    return result, mask, box, joints
