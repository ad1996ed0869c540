"""Which samples fine-tuning does not learn, so that they can tell whether it helped."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def last_of_each_letter(labels: NDArray[np.int64], share: float) -> NDArray[np.bool_]:
    """(n,): whether a picture is among the last of its letter, in the order of the data.

    The last ones, since pictures of one burst are nearly alike: any others would be neighbours in
    time of some that are learned. A letter with two pictures or more keeps one aside at least, and
    one of a single picture none.
    """
    aside = np.zeros(len(labels), bool)
    for letter in np.unique(labels):
        places = np.flatnonzero(labels == letter)
        count = max(round(len(places) * share), 1) if share > 0 and len(places) > 1 else 0
        aside[places[len(places) - count :]] = True
    return aside
