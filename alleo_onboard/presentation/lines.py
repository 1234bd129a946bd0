"""A line of text with a tone; each face draws the tone in its own way."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Tone(Enum):
    """How much a line asks for the reader's attention. The words never rest on the tone alone."""

    PLAIN = "plain"
    QUIET = "quiet"
    STRONG = "strong"
    GOOD = "good"
    WARNING = "warning"
    STRONG_GOOD = "strong good"
    STRONG_WARNING = "strong warning"


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    tone: Tone = Tone.PLAIN


def warned(sentence: str) -> Line:
    """A sentence that needs a person: marked with "!" as well as by its tone."""
    return Line(f"! {sentence}", Tone.WARNING)
