"""Checks the value of a setting against the type of its default: text, whole number, or true/false."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

TYPE_CHECKING = False  # a copy of typing's constant; importing typing would slow down quick commands
if TYPE_CHECKING:
    from typing import Any

Scalar = str | int | bool

MOST_AT_ONCE = 64  # largest number that a setting may have; all numbers are counts of parallel requests


class WrongSettingError(Exception):
    """A setting has an invalid value. `wanted` is "text", "bool", "number", or the choices joined by commas."""

    def __init__(self, key: str, wanted: str) -> None:
        super().__init__(key)
        self.key, self.wanted = key, wanted


def checked(key: str, value: Any, default: Any, choices: Collection[str] = ()) -> Any:
    """Returns `value` converted to the type of `default`. Raises WrongSettingError.

    The order of the tests matters: a StrEnum is also a str, and a bool is also an int.
    """
    allowed = [str(choice) for choice in type(default)] if isinstance(default, StrEnum) else list(choices)
    if allowed:
        if value not in allowed:
            raise WrongSettingError(key, ", ".join(allowed))
        return type(default)(value)
    if isinstance(default, bool):
        if not isinstance(value, bool):
            raise WrongSettingError(key, "bool")
    elif isinstance(default, int):
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MOST_AT_ONCE:
            raise WrongSettingError(key, "number")
    elif not isinstance(value, str):
        raise WrongSettingError(key, "text")
    return value
