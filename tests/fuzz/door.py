"""What every door of the program owes to whoever brings something bad."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from tests.nightly import NIGHTLY, cases
from tests.patience import PATIENCE_SECONDS
from trainer.support.errors import UserError

LONGEST_SECONDS = 5.0
"""Of the processor, or of the clock where that is less: other programs may be busy, too."""

LONGEST_SENTENCE = 1000

tried: Counter[str] = Counter()
"""Cases that were really run, by test."""

longest: dict[str, float] = {}
"""Seconds of the slowest case, by test."""


def fuzzed(share: float = 1.0) -> settings:
    """500 cases, 10,000 at night; a door that several tests try may divide them among these."""
    return settings(
        max_examples=cases(round(500 * share), round(10_000 * share)),
        deadline=None,
        database=None,
        # By day the same cases each time, so that nobody's work is stopped by chance.
        derandomize=not NIGHTLY,
        suppress_health_check=list(HealthCheck),
        # Cases are small already, and to shrink them further takes minutes.
        phases=[Phase.explicit, Phase.generate],
    )


def count_case() -> None:
    """For the summary at the end of the run."""
    tried[_test()] += 1


def _test() -> str:
    return os.environ.get("PYTEST_CURRENT_TEST", "").split(" ")[0]


def knock(enter: Callable[[], object], named: str) -> str:
    """Enters, or is told why not: in one sentence that names the thing, soon, and never otherwise.

    Args:
        enter: Any exception of it but UserError passes through, and fails the test.
        named: Must occur in the sentence.

    Returns:
        The sentence; "" where the door opened.
    """
    count_case()
    start, worked = time.perf_counter(), time.process_time()
    try:
        enter()
        said = ""
    except UserError as error:
        said = str(error)
        assert named in said, f"{said!r} does not name {named}"
        assert len(said) < LONGEST_SENTENCE, said
        assert said.isprintable(), repr(said)
    waited, worked = time.perf_counter() - start, time.process_time() - worked
    longest[_test()] = max(longest.get(_test(), 0.0), min(waited, worked))
    assert min(waited, worked) < LONGEST_SECONDS
    assert waited < PATIENCE_SECONDS
    return said


def damaged(content: bytes) -> st.SearchStrategy[bytes]:
    """The content with one to four injuries."""
    place = st.integers(0, max(0, len(content) - 1))
    lie = st.sampled_from([0, 1, 2**31 - 1, 2**31, 2**32 - 1, 2**63 - 1, 2**63, 2**64 - 1])
    injury = st.one_of(
        st.tuples(st.just("flip"), place, st.integers(1, 255)),
        st.tuples(st.just("flip"), st.integers(0, min(63, len(content) - 1)), st.integers(1, 255)),
        st.tuples(st.just("cut"), place, st.just(0)),
        st.tuples(st.just("lie"), place, lie),
        st.tuples(st.just("insert"), place, st.integers(1, 300)),
        st.tuples(st.just("delete"), place, st.integers(1, 300)),
        st.tuples(st.just("repeat"), place, st.integers(1, 300)),
    )
    return st.lists(injury, min_size=1, max_size=4).map(lambda all_: _injure(content, all_))


def _injure(content: bytes, injuries: list[tuple[str, int, int]]) -> bytes:
    result = bytearray(content)
    for kind, place, amount in injuries:
        match kind:
            case "flip" if place < len(result):
                result[place] ^= amount
            case "cut":
                del result[place:]
            case "lie":
                result[place : place + 8] = amount.to_bytes(8, "little")
            case "insert":
                result[place:place] = bytes(range(256)) * (amount // 256) + bytes(amount % 256)
            case "delete":
                del result[place : place + amount]
            case "repeat":
                result[place:place] = result[place : place + amount]
    return bytes(result)
