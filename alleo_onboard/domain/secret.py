"""The type that carries every secret; its text is masked wherever it is printed."""

from __future__ import annotations

from typing import NoReturn


class Secret:
    """Text that never shows itself: repr, str, format, pickling and copying into a log give no part of it.

    `reveal()` is the only way in, so every place that handles the clear text can be found by that name.
    """

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = "".join(part.strip() for part in text.splitlines())

    def reveal(self) -> str:
        """The clear text, without the line ends and the spaces around them that come along when it is pasted."""
        return self._text

    def __bool__(self) -> bool:
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._text == self._text

    def __hash__(self) -> int:
        return hash((Secret, self._text))

    def __repr__(self) -> str:
        return "Secret(***)"

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return "***"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is never pickled or copied")


def masked(text: str, *secrets: Secret | None) -> str:
    """`text` with every one of `secrets` in it replaced by ***, for what a server or library echoes back."""
    for secret in secrets:
        if secret:
            text = text.replace(secret.reveal(), "***")
    return text
