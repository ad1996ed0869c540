from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from trainer.letters import CLASSES, LETTERS
from trainer.recognition.seen import UNCERTAIN, Seen
from trainer.recognition.steady import Pace, Phase, Steady, SteadyLetters, SteadySettings

DEFAULT = SteadySettings()
NONE = "-"
BLANK = "?"


class Signer:
    """Shows signs to a `SteadyLetters` at a frame rate, on a clock of its own."""

    def __init__(self, frames_per_second: float = 30.0, settings: SteadySettings = DEFAULT) -> None:
        self.steady = SteadyLetters(settings)
        self.step = 1 / frames_per_second
        self.frame = 0
        self.place: tuple[float, float, float] | None = None
        self.last = Steady()
        self.seen: list[Seen] = []

    def show(self, sign: str, seconds: float, share: float = 0.9) -> str:
        """One sign ("MN": half of each), `NONE` or a `BLANK` look; returns what was typed."""
        typed = ""
        for _ in range(round(seconds / self.step)):
            typed += self.feed(sign, share)
        return typed

    def feed(self, sign: str, share: float = 0.9) -> str:
        no_sign = share if sign == NONE else 0.0
        probabilities = np.full(CLASSES, (1 - share) / CLASSES)
        if sign == BLANK:
            probabilities[:] = 1 / CLASSES
        elif sign != NONE:
            for letter in sign:
                probabilities[LETTERS.index(letter)] += share / len(sign)
        self.last = self.steady.update(
            probabilities, no_sign, self.frame * self.step, place=self.place
        )
        if self.last.seen is not None:
            self.seen.append(self.last.seen)
        self.frame += 1
        return self.last.typed


@pytest.mark.parametrize("between", [NONE, BLANK])
@pytest.mark.parametrize("rate", [8, 15, 30, 60])
def test_hello_with_two_ls_is_typed_at_every_frame_rate(rate: float, between: str) -> None:
    signer = Signer(rate)
    typed = "".join(signer.show(sign, 0.9) for sign in "HEL")
    typed += signer.show(between, 0.4)
    typed += "".join(signer.show(sign, 0.9) for sign in "LO")
    assert typed == "HELLO"


@pytest.mark.parametrize("rate", [8, 15, 30, 60])
def test_a_letter_that_fades_for_a_moment_is_typed_again(rate: float) -> None:
    """Between two Ls the hand bounces: L stays the most probable, but is hardly shown."""
    signer = Signer(rate)
    assert signer.show("L", 0.9, share=0.97) == "L"
    assert signer.show("L", 0.4, share=0.26) == ""
    assert signer.show("L", 0.9, share=0.97) == "L"
    assert signer.show("L", 0.9, share=0.97) == ""


def test_a_letter_that_stays_faint_is_not_typed_again() -> None:
    signer = Signer()
    assert signer.show("L", 0.9, share=0.97) == "L"
    assert signer.show("L", 3, share=0.26) == ""


def test_behind_a_letter_that_faded_an_unclear_one_is_typed() -> None:
    signer = Signer()
    assert signer.show("L", 0.9, share=0.97) == "L"
    signer.show("L", 0.25, share=0.26)
    assert signer.show("A", 0.9, share=0.33) == "A"


def test_a_letter_that_was_never_clear_does_not_fade() -> None:
    signer = Signer()
    assert signer.show("L", 0.9, share=0.5) == "L"
    for share in (0.35, 0.5, 0.3, 0.45, 0.3):
        assert signer.show("L", 0.4, share=share) == ""


def test_the_delay_does_not_depend_on_the_frame_rate() -> None:
    delays = []
    for rate in (10, 30, 120):
        signer = Signer(rate)
        signer.show("A", 1)
        start = signer.frame
        while not signer.feed("B"):
            assert signer.frame < start + 2 * rate
        delays.append((signer.frame - start) * signer.step)
    assert max(delays) - min(delays) < 0.15
    assert max(delays) <= 0.6


def test_a_held_letter_is_typed_once() -> None:
    assert Signer().show("A", 10) == "A"


def test_without_a_hand_nothing_is_typed() -> None:
    signer = Signer()
    assert signer.show(NONE, 5) == ""
    assert signer.last == Steady()


def test_looks_without_a_clear_letter_type_nothing() -> None:
    signer = Signer()
    assert signer.show(BLANK, 5) == ""
    assert (signer.last.phase, signer.last.rivals) == (Phase.UNSURE, ())


def test_two_letters_that_cannot_be_told_apart_are_named() -> None:
    signer = Signer()
    assert signer.show("MN", 3) == ""
    assert signer.last.phase is Phase.UNSURE
    assert set(signer.last.rivals) == {"M", "N"}


def test_letters_that_flash_by_are_not_typed() -> None:
    signer = Signer()
    assert "".join(signer.show(sign, 0.1) for sign in "ABCDEF") == ""


