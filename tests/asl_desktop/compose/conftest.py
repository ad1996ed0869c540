"""The lists of words, read once."""

from __future__ import annotations

import pytest

from trainer.recognition.decoder import Decoder


@pytest.fixture(scope="session")
def english() -> Decoder:
    return Decoder.of("en")
