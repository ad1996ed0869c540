"""What is seen in a frame: where the hand is, and the letter that it signs. It uses no Qt."""

from __future__ import annotations

from trainer.hand_finder.finder import FinderModel, HandFinder
from trainer.hand_finder.follow import Follow, Tracking
from trainer.images.box import Box
from trainer.images.preprocessing import Image
from trainer.model.model import Model
from trainer.recognition.reader import Reader, Reading


class Sight:
    """Compiled networks, and the hand that they follow. For one thread at a time."""

    def __init__(self) -> None:
        self._reader: Reader | None = None
        self._hand_finder: tuple[FinderModel, HandFinder] | None = None
        self._follow: Follow | None = None

    @property
    def tracking(self) -> Tracking | None:
        """What the box does that follows the hand; None for a box that stays."""
        return None if self._follow is None else self._follow.tracking

    @property
    def has_finder(self) -> bool:
        """Whether a hand finder is compiled."""
        return self._hand_finder is not None

    def successor(self) -> Sight:
        """For another source: the same compiled networks, and no hand yet."""
        new = Sight()
        new._reader, new._hand_finder = self._reader, self._hand_finder
        return new

    def find(self, finder: FinderModel | None, image: Image, seconds: float) -> Box | None:
        """Where the finder, if there is one, sees the hand, in the image's pixels.

        Args:
            finder: Another one than before is compiled first.
            image: Unmirrored.
            seconds: The frame's time, on any clock.
        """
        if finder is None:
            self._hand_finder = self._follow = None
            return None
        if self._hand_finder is None or self._hand_finder[0] is not finder:
            self._hand_finder = finder, HandFinder(finder)
            self._follow = None
        if self._follow is None:
            self._follow = Follow(self._hand_finder[1], sign=self._sign_probability)
        return self._follow.update(image, seconds)

    def read(
        self, model: Model | None, image: Image, box: Box, seconds: float | None = None
    ) -> Reading | None:
        """What the network, if there is one, reads in the box.

        Args:
            model: Another one than before is compiled first.
            image: Unmirrored.
            box: In the image's pixels.
            seconds: The frame's time, on any clock; None for an image by itself.
        """
        if model is None:
            self._reader = None
            return None
        if self._reader is None or self._reader.model is not model:
            self._reader = Reader(model)
        return self._reader.read(image, box, seconds)

    def _sign_probability(self, image: Image, box: Box) -> float | None:
        """What the network, if there is one, says of a box that may show a hand."""
        return None if self._reader is None else self._reader.sign_probability(image, box)
