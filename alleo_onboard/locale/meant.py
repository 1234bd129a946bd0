"""What somebody meant who mistyped a name."""

from __future__ import annotations

from collections.abc import Iterable

from alleo_onboard.locale import _


def did_you_mean(typed: str, known: Iterable[str]) -> str:
    """A question with the nearest known word, "" where nothing is near."""
    from difflib import get_close_matches  # slow to load, and only mistakes need it

    by_word = {word.casefold(): word for word in known}
    near = get_close_matches(typed.casefold(), by_word, n=1)
    return _("Did you mean {word}?").format(word=by_word[near[0]]) if near else ""
