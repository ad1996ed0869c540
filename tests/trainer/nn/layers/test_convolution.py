from __future__ import annotations

import numpy as np
import pytest

import trainer.nn.layers.convolution as convolution
from tests.trainer.nn.checks import assert_gradients, normal, peak_bytes
from trainer.nn.layers.convolution import Conv2d
from trainer.nn.layers.layer import Array

# Channels below and above the limit at which the unrolled layout changes.
CASES = [
    # inputs, outputs, kernel, stride, padding
    (1, 3, 3, 1, 1),
    (1, 2, 5, 2, 2),
    (2, 3, 3, 1, 0),
    (9, 2, 3, 1, 2),
    (9, 2, 3, 2, 1),
    (9, 3, 1, 1, 0),
    (9, 3, 1, 2, 0),
    (2, 2, 2, 3, 1),
    (8, 2, 4, 1, 2),
]


def layer(
    inputs: int, outputs: int, kernel: int, stride: int, padding: int, bias: bool = True
) -> Conv2d:
    made = Conv2d(
        inputs,
        outputs,
        kernel,
        np.random.default_rng(1),
        stride=stride,
        padding=padding,
        bias=bias,
        dtype=np.float64,
    )
    if made.bias is not None:
        made.bias.value[...] = normal(outputs, seed=2)
    return made


def by_definition(made: Conv2d, x: Array) -> Array:
    """The sum of the class's docstring, place by place."""
    w, p = made.weight.value, made.padding
    padded = np.pad(x, ((0, 0), (p, p), (p, p), (0, 0)))
    y = np.zeros((len(x), *made.output_shape(x.shape[1:])))
    for i, j in np.ndindex(y.shape[1:3]):
        top, left = i * made.stride, j * made.stride
        window = padded[:, top : top + len(w), left : left + len(w)]
        y[:, i, j] = np.tensordot(window, w, axes=3)
    return y if made.bias is None else y + made.bias.value


@pytest.mark.parametrize("case", CASES)
def test_forward_is_the_definition(case: tuple[int, int, int, int, int]) -> None:
    made, x = layer(*case), normal(3, 6, 7, case[0])
    np.testing.assert_allclose(made.forward(x, training=False), by_definition(made, x))


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("bias", [True, False])
def test_gradients(case: tuple[int, int, int, int, int], bias: bool) -> None:
    assert_gradients(layer(*case, bias=bias), normal(2, 5, 6, case[0]))


@pytest.mark.parametrize("case", [(1, 4, 3, 1, 1), (9, 4, 3, 1, 1), (9, 4, 3, 2, 1)])
def test_batches_of_several_parts(
    case: tuple[int, int, int, int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(convolution, "_COLUMN_BYTES", 2 * 9 * case[0] * 8 * 30)
    made, x = layer(*case), normal(5, 5, 6, case[0])
    np.testing.assert_allclose(made.forward(x, training=False), by_definition(made, x))
    assert_gradients(made, x)


def test_first_layer_leaves_out_dx() -> None:
    made, x = layer(1, 2, 3, 1, 1), normal(2, 5, 5, 1)
    y = made.forward(x, training=True)
    assert made.backward(np.ones_like(y), need_d_x=False) is None


def test_images_of_another_size_and_a_shorter_batch_may_follow() -> None:
    made = layer(2, 3, 3, 1, 1)
    for shape in ((4, 6, 6, 2), (2, 6, 6, 2), (3, 5, 8, 2), (5, 6, 6, 2)):
        x = normal(*shape)
        y = made.forward(x, training=True)
        np.testing.assert_allclose(y, by_definition(made, x))
        d_x = made.backward(np.ones_like(y))
        assert d_x is not None
        assert d_x.shape == shape


def test_training_reuses_its_buffers() -> None:
    made = Conv2d(8, 16, 3, np.random.default_rng(1))
    x, d_y = normal(32, 24, 24, 8, dtype=np.float32), normal(32, 24, 24, 16, dtype=np.float32)

    def step() -> None:
        made.forward(x, training=True)
        made.backward(d_y)

    assert peak_bytes(step) < x.nbytes / 8


def test_same_seed_same_weights_of_the_variance_of_he() -> None:
    a, b = (Conv2d(16, 64, 3, np.random.default_rng(4)) for _ in range(2))
    np.testing.assert_array_equal(a.weight.value, b.weight.value)
    assert a.weight.value.dtype == np.float32
    assert a.weight.value.std() == pytest.approx((2 / (9 * 16)) ** 0.5, rel=0.05)


@pytest.mark.parametrize(
    ("kernel", "stride", "padding"), [(0, 1, 0), (3, 0, 1), (3, 1, 3), (3, 1, -1)]
)
def test_impossible_sizes_are_refused(kernel: int, stride: int, padding: int) -> None:
    with pytest.raises(ValueError, match=r"convolution|padding"):
        Conv2d(1, 1, kernel, np.random.default_rng(0), stride=stride, padding=padding)


@pytest.mark.parametrize("shape", [(5, 5), (5, 5, 2), (25,), (1, 5, 1)])
def test_other_inputs_are_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"cannot take|larger than"):
        Conv2d(1, 1, 3, np.random.default_rng(0), padding=0).output_shape(shape)


def test_backward_needs_forward() -> None:
    made = layer(1, 1, 3, 1, 1)
    made.forward(normal(1, 4, 4, 1), training=False)
    with pytest.raises(RuntimeError, match="training=True"):
        made.backward(normal(1, 4, 4, 1))
