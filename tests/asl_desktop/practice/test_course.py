"""The course as a learner meets it over days: lessons, reviews, what comes next."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from asl_desktop.practice.course import (
    LESSONS,
    Kind,
    Step,
    current_lesson,
    due_letters,
    next_step,
)
from asl_desktop.practice.learner_progress import Progress, Skill
from asl_desktop.practice.rounds import QUESTIONS, Round
from trainer.letters import ALPHABET

MONDAY = date(2026, 11, 2)
READING = Skill.READING


def learn(progress: Progress, letters: str, today: date, skill: Skill = READING) -> None:
    for letter in letters * 2:
        progress.note(skill, letter, hit=True, seconds=1.0, today=today)


def test_the_lessons_have_all_letters_once_and_four_or_five_each() -> None:
    assert sorted("".join(LESSONS)) == sorted(ALPHABET)
    assert {len(lesson) for lesson in LESSONS} == {4, 5}


def test_look_alikes_come_later_and_not_among_the_first() -> None:
    first = set(LESSONS[0])
    for group in ("AEMNST", "UVRK", "GHPQ", "CO", "DFIL"):
        assert len(first & set(group)) <= 1


def test_a_lesson_is_learnt_and_the_next_one_follows() -> None:
    progress = Progress()
    assert next_step(progress, READING, MONDAY) == Step(Kind.LESSON, "ABCLY")
    learn(progress, "ABCL", MONDAY)
    assert current_lesson(progress, READING, MONDAY) == 0, "Y is not learnt yet"
    learn(progress, "Y", MONDAY)
    assert next_step(progress, READING, MONDAY) == Step(Kind.LESSON, LESSONS[1])
    assert current_lesson(progress, Skill.SIGNING, MONDAY) == 0, "reading is not signing"


def test_what_was_learnt_comes_again_first() -> None:
    progress = Progress()
    learn(progress, "ABCLY", MONDAY)
    tuesday = MONDAY + timedelta(days=1)
    assert due_letters(progress, READING, MONDAY) == ""
    assert next_step(progress, READING, tuesday) == Step(Kind.REVIEW, "ABCLY")
    for letter in "ABCL":
        progress.note(READING, letter, hit=True, seconds=1.0, today=tuesday)
    progress.note(READING, "Y", hit=False, seconds=0, instead="I", today=tuesday)
    assert due_letters(progress, READING, tuesday) == "Y"
    assert next_step(progress, READING, tuesday).kind is Kind.LESSON
    assert due_letters(progress, READING, tuesday + timedelta(days=3)) == "YABCL"


def test_after_the_last_lesson_there_are_words() -> None:
    progress = Progress()
    learn(progress, ALPHABET, MONDAY)
    assert next_step(progress, READING, MONDAY) == Step(Kind.WORDS, "")
    assert next_step(progress, READING, MONDAY + timedelta(days=1)).kind is Kind.REVIEW


def test_a_record_from_before_the_course_counts() -> None:
    progress = Progress()
    tally = progress.tally(READING, "A")
    tally.tries, tally.hits = 10, 10
    assert progress.review(READING, "A", MONDAY).learnt
    tally.hits = 5
    assert not progress.review(READING, "A", MONDAY).learnt


def test_a_round_asks_every_letter_and_sums_up() -> None:
    done = Round("ABCLY", np.random.default_rng(1))
    progress = Progress()
    asked = []
    while not done.over:
        letter = done.next_letter(progress, READING)
        asked.append(letter)
        hit = letter != "Y"
        done.note(letter, hit, "" if hit else "I")
        done.close_question(hit)
    assert len(asked) == QUESTIONS
    assert set(asked[:5]) == set("ABCLY")
    assert done.missed() == {"Y": "I"}
    assert done.right == QUESTIONS - asked.count("Y")
