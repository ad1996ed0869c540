from __future__ import annotations

from collections import Counter

import numpy as np

from asl_desktop.practice.choice import (
    WORDS,
    choose_word,
    confused_pairs,
    next_letter,
    weakest_first,
    weakness,
)
from asl_desktop.practice.learner_progress import Progress, Skill, Tally
from trainer.letters import LETTERS

SIGNING = Skill.SIGNING


def learner() -> Progress:
    """Somebody who can do all letters but S, which turns out as T, and N."""
    progress = Progress()
    for letter in LETTERS:
        for _ in range(8):
            if letter == "S":
                progress.note(SIGNING, letter, hit=False, seconds=0, instead="T")
            else:
                progress.note(SIGNING, letter, hit=letter != "N", seconds=1.0)
    return progress


def test_misses_and_slowness_make_a_letter_weak() -> None:
    never, good = Tally(), Tally(tries=8, hits=8, seconds=8.0)
    slow, bad = Tally(tries=8, hits=8, seconds=48.0), Tally(tries=8, hits=1, seconds=1.0)
    assert weakness(good) < weakness(slow) < weakness(never) < weakness(bad)
    assert weakness(Tally(tries=1)) < weakness(Tally(tries=5)), "one miss says little"


def test_the_weakest_come_first() -> None:
    assert weakest_first(learner(), SIGNING)[:3] == ["N", "S", "A"]
    assert weakest_first(Progress(), SIGNING) == list(LETTERS)


def test_weak_letters_are_asked_for_most_but_not_twice_in_a_row() -> None:
    progress, rng = learner(), np.random.default_rng(1)
    asked = ["A"]
    for _ in range(600):
        asked.append(next_letter(progress, SIGNING, rng, asked))
    count = Counter(asked)
    assert count["S"] + count["N"] > 200
    assert len(count) == 24, "the others stay in practice"
    assert all(letter not in asked[i - 2 : i] for i, letter in enumerate(asked) if i > 1)


def test_a_letter_is_followed_by_what_it_is_taken_for() -> None:
    progress, rng = learner(), np.random.default_rng(2)
    after = Counter(next_letter(progress, SIGNING, rng, ["S"]) for _ in range(200))
    assert after["T"] > 60
    assert after["T"] < 140


def test_a_pair_is_drilled_in_turn() -> None:
    progress, rng = Progress(), np.random.default_rng(3)
    asked: list[str] = []
    for _ in range(6):
        asked.append(next_letter(progress, SIGNING, rng, asked, among="MN"))
    assert set(asked) == {"M", "N"}
    assert asked[0] != asked[1]
    assert next_letter(progress, SIGNING, rng, ["A"], among="A") == "A"


def test_confusions_count_in_both_directions() -> None:
    progress = Progress()
    progress.note(SIGNING, "U", hit=False, seconds=0, instead="RV")
    progress.note(SIGNING, "R", hit=False, seconds=0, instead="U")
    pairs = confused_pairs(progress, SIGNING)
    assert pairs[0] == ("R", "U", 2)
    assert pairs[1] == ("U", "V", 1)
    assert confused_pairs(progress, Skill.READING) == []


def test_words_are_signable_and_contain_weak_letters() -> None:
    assert all(set(word) <= set(LETTERS) for word in WORDS)
    assert len(set(WORDS)) == len(WORDS)
    progress, rng = learner(), np.random.default_rng(4)
    words = [choose_word(progress, SIGNING, rng, longest=4) for _ in range(300)]
    assert max(map(len, words)) <= 4
    weak = np.mean([bool(set(word) & {"S", "N"}) for word in words])
    usual = np.mean([bool(set(word) & {"S", "N"}) for word in WORDS if len(word) <= 4])
    assert weak > usual + 0.15
    assert all(choose_word(progress, SIGNING, rng, 3, "TEN") != "TEN" for _ in range(50))
