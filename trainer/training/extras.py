"""What a training run writes besides its weights, and can do without."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from trainer.support.errors import UserError
from trainer.support.terminal import say


class Extras:
    """Lets a run continue when an extra cannot be written; says so once for each extra."""

    def __init__(self) -> None:
        self._failed: set[str] = set()

    @contextmanager
    def writing(self, what: str) -> Iterator[None]:
        """Around the work on one extra, such as "The run folder"; the next epoch tries again."""
        try:
            yield
        except (OSError, UserError) as error:
            if what not in self._failed:
                say(f"{what} is incomplete: {error} Training continues.", file=sys.stderr)
            self._failed.add(what)
