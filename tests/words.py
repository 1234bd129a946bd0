"""What the catalogue of a language says, for tests that walk in every language."""

from __future__ import annotations

import gettext
import os
from pathlib import Path

import alleo_onboard.locale

LANGUAGES = ("en", "nl", "de")
DELIVERIES = ("handover", "scim", "pickup", "portal")
FOLDER = Path(alleo_onboard.locale.__file__).parent


class Words:
    """The words of one language. A sentence that is not translated fails the test that asks for it."""

    def __init__(self, language: str) -> None:
        self.language = language
        found = [] if language == "en" else [language]
        self._catalogue = gettext.translation("alleo_onboard", FOLDER, found, fallback=language == "en")

    def __call__(self, sentence: str, **given: object) -> str:
        """The sentence in this language, filled; without `given` only its longest piece between two places."""
        said = self._catalogue.gettext(sentence)
        assert self.language == "en" or said != sentence, f"not translated: {sentence}"
        return said.format(**given) if given else longest(said)

    def of(self, one: str, many: str, n: int, **given: object) -> str:
        """The same for a sentence with a plural."""
        said = self._catalogue.ngettext(one, many, n)
        assert self.language == "en" or said not in (one, many), f"not translated: {one}"
        return said.format(n=n, **given)


def longest(said: str) -> str:
    """The longest part of a template without places to fill."""
    pieces = [piece.partition("}")[2] if "}" in piece else piece for piece in said.split("{")]
    return max(pieces, key=len).strip()


def languages(delivery: str, shift: int = 0) -> tuple[str, ...]:
    """Those to walk in by this delivery: one, in turn, so that all three occur; with ALLEO_JOURNEYS=all all three."""
    if os.environ.get("ALLEO_JOURNEYS") == "all":
        return LANGUAGES
    return (LANGUAGES[(DELIVERIES.index(delivery) + shift) % len(LANGUAGES)],)
