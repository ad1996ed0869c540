from __future__ import annotations

import numpy as np
import pytest

from trainer.letters import CLASSES, LETTERS
from trainer.recognition.decoder import Channel, Decoder
from trainer.recognition.lexicon import CharacterModel, Lexicon

WORDS = ["the", "hello", "help", "hollow", "letter", "little", "water", "quick", "john", "don't"]


@pytest.fixture(scope="module")
def decoder() -> Decoder:
    return Decoder(Lexicon([(1.0, WORDS)]), CharacterModel(WORDS))


@pytest.fixture(scope="module")
def english() -> Decoder:
    return Decoder.english()


def evidence(letters: str, *unsure: str) -> list[np.ndarray]:
    """One observation a letter; `unsure` pairs such as "GH": G was read, but H is likely, too."""
    likely = {pair[0]: pair[1] for pair in unsure}
    seen = []
    for letter in letters:
        shares = np.full(CLASSES, 1e-6)
        shares[LETTERS.index(letter)] = 1.0
        if letter in likely:
            shares[LETTERS.index(likely[letter])] = 0.4
        seen.append(shares / shares.sum())
    return seen


def best(decoder: Decoder, letters: str, *unsure: str) -> str:
    return decoder.decode(evidence(letters, *unsure))[0].text


def test_a_word_of_the_list_is_read_as_it_is(decoder: Decoder) -> None:
    (word, *_) = decoder.decode(evidence("WATER"))
    assert (word.text, word.listed) == ("water", True)
    assert word.probability > 0.9


@pytest.mark.parametrize(
    ("seen", "unsure", "meant"),
    [
        ("GELLO", "GH", "hello"),  # one letter taken for another
        ("GHELLO", "GH", "hello"),  # a letter on the way to another one
        ("HELO", "OL", "hello"),  # the second one of two is not seen
        ("HHELLO", "HG", "hello"),  # a letter is seen twice
        ("WTER", "TA", "water"),  # a letter is missed
        ("DONT", "TN", "don't"),  # an apostrophe is not spelled
    ],
)
def test_what_spelling_does_to_words_is_undone(
    decoder: Decoder, seen: str, unsure: str, meant: str
) -> None:
    assert best(decoder, seen, unsure) == meant


def test_a_movement_is_taken_from_the_letter_that_it_begins_with(decoder: Decoder) -> None:
    assert best(decoder, "IOHN", "IY") == "john"


def test_what_was_surely_read_and_is_in_no_list_stays(english: Decoder) -> None:
    rng = np.random.default_rng(0)
    for _ in range(200):
        name = "".join(rng.choice(list(LETTERS), rng.integers(3, 9)))
        word = english.decode(evidence(name))[0]
        assert word.text.upper().replace("'", "") == name


def test_an_unknown_word_of_unsure_letters_is_among_the_candidates(english: Decoder) -> None:
    words = [word.text for word in english.decode(evidence("KIBBLE", "KV"))]
    assert "KIBBLE" in words


def test_probabilities_are_shares_and_the_words_in_order(english: Decoder) -> None:
    words = english.decode(evidence("MARIA", "MN"), most=10)
    probabilities = [word.probability for word in words]
    assert probabilities == sorted(probabilities, reverse=True)
    assert 0 < sum(probabilities) <= 1 + 1e-9
    assert words[0].text == "Maria"


def test_a_narrow_beam_still_reads_sure_words() -> None:
    narrow = Decoder(Lexicon([(1.0, WORDS)]), CharacterModel(WORDS), Channel(), beam=3)
    assert best(narrow, "QUICK") == "quick"


def test_nothing_seen_is_no_word(decoder: Decoder) -> None:
    assert decoder.decode([]) == []


def test_observations_of_another_size_are_refused(decoder: Decoder) -> None:
    with pytest.raises(ValueError, match="24 shares"):
        decoder.decode([np.ones(26)])
