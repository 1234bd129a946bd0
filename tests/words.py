"""Texts of a language's catalogue, for tests that run in every language."""

from __future__ import annotations

import gettext
import os
from pathlib import Path

import alleo_onboard.locale

LANGUAGES = ("en", "nl", "de")
DELIVERIES = ("handover", "scim", "pickup", "portal")
FOLDER = Path(alleo_onboard.locale.__file__).parent


class Words:
    """The texts of one language. A missing translation fails the test that asks for it."""

    def __init__(self, language: str) -> None:
        self.language = language
        found = [] if language == "en" else [language]
        self._catalogue = gettext.translation("alleo_onboard", FOLDER, found, fallback=language == "en")

    def __call__(self, sentence: str, **given: object) -> str:
        """Returns the translated sentence. Without `given`, returns its longest part without placeholders."""
        said = self._catalogue.gettext(sentence)
        assert self.language == "en" or said != sentence, f"not translated: {sentence}"
        return said.format(**given) if given else longest(said)

    def of(self, one: str, many: str, n: int, **given: object) -> str:
        """Returns the translated sentence with a plural."""
        said = self._catalogue.ngettext(one, many, n)
        assert self.language == "en" or said not in (one, many), f"not translated: {one}"
        return said.format(n=n, **given)


def longest(said: str) -> str:
    """Returns the longest part of a template between placeholders."""
    pieces = [piece.partition("}")[2] if "}" in piece else piece for piece in said.split("{")]
    return max(pieces, key=len).strip()


def languages(delivery: str, shift: int = 0) -> tuple[str, ...]:
    """Returns the languages to test with this delivery: one of the three in turn; all with ALLEO_JOURNEYS=all."""
    if os.environ.get("ALLEO_JOURNEYS") == "all":
        return LANGUAGES
    return (LANGUAGES[(DELIVERIES.index(delivery) + shift) % len(LANGUAGES)],)
