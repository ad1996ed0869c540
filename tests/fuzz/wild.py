"""JSON that is no longer what a program wrote."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.sampled_from([0, 1, 2**31, 2**63, 2**64, 1e308, -1, 10**400, "", "linear", "ABC"])
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)
"""Any JSON value."""

Path = tuple[Any, ...]


def places(value: Any, path: Path = ()) -> list[Path]:
    """Where in a JSON value there is one."""
    return list(_places(value, path))


def _places(value: Any, path: Path) -> Iterator[Path]:
    yield path
    inside: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        inside = list(value.items())
    elif isinstance(value, list):
        inside = list(enumerate(value))
    for key, item in inside:
        yield from _places(item, (*path, key))


def replaced(value: Any, path: Path, new: Any) -> Any:
    """The value with another one at a place."""
    if not path:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = replaced(value[path[0]], path[1:], new)
    return copy