def test_a_letter_that_is_only_likely_is_typed_too() -> None:
    assert Signer().show("A", 3, share=0.4) == "A"


def test_one_wrong_frame_does_not_interrupt_a_letter() -> None:
    signer = Signer(15)
    typed = signer.show("A", 0.3) + signer.feed("S") + signer.show("A", 0.3)
    typed += signer.feed("S") + signer.show("A", 1)
    assert typed == "A"


def test_the_dwell_grows_to_one_and_stays_there() -> None:
    signer = Signer()
    dwells = []
    for _ in range(40):
        signer.feed("A")
        dwells.append(signer.last.dwell)
    assert dwells == sorted(dwells)
    assert any(0 < dwell < 1 for dwell in dwells)
    assert dwells[-1] == 1
    assert signer.last.letter == "A"


def test_a_space_is_typed_once_when_the_hand_is_taken_away_after_a_letter() -> None:
    signer = Signer()
    assert signer.show(NONE, 3) == ""
    assert signer.show("A", 1) == "A"
    assert signer.show(NONE, 0.9) == ""
    assert signer.show(NONE, 5) == " "
    assert signer.show("B", 1) + signer.show(NONE, 2) == "B "


def test_moving_aside_types_the_same_letter_again() -> None:
    signer = Signer()
    signer.place = (0.5, 0.5, 0.2)
    assert signer.show("L", 1) == "L"
    signer.place = (0.56, 0.5, 0.2)
    assert signer.show("L", 1) == "", "less than the shift that is asked for"
    signer.place = (0.66, 0.5, 0.2)
    assert signer.show("L", 1) == "L"


def test_a_slow_drift_is_no_move_aside() -> None:
    signer = Signer()
    typed = ""
    for step in range(300):
        signer.place = (0.3 + step / 1000, 0.5, 0.2)
        typed += signer.feed("L")
    assert typed == "L"


def test_a_clock_that_runs_backwards_starts_anew() -> None:
    signer = Signer()
    assert signer.show("A", 1) == "A"
    signer.frame = 0
    assert signer.show("A", 1) == "A"


def test_a_long_gap_between_two_frames_is_no_dwell() -> None:
    signer = Signer(settings=replace(DEFAULT, dwell=1.0))
    assert signer.show("A", 0.5) == ""
    signer.frame += 10_000
    assert signer.feed("A") == ""


def test_patience_can_be_set() -> None:
    signer = Signer(settings=replace(DEFAULT, dwell=2.0))
    assert signer.show("A", 1.9) == ""
    assert signer.show("A", 0.5) == "A"


def test_a_typed_letter_keeps_its_evidence() -> None:
    signer = Signer()
    signer.show("A", 1)
    signer.show("MMN", 1, share=0.95)
    sure, unsure = signer.seen
    assert (sure.letter, sure.typed, sure.rivals) == ("A", True, ())
    assert unsure.letter == "M"
    assert unsure.share < UNCERTAIN
    assert unsure.rivals[:2] == ("M", "N")
    assert unsure.evidence is not None
    assert unsure.evidence.sum() == pytest.approx(1)


def test_a_letter_that_was_held_too_short_is_kept_as_such() -> None:
    signer = Signer()
    assert signer.show("A", 1) + signer.show("B", 0.33) + signer.show("C", 1) == "AC"
    assert [(one.letter, one.typed) for one in signer.seen] == [
        ("A", True),
        ("B", False),
        ("C", True),
    ]


def test_time_goes_on_behind_a_typed_letter() -> None:
    signer = Signer()
    signer.show("A", 0.3)
    assert signer.last.after == 0
    signer.show("A", 2)
    assert 1.4 < signer.last.after < 2.1
    signer.show("B", 0.3)
    assert signer.last.after == 0


def test_a_faster_pace_types_sooner_and_a_calmer_one_later() -> None:
    delays = []
    for pace in Pace:
        signer = Signer(settings=SteadySettings.at(pace))
        while not signer.feed("A"):
            assert signer.frame < 100
        while signer.feed(NONE) != " ":
            assert signer.frame < 300
        delays.append(signer.frame)
    calm, normal, fast = delays
    assert fast < normal < calm
    assert SteadySettings.at(Pace.NORMAL) == SteadySettings()


@pytest.mark.parametrize(
    "wrong",
    [{"memory": 0.0}, {"keep": 0.9}, {"floor": 0.2}, {"take": 1.0}, {"dwell": -1.0}],
    ids=str,
)
def test_settings_without_sense_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"positive|fit"):
        SteadySettings(**wrong)


def test_a_wrong_number_of_probabilities_is_refused() -> None:
    with pytest.raises(ValueError, match="24"):
        SteadyLetters().update([0.5, 0.5], 0.0, 0.0)
