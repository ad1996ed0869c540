"""The orthogonal matrix nearest to a matrix, roughly: all singular values become about 1."""

from __future__ import annotations

import numpy as np

from trainer.nn.layer import Array

_COEFFICIENTS = (3.4445, -4.7750, 2.0315)
"""Of s ↦ a s + b s³ + c s⁵, which sends small singular values up fastest and keeps large ones near
1: those of Jordan et al. (see `orthogonalised`)."""

_ITERATIONS = 5
"""Takes singular values from 0.01 of the matrix's norm on to between 0.6 and 1.3."""


def orthogonalised(matrix: Array) -> Array:
    """U S Vᵀ → about U Vᵀ, with singular values between 0.6 and 1.3 in place of 1.

    A Newton-Schulz iteration needs products of matrices only, where a singular value decomposition
    is many times as slow: Jordan et al., "Muon: An optimizer for hidden layers in neural networks",
    2024.

    Args:
        matrix: (rows, columns), float; 0 stays 0.

    Returns:
        A new array of the same shape and dtype.
    """
    a, b, c = _COEFFICIENTS
    # The products of the shorter side with itself are the smaller ones.
    turned = matrix.shape[0] > matrix.shape[1]
    x = matrix.T if turned else matrix
    # The Frobenius norm is no smaller than the largest singular value; the least float is for 0.
    x = x / max(float(np.linalg.norm(x)), float(np.finfo(x.dtype).tiny))
    for _ in range(_ITERATIONS):
        squares = x @ x.T
        x = a * x + (b * squares + c * (squares @ squares)) @ x
    return x.T if turned else x
