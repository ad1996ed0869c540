from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from tests.asl_desktop.helpers import side_model
from trainer.cli import main
from trainer.hand_renderer.movements import RATE as MOMENTS
from trainer.hand_renderer.movements import Moving
from trainer.hand_renderer.signer import Signer
from trainer.images.box import Box
from trainer.letters import CLASSES, LETTERS
from trainer.model import weights
from trainer.recognition.decoder import Decoder
from trainer.recognition.reader import Candidate, Reader, Reading
from trainer.recognition.seen import Seen
from trainer.recognition.signing import SignedLetters
from trainer.recognition.spelling_score import (
    Clip,
    Score,
    Sign,
    Typed,
    compare,
    decoded,
    edit_distance,
    play,
    read_clip,
)
from trainer.recognition.steady import SPACE
from trainer.support.errors import UserError
from trainer.support.paths import DEFAULT_WEIGHTS, FINDER_WEIGHTS, asset

RATE = 15
SIDE = 160
BOX = Box(20, 20, 120, 120)


def image(letter: str) -> np.ndarray:
    frame = np.full((SIDE, SIDE, 3), 128, np.uint8)
    if letter:
        half = slice(0, SIDE // 2) if letter == "L" else slice(SIDE // 2, SIDE)
        frame[:] = 20
        frame[:, half] = 230
    return frame


def write_clip(folder: Path, signs: str, seconds: float = 1.0, pause: float = 0.5) -> Path:
    """A made clip of "L" and "R", with gray pauses before repeated letters."""
    writer = cv2.VideoWriter(
        str(folder / "made.avi"), cv2.VideoWriter.fourcc(*"MJPG"), RATE, (SIDE, SIDE)
    )
    letters, frame = [], 0
    for before, letter in zip(" " + signs, signs, strict=False):
        if before == letter:
            for _ in range(round(pause * RATE)):
                writer.write(image(""))
                frame += 1
        start = frame / RATE
        for _ in range(round(seconds * RATE)):
            writer.write(image(letter))
            frame += 1
        letters.append({"letter": letter, "start": start, "end": frame / RATE, "box": list(BOX)})
    writer.release()
    annotation = folder / "made.json"
    annotation.write_text(json.dumps({"text": signs, "fps": RATE, "letters": letters}))
    return annotation


def sign(letter: str, start: float) -> Sign:
    return Sign(letter, start, start + 1, BOX)


def test_a_made_clip_is_typed_as_it_is_signed(tmp_path: Path) -> None:
    clip = read_clip(write_clip(tmp_path, "LRRL"))
    typed = play(clip, Reader(side_model()), SignedLetters())
    assert [t.letter for t in typed] == list("LRRL")
    score = compare(clip.signs, typed)
    assert (score.right, score.missed, score.unsigned) == (4, (), ())
    assert max(score.delays) <= 0.6


class DrawingReader(Reader):
    """Reads I all the time in a hand that holds one and then draws a J."""

    def __init__(self) -> None:
        rng = np.random.default_rng(1)
        moving = Moving(Signer(rng), rng)
        moving.show("I", 0.8)
        moving.draw_j(0.9)
        moving.rest(2.0)
        points = moving.points()[:: MOMENTS // RATE]
        self._joints = iter((points[:, :, :2] * [700, -700] + 320).astype(np.float32))

    def read(self, frame: Any, box: Box | None, seconds: float | None = None) -> Reading:
        probabilities = np.full(CLASSES, 0.001, np.float32)
        probabilities[LETTERS.index("I")] = 0.97
        candidates = (Candidate("I", 0.97),)
        return Reading(candidates, probabilities, frame[:, :, 0], 1.0, 0.0, next(self._joints))


def test_the_start_of_a_drawn_letter_is_not_left_over(tmp_path: Path) -> None:
    clip = read_clip(write_clip(tmp_path, "L", seconds=2.6))
    typed = play(clip, DrawingReader(), SignedLetters())
    assert [t.letter for t in typed] == ["J"]
    assert typed[0].seen == Seen("J")


def test_signs_too_short_to_be_meant_are_missed(tmp_path: Path) -> None:
    clip = read_clip(write_clip(tmp_path, "LRLR", seconds=2 / RATE))
    score = compare(clip.signs, play(clip, Reader(side_model()), SignedLetters()))
    assert score.missed == tuple("LRLR")


def test_letters_are_right_missed_or_unsigned() -> None:
    signs = [sign("A", 0), sign("B", 1), sign("B", 2), sign("C", 3)]
    typed = [Typed("A", 0.4), Typed("X", 1.2), Typed("B", 2.5), Typed("C", 5.0)]
    score = compare(signs, typed)
    assert (score.right, score.missed, score.unsigned) == (2, ("B", "C"), ("X", "C"))
    assert score.delays == pytest.approx((0.4, 0.5))


def test_a_letter_that_is_typed_twice_counts_once() -> None:
    score = compare([sign("A", 0)], [Typed("A", 0.4), Typed("A", 0.9)])
    assert (score.right, score.unsigned) == (1, ("A",))


def test_a_space_is_wrong_only_while_a_sign_is_shown() -> None:
    signs = [sign("A", 0), sign("B", 3)]
    assert compare(signs, [Typed(" ", 2.5)]).unsigned == ()
    assert compare(signs, [Typed(" ", 3.5)]).unsigned == (" ",)


def test_scores_add_up() -> None:
    total = Score((0.2, 0.4), ("A",)) + Score((0.6,), (), ("B",))
    assert (total.signed, total.right) == (4, 3)
    assert total.delay(0.5) == pytest.approx(0.4)
    assert Score().delay(0.5) is None


def test_between_two_signs_the_last_box_stays(tmp_path: Path) -> None:
    path = write_clip(tmp_path, "LL")
    content = json.loads(path.read_text())
    content["letters"][1]["box"] = [1, 2, 3, 4]
    path.write_text(json.dumps(content))
    clip = read_clip(path)
    assert clip.box(0) == clip.box(clip.signs[1].start - 0.1) == BOX
    assert clip.box(clip.signs[1].start) == clip.box(99) == Box(1, 2, 3, 4)


def letter_with(**changes: Any) -> dict[str, Any]:
    good = {"letter": "A", "start": 0, "end": 1, "box": [0, 0, 9, 9]}
    return {"text": "A", "letters": [good | changes]}


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ([], "annotation of a clip"),
        ({"letters": []}, '"text"'),
        ({"text": "A"}, '"letters"'),
        ({"text": "A", "letters": []}, '"letters"'),
        ({"text": "A", "letters": ["A"]}, "letter 1 is no object"),
        (letter_with(letter="AB"), '"letter"'),
        (letter_with(letter="ä"), '"letter"'),
        (letter_with(end=0), '"start"'),
        (letter_with(start=None), '"start"'),
        (letter_with(end=float("inf")), '"start"'),
        (letter_with(box=[0, 0, 9]), '"box"'),
        (letter_with(box=[0, 0, 0, 9]), '"box"'),
        (letter_with(box="0 0 9 9"), '"box"'),
        (
            {"text": "AA", "letters": letter_with()["letters"] * 2},
            "letter 2 starts before",
        ),
        (letter_with(), "no video"),
    ],
    ids=str,
)
def test_a_bad_account_is_refused_in_one_sentence(
    tmp_path: Path, content: Any, complaint: str
) -> None:
    path = tmp_path / "clip.json"
    path.write_text(json.dumps(content))
    with pytest.raises(UserError, match=complaint) as caught:
        read_clip(path)
    assert str(caught.value).startswith(str(path))


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe\x00", b"[" * 100_000], ids=len)
def test_what_is_no_json_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "clip.json"
    path.write_bytes(content)
    with pytest.raises(UserError, match="not a JSON file"):
        read_clip(path)


def test_the_command_scores_clips(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_clip(tmp_path, "LRRL")
    file = tmp_path / "w.safetensors"
    weights.save(side_model(), file)
    assert main(["read", "--weights", str(file), "--score", str(path), "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert lines[0]["typed"] == "LRRL"
    assert lines[1]["total"]["right"] == 4
    assert lines[1]["total"]["words_typed"] == 1
    assert lines[1]["total"]["letter_errors"] == 0
    assert main(["read", "--weights", str(file), "--score", str(path), str(path)]) == 0
    assert "8 of 8 letters right" in capsys.readouterr().out
    assert main(["read", "--score", str(tmp_path / "none.json")]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_the_command_follows_by_the_finder_that_is_given(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_clip(tmp_path, "LR")
    shutil.copyfile(asset(FINDER_WEIGHTS), tmp_path / "own.safetensors")
    command = ["read", "--score", str(path), "--follow", "--finder"]
    assert main([*command, str(tmp_path / "own.safetensors")]) == 0
    assert "of 2 letters right" in capsys.readouterr().out
    assert main([*command, str(asset(DEFAULT_WEIGHTS))]) == 1
    assert "no finder of this program" in capsys.readouterr().err


@pytest.mark.parametrize("way", ["--words", "--continuous"])
def test_the_command_prints_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], way: str
) -> None:
    write_clip(tmp_path, "LRRL")
    file = tmp_path / "w.safetensors"
    weights.save(side_model(), file)
    command = ["read", "--weights", str(file), str(tmp_path / "made.avi"), way]
    assert main([*command, "--json"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    word = json.loads(line)
    assert word["read"] == "LRRL"
    assert "LRRL" in [candidate["word"] for candidate in word["candidates"]]
    assert main(command) == 0
    assert "(read LRRL)" in capsys.readouterr().out


@pytest.mark.parametrize("way", ["--words", "--continuous"])
def test_a_bad_image_among_others_does_not_end_a_word(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], way: str
) -> None:
    """Of stills, a frame stands for a moment; what was read until the end is printed."""
    weights.save(side_model(), tmp_path / "w.safetensors")
    folder = tmp_path / "images"
    folder.mkdir()
    for number in range(40):
        cv2.imwrite(str(folder / f"{number:02}.png"), image("L" if number < 20 else "R"))
    (folder / "30.png").write_bytes(b"no image")
    assert main(["read", "--weights", str(tmp_path / "w.safetensors"), str(folder), way]) == 0
    printed = capsys.readouterr()
    assert "30.png" in printed.err
    assert "(read LR)" in printed.out


def typed(text: str) -> list[Typed]:
    """What was typed, each letter surely read."""
    return [
        Typed(letter, number, None if letter == SPACE else _seen(letter))
        for number, letter in enumerate(text)
    ]


def _seen(letter: str) -> Seen:
    return Seen(letter, np.eye(CLASSES)[LETTERS.index(letter)])


@pytest.mark.parametrize(
    ("text", "read", "whole", "errors"),
    [
        ("HELLO", "HELLO", 1, 0),
        ("HELLO", "HELO", 0, 1),
        ("HELLO MARIA", "HELLO MARIA", 2, 0),
        ("HELLO MARIA", "HELLOMARIA", 0, 10),  # all letters belong to the first word
        ("HELLO", "HEL LO", 1, 0),  # a space within the word
        ("HELLO", "", 0, 5),
    ],
)
def test_words_are_counted_as_typed(text: str, read: str, whole: int, errors: int) -> None:
    clip = Clip(Path("x.mp4"), text, (Sign("H", 0, 1, BOX),))
    score = decoded(clip, typed(read), Decoder.of("en"))
    assert (score.whole_words(), score.letter_errors) == (whole, errors)
    assert score.whole_words(3) >= score.whole_words(1) >= whole


@pytest.mark.parametrize(
    ("a", "b", "distance"),
    [("", "", 0), ("HELLO", "GELLO", 1), ("HELLO", "GHELO", 2), ("A", "", 1)],
)
def test_edit_distance(a: str, b: str, distance: int) -> None:
    assert edit_distance(a, b) == edit_distance(b, a) == distance


@pytest.mark.parametrize("arguments", [[], ["a.mp4", "--score", "b.json"]], ids=len)
def test_the_command_wants_either_a_source_or_clips(arguments: list[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["read", *arguments])


def test_real_clips_are_read_as_text(shared: Path) -> None:
    """The shipped network has met these signers; this guards the way from frame to text."""
    reader = Reader(weights.load(asset(DEFAULT_WEIGHTS)))
    total = Score()
    for path in sorted((shared / "clips").glob("*.json")):
        clip = read_clip(path)
        total += compare(clip.signs, play(clip, reader, SignedLetters()))
    assert total.signed >= 30
    assert total.right >= 0.9 * total.signed
    assert len(total.unsigned) <= 0.1 * total.signed
    delay = total.delay(0.5)
    assert delay is not None
    assert delay <= 0.6
