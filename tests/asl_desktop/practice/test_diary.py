from __future__ import annotations

from datetime import date, timedelta

from asl_desktop.practice.diary import Diary
from asl_desktop.practice.reviews import INTERVALS, MASTERED, Review

WEDNESDAY = date(2026, 11, 4)
DAY = timedelta(days=1)


def practise(diary: Diary, day: date, letters: int, goal: int = 10) -> None:
    for number in range(letters):
        diary.note(day, hit=number % 2 == 0, goal=goal)


def test_days_in_a_row_end_today_or_yesterday() -> None:
    diary = Diary()
    for back in (1, 2, 3, 5):
        practise(diary, WEDNESDAY - back * DAY, 10)
    assert diary.streak(WEDNESDAY) == 3, "today can still be met"
    practise(diary, WEDNESDAY, 9)
    assert diary.streak(WEDNESDAY) == 3
    practise(diary, WEDNESDAY, 1)
    assert diary.streak(WEDNESDAY) == 4
    assert diary.streak(WEDNESDAY + 2 * DAY) == 0


def test_without_a_goal_there_is_no_row_of_days() -> None:
    diary = Diary()
    practise(diary, WEDNESDAY, 50, goal=0)
    assert diary.streak(WEDNESDAY) == 0
    assert diary.day(WEDNESDAY).tries == 50


def test_weeks_begin_on_monday() -> None:
    diary = Diary()
    practise(diary, WEDNESDAY, 4)
    practise(diary, WEDNESDAY - 2 * DAY, 2)
    practise(diary, WEDNESDAY - 3 * DAY, 6)
    before, now = diary.weeks(WEDNESDAY, 2)
    assert (now.start, now.tries, now.hits) == (WEDNESDAY - 2 * DAY, 6, 3)
    assert (before.tries, before.hits) == (6, 3)


def test_old_days_are_forgotten() -> None:
    diary = Diary()
    for back in range(500):
        diary.note(WEDNESDAY - back * DAY, hit=True, goal=0)
    assert len(diary.days) <= 401


def test_intervals_grow_and_a_mistake_brings_a_letter_back() -> None:
    review, today = Review(0, WEDNESDAY), WEDNESDAY
    gaps = []
    while review.level < MASTERED:
        review = review.after(hit=True, today=today)
        gaps.append((review.due - today).days)
        today = review.due
    assert gaps == list(INTERVALS[1 : MASTERED + 1])
    early = review.after(hit=True, today=review.due - DAY)
    assert early == review, "before it is due, a success says little"
    missed = review.after(hit=False, today=today)
    assert missed.due == today
    assert missed.level < review.level
