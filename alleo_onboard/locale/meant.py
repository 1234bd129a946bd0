"""Suggests a known name for a mistyped one."""

from __future__ import annotations

from collections.abc import Iterable

from alleo_onboard.locale import _


def did_you_mean(typed: str, known: Iterable[str]) -> str:
    """Returns a question with the most similar known word, or ""."""
    from difflib import get_close_matches  # slow to import, and needed only for mistakes

    by_word = {word.casefold(): word for word in known}
    near = get_close_matches(typed.casefold(), by_word, n=1)
    return _("Did you mean {word}?").format(word=by_word[near[0]]) if near else ""
