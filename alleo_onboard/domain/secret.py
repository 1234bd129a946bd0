"""The type that carries every secret. Its text is masked wherever it is printed."""

from __future__ import annotations

TYPE_CHECKING = False  # a copy of typing's constant; importing typing would slow down quick commands
if TYPE_CHECKING:
    from typing import NoReturn


class Secret:
    """Text that is never shown: repr, str, format, pickling and logging reveal nothing of it.

    `reveal()` is the only way to read it, so all code that handles clear text can be found by that name.
    """

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        """Keeps `text` as one line, without line ends and the spaces around them."""
        self._text = "".join(part.strip() for part in text.splitlines())

    def reveal(self) -> str:
        """Returns the clear text."""
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
        """Raises TypeError: a secret must not be pickled or copied."""
        raise TypeError("a secret is never pickled or copied")


def masked(text: str, *secrets: Secret | None) -> str:
    """Returns `text` with all `secrets` in it replaced by ***. Use it for text from servers and libraries."""
    for secret in secrets:
        if secret:
            text = text.replace(secret.reveal(), "***")
    return text
