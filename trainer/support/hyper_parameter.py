"""Hyper-parameters: dataclass fields that declare their name, help, bounds and choices.

The command line, the Training tab and docs/hyper-parameters.md are made from the declarations, and
`check` tests a value against them, wherever it comes from.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any, get_type_hints

OLD_NAMES = {
    "average": "ema",
    "deviation": "standard_deviation",
    "emphasis": "source_weights",
    "epoch_pictures": "epoch_images",
    "mirror_reading": "mirror_inference",
    "reading_margin": "inference_margin",
    "small_epochs": "initial_epochs",
    "small_size": "initial_size",
    "taught": "distillation_weight",
}
"""Earlier names of settings, in files and on command lines, and what they are called now."""

OLD_VALUES = {"fixed": "dataset"}
"""The same for choices."""

Widths = tuple[int, ...]
Factors = tuple[tuple[str, float], ...]
"""Sources, and a factor for each."""

_DECLARED = "hyper_parameter"
_FACTOR = re.compile(r"(.+?):([^\s:,]+)(?:[\s,]+|$)")


@dataclass(frozen=True)
class HyperParameter:
    """What a field declares.

    Attributes:
        default: Its value in a new instance.
        name: For people, in a few words.
        help: One line on what it does.
        low: Least value, also of the numbers in a tuple.
        high: Greatest value, likewise.
        open_low: Whether `low` itself is out of range.
        open_high: Whether `high` itself is out of range.
        or_zero: Whether 0 is in range besides, as "off".
        choices: All values of a text with few of them.
        of_network: Whether finished weights decide it, so that it is fixed when training starts
            from them.
        flag: On the command line; "": made from the key.
        key: Name of the field.
        kind: Its type: bool, int, float, str, `Widths` or `Factors`.
    """

    default: Any
    name: str
    help: str
    low: float = 0
    high: float = math.inf
    open_low: bool = False
    open_high: bool = False
    or_zero: bool = False
    choices: tuple[str, ...] = ()
    of_network: bool = False
    flag: str = ""
    key: str = ""
    kind: Any = None

    @property
    def dest(self) -> str:
        """The flag as a Python name."""
        return self.flag.removeprefix("--").replace("-", "_")

    @property
    def old_flags(self) -> list[str]:
        """Earlier spellings of the flag."""
        return [f"--{old.replace('_', '-')}" for old, new in OLD_NAMES.items() if new == self.dest]

    def parse(self, text: str) -> Any:
        """The value that a text states, in range.

        Raises:
            ValueError: It states none; the message says what would.
        """
        try:
            value = _PARSE[self.kind](OLD_VALUES.get(text, text))
        except ValueError:
            raise ValueError(self._wants(text)) from None
        self.check(value)
        return value

    def text(self, value: Any) -> str:
        """The text that `parse` reads as this value."""
        if isinstance(value, bool):
            return "on" if value else "off"
        if isinstance(value, float):
            return repr(value).removesuffix(".0")
        if self.kind == Factors:
            return ", ".join(f"{source}:{factor!r}" for source, factor in value)
        return ",".join(map(str, value)) if isinstance(value, tuple) else str(value)

    def check(self, value: Any) -> None:
        """Raises ValueError where a value is of another type, not finite or out of range."""
        if self.kind == Widths:
            numbers: Sequence[Any] = value if isinstance(value, tuple) else (None,)
        elif self.kind == Factors:
            numbers = [factor for _, factor in value]
        elif self.kind in (int, float):
            numbers = (value,)
        else:
            if not isinstance(value, self.kind) or (self.choices and value not in self.choices):
                raise ValueError(self._wants(value))
            return
        if not all(map(self._in_range, numbers)):
            raise ValueError(self._wants(value if self.kind in (int, float) else self.text(value)))

    def _in_range(self, number: Any) -> bool:
        whole = self.kind in (int, Widths)
        if isinstance(number, bool) or not isinstance(number, int if whole else int | float):
            return False
        if self.or_zero and number == 0:
            return True
        above = number > self.low if self.open_low else number >= self.low
        below = number < self.high if self.open_high else number <= self.high
        return above and below and number < math.inf

    @property
    def range(self) -> str:
        """The values that it takes, in words."""
        if self.choices:
            return ", ".join(self.choices)
        if self.kind is bool:
            return "on, off"
        if self.kind is str:
            return ""
        bounds = [f"{'above' if self.open_low else 'from'} {self.low:.10g}"]
        if math.isfinite(self.high):
            bounds.append(f"{'below' if self.open_high else 'to'} {self.high:.10g}")
        return ("0, or " if self.or_zero else "") + " ".join(bounds)

    def _wants(self, value: Any) -> str:
        what = {
            int: f"a whole number {self.range}",
            float: f"a number {self.range}",
            Widths: f"whole numbers {self.range}, such as 512,256",
            Factors: "of the form SOURCE:0.25, with a number above 0",
        }.get(self.kind, f"one of {self.range}")
        return f"{self.key} must be {what}, not {value!r}"


def hyper_parameter(default: Any, name: str, text: str, **more: Any) -> Any:
    """A field that declares a hyper-parameter, by attributes of `HyperParameter`."""
    return field(default=default, metadata={_DECLARED: HyperParameter(default, name, text, **more)})


def hyper_parameters(cls: type) -> list[HyperParameter]:
    """The hyper-parameters that a dataclass declares, in the order of its fields."""
    kinds = get_type_hints(cls)
    result = []
    for f in fields(cls):
        declared = f.metadata.get(_DECLARED)
        if declared is not None:
            flag = declared.flag or f"--{f.name.replace('_', '-')}"
            result.append(replace(declared, flag=flag, key=f.name, kind=kinds[f.name]))
    return result


def check(settings: Any) -> None:
    """Tests all hyper-parameters of a dataclass instance.

    Raises:
        ValueError: One is of another type, not finite or out of range.
    """
    for parameter in hyper_parameters(type(settings)):
        parameter.check(getattr(settings, parameter.key))


def renamed(settings: Any) -> Any:
    """JSON values under the names of today, also where they were written under earlier ones."""
    if isinstance(settings, dict):
        return {OLD_NAMES.get(key, key): renamed(value) for key, value in settings.items()}
    return OLD_VALUES.get(settings, settings) if isinstance(settings, str) else settings


def _switch(text: str) -> bool:
    if text not in ("on", "off"):
        raise ValueError(text)
    return text == "on"


def _widths(text: str) -> Widths:
    return tuple(int(part) for part in text.split(",")) if text.strip() else ()


def _factors(text: str) -> Factors:
    text = text.strip()
    found = list(_FACTOR.finditer(text))
    if sum(len(match[0]) for match in found) != len(text):
        raise ValueError(text)
    return tuple((match[1], float(match[2])) for match in found)


_PARSE: dict[Any, Callable[[str], Any]] = {
    bool: _switch,
    int: int,
    float: float,
    str: str,
    Widths: _widths,
    Factors: _factors,
}
