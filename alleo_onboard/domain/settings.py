"""Checks a setting's value against the type of its default: text, whole number, or true and false."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from typing import Any

Scalar = str | int | bool

MOST_AT_ONCE = 64


class WrongSettingError(Exception):
    """A value that a setting cannot have. `wanted` is "text", "bool", "number", or the choices joined by commas."""

    def __init__(self, key: str, wanted: str) -> None:
        super().__init__(key)
        self.key, self.wanted = key, wanted


def checked(key: str, value: Any, default: Any, choices: Collection[str] = ()) -> Any:
    """`value` as the type of `default`. Raises WrongSettingError.

    The order matters: a StrEnum is a str, and a bool is an int.
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
