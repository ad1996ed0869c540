from __future__ import annotations

import numpy as np
import pytest

from trainer.letters import CLASSES, LETTERS
from trainer.recognition.decoder import Channel, Decoder
from trainer.recognition.lexicon import CharacterModel, Lexicon, spelled
from trainer.recognition.seen import Seen
from trainer.recognition.words import NAMES, word_list
from trainer.support.paths import asset

WORDS = ["the", "hello", "help", "hollow", "letter", "little", "water", "quick", "john", "don't"]


@pytest.fixture(scope="module")
def decoder() -> Decoder:
    return Decoder(Lexicon([(1.0, WORDS)]), CharacterModel(WORDS))


@pytest.fixture(scope="module")
def english() -> Decoder:
    return Decoder.of("en")


def evidence(letters: str, *unsure: str) -> list[Seen]:
    """One observation a letter; `unsure` pairs such as "GH": G was read, but H is likely, too."""
    likely = {pair[0]: pair[1] for pair in unsure}
    seen = []
    for letter in letters:
        shares = np.full(CLASSES, 1e-6)
        shares[LETTERS.index(letter)] = 1.0
        if letter in likely:
            shares[LETTERS.index(likely[letter])] = 0.4
        seen.append(Seen(letter, shares / shares.sum()))
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


def test_none_of_200_unknown_names_that_are_surely_read_is_changed(english: Decoder) -> None:
    rng = np.random.default_rng(0)
    for _ in range(200):
        name = "".join(rng.choice(list(LETTERS), rng.integers(3, 9)))
        assert spelled(english.decode(evidence(name))[0].text) == name


def test_none_of_200_names_is_changed_by_lists_that_lack_it() -> None:
    names = word_list(asset(NAMES))
    left_out = [spelled(name) for name in names[::50] if set(spelled(name)) <= set(LETTERS)]
    left_out += [spelled(name) for name in names[1::50] if set(spelled(name)) <= set(LETTERS)]
    known = [name for n, name in enumerate(names) if n % 50 > 1]
    decoder = Decoder(Lexicon([(1.0, known)]), CharacterModel(known))
    for name in left_out[:200]:
        assert spelled(decoder.decode(evidence(name))[0].text) == name
    assert len(left_out) >= 200


def test_a_word_replaces_what_was_read_only_where_it_is_probable_enough() -> None:
    lexicon, characters = Lexicon([(1.0, WORDS)]), CharacterModel(WORDS)
    seen = evidence("GELLO", "GH", "OA")
    timid = Decoder(lexicon, characters, Channel(replaces=1 - 1e-9))
    bold = Decoder(lexicon, characters, Channel(replaces=0.01))
    assert [word.text for word in timid.decode(seen, most=2)] == ["GELLO", "hello"]
    assert bold.decode(seen)[0].text == "hello"


def test_a_letter_that_was_held_too_short_counts_less_than_a_typed_one(decoder: Decoder) -> None:
    wter, a, o = evidence("WTER", "TR"), evidence("A")[0], evidence("O")[0]
    glimpse = Seen("A", a.evidence, typed=False)
    assert decoder.decode([wter[0], glimpse, *wter[1:]])[0].text == "water"
    # On the way to another letter: nothing is added to a word that is whole.
    passed = Seen("O", o.evidence, typed=False)
    assert decoder.decode([*evidence("WAT"), passed, *evidence("ER")])[0].text == "water"


def test_certain_letters_are_never_doubted(english: Decoder) -> None:
    certain = [Seen(letter) for letter in "HEL"]
    words = english.complete(certain, most=20)
    assert len(words) == 20
    assert all(spelled(word).startswith("HEL") for word in words)
    assert english.decode([Seen(letter) for letter in "GELLO"])[0].text == "GELLO"


@pytest.mark.parametrize(
    ("start", "found"),
    [
        ("HEL", ["hello", "help"]),
        ("HELP", []),
        ("DON", ["don't"]),
        ("XYZ", []),
        ("", []),
    ],
)
def test_words_are_completed(decoder: Decoder, start: str, found: list[str]) -> None:
    assert decoder.complete([Seen(letter) for letter in start]) == found


def test_what_is_completed_may_have_been_misread(decoder: Decoder) -> None:
    assert "hello" in decoder.complete(evidence("GEL", "GH"))
    assert decoder.complete(evidence("GELLO", "GH"))[0] == "hello"


def test_marks_that_cannot_be_signed_are_added_where_the_word_needs_them() -> None:
    decoder = Decoder(Lexicon([(1.0, ["i'll", "ill", "niño"])]), CharacterModel(["ill"]))
    assert [best(decoder, word) for word in ("ILL", "NINO")] == ["ill", "niño"]


def test_spanish_words_are_read() -> None:
    spanish = Decoder.of("es")
    assert best(spanish, "ESPANA") == "españa"
    assert best(spanish, "GUEVO", "GN") == "nuevo"
    assert best(spanish, "MARIA").lower() in ("maría", "maria")


def test_completions_come_by_frequency_and_no_more_than_wanted(english: Decoder) -> None:
    assert english.complete([Seen(letter) for letter in "HEL"], most=1) == ["help"]
    for letter in "ABCDEFGHIKLMNOPQRSTUVWY":
        assert len(english.complete([Seen(letter)])) == 3, letter


def test_what_is_longer_than_any_word_is_none(decoder: Decoder) -> None:
    assert decoder.decode(evidence("A" * 500)) == []
    assert decoder.complete(evidence("A" * 500)) == []


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


def test_observations_of_another_size_are_refused() -> None:
    with pytest.raises(ValueError, match="24 shares"):
        Seen("A", np.ones(26))
