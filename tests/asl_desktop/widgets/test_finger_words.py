from __future__ import annotations

from asl_desktop.widgets.finger_words import correction_text
from trainer.hand_renderer.camera_angles import VIEWS
from trainer.hand_renderer.postures import Posture, mistakes
from trainer.letters import LETTERS
from trainer.recognition.correction import Correction


def test_every_mistake_of_every_letter_has_its_words() -> None:
    for letter in LETTERS:
        for shape in {view.shape or letter for view in VIEWS[letter]}:
            for finger, posture in mistakes(shape):
                text = correction_text(Correction(letter, finger, posture, 0.9))
                assert text.count(".") == 2
                assert "{" not in text


def test_the_words_say_how_it_stands_and_how_it_should() -> None:
    thumb = Correction("T", "thumb", Posture.FRONT, 0.9)
    assert correction_text(thumb) == (
        "Your thumb lies across the fingers. Put your thumb between index and middle finger."
    )
    ring = Correction("W", "ring", Posture.CURLED, 0.9)
    assert correction_text(ring).endswith("Stretch your ring finger.")
    assert "Spread" in correction_text(Correction("V", "index", Posture.TOGETHER, 0.9))
