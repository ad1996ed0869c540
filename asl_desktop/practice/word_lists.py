"""Words to spell and to read: common ones, names, places, and the user's own."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from trainer.letters import ALPHABET
from trainer.support import files
from trainer.support.errors import UserError

LONGEST = 20
MOST_WORDS = 500
_MOST_BYTES = 1 << 20
_NO_TEXT = re.compile(rb"[\0-\x08\x0e-\x19\x1c-\x1f]")
"""Bytes that no text has, but for one in UTF-16, and almost every other file."""


class WordList(StrEnum):
    """Which words."""

    COMMON = "common"
    NAMES = "names"
    PLACES = "places"
    OWN = "own"


NAMES = tuple(
    """
    Ada Aiko Alex Amir Ana Anna Ben Bruno Carla Chen Clara Cyrus Dana David Deniz Diego Elif Emma
    Eric Eva Fatima Finn Gina Greta Hana Hugo Ida Igor Ines Ivan Jack Jada Jonas Julia Kai Karim
    Kofi Lars Leila Leo Lina Luis Malik Maria Max Mina Nadia Nina Noah Nora Omar Oscar Pablo Petra
    Priya Quinn Rana Raul Rosa Ruth Sam Sara Sven Tara Tim Tomas Uma Vera Victor Wei Xenia Yara Yuki
    Zara Zoe
    """.upper().split()
)

PLACES = tuple(
    """
    Accra Athens Austin Berlin Bern Bogota Boston Brazil Cairo Canada Chad Chile China Cuba Dakar
    Dallas Delhi Dublin Egypt Fiji France Geneva Ghana Greece Haiti Havana India Iran Iraq Italy
    Japan Jordan Kenya Kyoto Lagos Lima Lisbon London Lyon Madrid Malta Mexico Miami Milan Mumbai
    Nepal Niger Norway Oman Osaka Oslo Panama Paris Peru Poland Prague Qatar Quito Rome Russia Samoa
    Seoul Spain Sweden Sydney Texas Tokyo Tonga Turkey Utah Vienna Warsaw Yemen Zagreb Zambia Zurich
    """.upper().split()
)


class OwnWords(NamedTuple):
    """What was found in a text."""

    words: tuple[str, ...]
    left_out: tuple[str, ...]
    """Entries that are no word of the letters A to Z, or too many."""


def own_words(text: str) -> OwnWords:
    """The words of a text: one a line, or separated by commas, semicolons or tabs.

    Accents are dropped, an entry may be of several words, and an entry comes once.
    """
    words: dict[str, None] = {}
    left_out = []
    for entry in re.split(r"[\n\r,;\t]+", text):
        given = entry.strip().strip('"').strip()
        word = " ".join(_plain(given).split())
        fits = word and len(word) <= LONGEST and set(word) <= set(ALPHABET + " ")
        if fits and (word in words or len(words) < MOST_WORDS):
            words[word] = None
        elif given:
            left_out.append(given)
    return OwnWords(tuple(words), tuple(left_out))


def read_words(path: Path) -> OwnWords:
    """The words of a text file or of a table of one column.

    Raises:
        UserError: It cannot be read, is no text, or is larger than a list of words.
    """
    content = files.content(path, _MOST_BYTES)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return own_words(content.decode("utf-16", "replace"))
    if _NO_TEXT.search(content):
        raise UserError(f"{path}: no text, so no list of words. Choose a text file or a table.")
    try:
        return own_words(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return own_words(content.decode("latin-1"))


def _plain(text: str) -> str:
    """Capitals without accents; apostrophes, full stops and hyphens are no letters of a sign."""
    apart = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("-", " "))
    kept = "".join(c for c in apart if not unicodedata.combining(c) and c not in "'’.")
    return kept.upper()
