import numpy as np
import pytest

from trainer.hand_renderer.camera_angles import VIEWS, View
from trainer.hand_renderer.joints import joint_places
from trainer.hand_renderer.mesh import default_mesh, skin
from trainer.hand_renderer.poses import HANDSHAPES, finger_angles, shape_angles
from trainer.hand_renderer.skeleton import ANGLES, LONG_FINGERS, THUMB, Skeleton, rotation
from trainer.hand_renderer.variation import random_angles, random_proportions, usual_proportions
from trainer.letters import LETTERS


def flat_hand() -> np.ndarray:
    angles = np.zeros(len(ANGLES))
    angles[THUMB] = (40, 20, 0, 0, 0)
    return angles


@pytest.mark.parametrize("finger", LONG_FINGERS)
def test_bending_a_finger_moves_that_finger_into_the_palm(finger: str) -> None:
    mesh = default_mesh()
    skeleton = Skeleton(mesh)
    angles = flat_hand()
    before = skin(mesh, mesh.vertices, skeleton.frames(angles))
    angles[ANGLES.index(f"{finger}_mcp")] = 80
    after = skin(mesh, mesh.vertices, skeleton.frames(angles))
    own = [i for i, name in enumerate(mesh.joint_names) if name.startswith(f"{finger}-finger-phal")]
    share = mesh.weights[:, own].sum(axis=1)
    moved = np.linalg.norm(after - before, axis=1)
    assert moved[share == 0].max() < 1e-6
    tip = share > 0.999
    assert moved[tip].min() > 0.001
    assert (after - before)[tip].mean(axis=0)[2] > 0.02  # +z is out of the palm
    assert (after - before)[tip].mean(axis=0)[1] < -0.01


def test_a_flat_hand_has_straight_level_fingers() -> None:
    mesh = default_mesh()
    frames = Skeleton(mesh).frames(flat_hand())
    for finger in LONG_FINGERS:
        tip = frames[mesh.joint(f"{finger}-finger-tip"), :3, 3]
        knuckle = frames[mesh.joint(f"{finger}-finger-phalanx-proximal"), :3, 3]
        along = (tip - knuckle) / np.linalg.norm(tip - knuckle)
        np.testing.assert_allclose(along, [0, 1, 0], atol=1e-5)


def test_rotation_turns_y_into_z_about_x() -> None:
    np.testing.assert_allclose(rotation(0, 90.0) @ [0, 1, 0], [0, 0, 1], atol=1e-12)


@pytest.mark.parametrize("shape", sorted(HANDSHAPES))
def test_thumb_comes_close_to_its_goal_on_different_hands(shape: str) -> None:
    mesh = default_mesh()
    people = [usual_proportions(mesh)]
    people += [random_proportions(mesh, np.random.default_rng(seed)) for seed in range(3)]
    for person in people:
        skeleton = Skeleton(mesh, person)
        frames = skeleton.frames(shape_angles(shape, skeleton))
        thumb = HANDSHAPES[shape].thumb
        goal = frames[mesh.joint(thumb.anchor), :3, 3] + np.array(thumb.offset) / 100
        assert np.linalg.norm(frames[mesh.joint("thumb-tip"), :3, 3] - goal) < 0.03


def test_every_letter_has_a_shape_and_views_that_exist() -> None:
    assert len(LETTERS) == 24
    assert set(VIEWS) == set(LETTERS)
    for letter in LETTERS:
        assert finger_angles(letter).shape == (21,)
        for view in VIEWS[letter]:
            assert (view.shape or letter) in HANDSHAPES
            turn = view.rotation()
            np.testing.assert_allclose(turn @ turn.T, np.eye(3), atol=1e-12)
            assert np.linalg.det(turn) > 0


def seen(letter: str, view: View) -> np.ndarray:
    """An average hand's joints (21, 3) as the viewer sees them, centred and of size 1."""
    mesh = default_mesh()
    skeleton = Skeleton(mesh, usual_proportions(mesh))
    frames = skeleton.frames(shape_angles(view.shape or letter, skeleton))
    places = joint_places(mesh, frames) @ view.rotation().T
    places -= places.mean(axis=0)
    return places / np.sqrt((places**2).sum(axis=1).mean())


def test_no_way_to_make_a_letter_looks_like_another_letter() -> None:
    hands = [(letter, seen(letter, view)) for letter in LETTERS for view in VIEWS[letter]]
    for letter, hand in hands:
        for other, another in hands:
            apart = np.linalg.norm(hand - another, axis=1).mean()
            # U and V, the two usual hands that are most alike, are 0.097 apart.
            assert other == letter or apart > 0.09, (letter, other)


@pytest.mark.parametrize("letter", "MN")
def test_hanging_fingers_point_down_and_show_their_backs(letter: str) -> None:
    mesh = default_mesh()
    skeleton = Skeleton(mesh, usual_proportions(mesh))
    frames = skeleton.frames(shape_angles(f"{letter} hanging", skeleton))
    hanging = [view for view in VIEWS[letter] if view.shape == f"{letter} hanging"]
    assert hanging
    for view in hanging:
        turn = view.rotation()
        knuckle, tip = (
            turn @ frames[mesh.joint(f"index-finger-{part}"), :3, 3]
            for part in ("phalanx-proximal", "tip")
        )
        along = (tip - knuckle) / np.linalg.norm(tip - knuckle)
        assert along[1] < -0.75
        pad = turn @ frames[mesh.joint("index-finger-phalanx-intermediate"), :3, 2]
        assert pad[2] < 0


@pytest.mark.parametrize(("letter", "share"), [("D", 0.8), ("H", 0.7), ("P", 0.6), ("X", 0.6)])
def test_the_usual_handshape_is_the_one_most_often_drawn(letter: str, share: float) -> None:
    weights = {view: view.weight for view in VIEWS[letter]}
    usual = sum(w for view, w in weights.items() if view.shape in ("", "D ring"))
    assert usual / sum(weights.values()) > share


def test_random_angles_stay_within_what_joints_can_do() -> None:
    mesh = default_mesh()
    skeleton = Skeleton(mesh)
    for seed in range(20):
        angles = random_angles("S", skeleton, np.random.default_rng(seed))
        bends = angles[:16].reshape(4, 4)[:, 1:]
        assert bends.min() >= -12
        assert bends.max() <= 114
