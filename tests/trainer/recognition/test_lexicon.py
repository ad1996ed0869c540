from __future__ import annotations

import math

import pytest

from trainer.recognition.lexicon import ROOT, CharacterModel, Lexicon, spelled


@pytest.mark.parametrize(
    ("word", "letters"), [("don't", "DONT"), ("Niño", "NINO"), ("été", "ETE"), ("42", "")]
)
def test_a_word_is_spelled_by_plain_capitals(word: str, letters: str) -> None:
    assert spelled(word) == letters


def test_words_are_found_by_their_letters() -> None:
    lexicon = Lexicon([(1.0, ["the", "then", "don't"])])
    assert "THE" in lexicon
    assert "DONT" in lexicon
    assert "TH" not in lexicon
    assert "THERE" not in lexicon


def test_frequent_words_are_more_probable_and_all_shares_are_one() -> None:
    lexicon = Lexicon([(0.7, ["a", "b", "c"]), (0.3, ["d"])])
    logs = {word[0]: word[1] for word in lexicon.words if word}
    assert logs["a"] > logs["b"] > logs["c"]
    assert math.exp(logs["d"]) == pytest.approx(0.3)
    assert sum(map(math.exp, logs.values())) == pytest.approx(1)
    assert lexicon.best[ROOT] == max(logs.values())


def test_a_word_of_two_lists_has_the_higher_probability() -> None:
    lexicon = Lexicon([(0.9, ["mark", "x"]), (0.1, ["Mark"])])
    (word,) = [word for word in lexicon.words if word and word[0].lower() == "mark"]
    assert word[0] == "mark"


def test_likely_strings_are_more_probable_and_the_next_letters_add_up() -> None:
    model = CharacterModel(["water", "later", "matter", "better"])

    def log_p(text: str) -> float:
        padded = f"^^{text}$"
        return sum(model.log_probability(padded[:i], padded[i]) for i in range(2, len(padded)))

    assert log_p("LATTER") > log_p("RTTAEL")
    total = sum(math.exp(model.log_probability("AT", c)) for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ$")
    assert total == pytest.approx(1, abs=0.01)
