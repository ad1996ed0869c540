"""What was seen and not used, by reason: nothing vanishes without a word."""

from __future__ import annotations

from trainer.support.errors import printable

_MOST_REASONS = 40
_TOLD = 8
"""Reasons that a sentence names; JSON has all."""

_REST = "for other reasons"
_SHOWN = 300
"""Characters of an example."""


class LeftOut:
    """Counts of what was left out, with the first example of each reason.

    A reason goes on from "3 were left out: 2 …", such as "that could not be read".
    """

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}
        self._examples: dict[str, str] = {}

    def add(self, reason: str, example: str = "", count: int = 1) -> None:
        """Counts something that was left out."""
        if reason not in self.counts and len(self.counts) >= _MOST_REASONS:
            reason = _REST
        self.counts[reason] = self.counts.get(reason, 0) + count
        if example:
            self._examples.setdefault(reason, printable(example)[:_SHOWN])

    def update(self, other: LeftOut) -> None:
        """Adds what another has counted."""
        for reason, count in other.counts.items():
            self.add(reason, other._examples.get(reason, ""), count)

    @property
    def total(self) -> int:
        """How many were left out."""
        return sum(self.counts.values())

    def sentence(self) -> str:
        """Such as "Left out: 2 that could not be read (the first: …), 1 of J."; or ""."""
        parts = []
        most = sorted(self.counts.items(), key=lambda item: -item[1])
        for reason, count in most[:_TOLD]:
            example = self._examples.get(reason, "").rstrip(".")
            which = "the first: " if count > 1 else ""
            parts.append(f"{count:,} {reason}" + (f" ({which}{example})" if example else ""))
        if rest := sum(count for _, count in most[_TOLD:]):
            parts.append(f"{rest:,} {_REST}")
        return f"Left out: {', '.join(parts)}." if parts else ""
