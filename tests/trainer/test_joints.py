from __future__ import annotations

from trainer.joints import FINGERS, JOINTS, NAMES, finger_joints


def test_a_finger_ends_at_its_tip() -> None:
    assert [NAMES[finger_joints(finger)][-1] for finger in FINGERS] == [
        f"{finger}_tip" for finger in FINGERS
    ]


def test_the_joints_are_the_wrist_and_those_of_the_fingers() -> None:
    fingers = [joint for finger in FINGERS for joint in range(JOINTS)[finger_joints(finger)]]
    assert [NAMES.index("wrist"), *fingers] == list(range(21))
